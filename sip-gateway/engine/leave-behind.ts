// An application has gone (its process died, or it hung up): nobody can manage its calls any more, so they are ended properly
// instead of hanging for hours. Its unanswered requests get 503, its ringing INVITEs CANCEL, its dialogs BYE.

import type { AppConnection } from './app-link/app-connection';
import type { Core } from './core';
import { endUnreported } from './dialog/end';
import { answerByEngine } from './uas/answer';
import { cancelOnWire } from './uac/send-cancel';

export function leaveBehind(core: Core, app: AppConnection): void {
  for (const received of [...core.received.values()]) {
    if (received.app === app) answerByEngine(core, received, { status: 503 });
  }
  for (const sent of [...core.sent.values()]) {
    if (sent.app === app && sent.method === 'INVITE') cancelOnWire(core, sent);
  }
  for (const dialog of [...core.dialogs.ofApp(app)]) {
    if (dialog.method === 'INVITE' && dialog.state === 'confirmed') endUnreported(core, dialog, 'Application gone');
    else core.dialogs.remove(dialog);
  }
}

// Ends of dialogs that are not the application's doing: the peer's BYE, and the BYE we send ourselves and only report
// (`unsolicited`). RFC 3261 §15.

import { reportCdr } from '../cdr';
import type { Core } from '../core';
import { Headers } from '../message/headers';
import type { Flow } from '../transport/flow';
import { answerByEngine } from '../uas/answer';
import { launchInDialog } from '../uac/send-in-dialog';
import type { Dialog } from './dialog';

/** The peer has sent BYE: the dialog is over at once, and an INVITE of its still open is answered 487 (§15.1.2). */
export function endAfterBye(core: Core, dialog: Dialog): void {
  const { openInvite } = dialog;
  core.dialogs.remove(dialog);
  if (openInvite) answerByEngine(core, openInvite, { status: 487 });
}

/** Sends BYE with that Reason text and tells the application, which only observes it. */
export function endByEngine(core: Core, dialog: Dialog, reasonText: string): void {
  const report = dialog.app.isOpen ? dialog.app : undefined;
  sendBye(core, dialog, {
    reasonText,
    sent: (text, flow) => {
      reportCdr(core, 'stop', { source: 'application', note: 'system-initiated-termination', text });
      report?.sip({ source: 'application', text, flow, transactionId: 'unsolicited', dialogId: dialog.id });
    },
  });
}

/** The same without a word to the application: for forks it never knew. */
export function endUnreported(core: Core, dialog: Dialog, reasonText: string): void {
  sendBye(core, dialog, { reasonText, sent: () => undefined });
}

function sendBye(
  core: Core,
  dialog: Dialog,
  bye: { reasonText: string; sent: (text: string, flow: Flow) => void },
): void {
  const headers = new Headers();
  headers.add('Reason', `SIP;cause=200;text="${bye.reasonText}"`);
  launchInDialog(core, dialog, {
    method: 'BYE',
    uri: undefined,
    message: { startLine: '', headers, body: '' },
    app: undefined,
    sent: bye.sent,
    refused: () => undefined,
  });
  // A BYE that waits for the ACK to our 2xx needs its dialog until then.
  if (!dialog.heldBye) core.dialogs.remove(dialog);
}

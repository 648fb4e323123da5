// Dialogs that begin with a request to us (RFC 3261 §12.1.1): early with our first tag, confirmed by 2xx, gone with a failure.

import type { Core } from '../core';
import { AnswerRepeat } from '../dialog/answer-repeat';
import { Dialog, dialogIdOf } from '../dialog/dialog';
import { endByEngine } from '../dialog/end';
import { uriOf, withTag } from '../message/name-addr';
import { splitList } from '../message/parameter';
import { ownUri } from '../transport/flow';
import type { ReceivedRequest } from './received-request';

/** The dialog of this request; made now if this is its first response. */
export function ensureDialog(core: Core, received: ReceivedRequest): void {
  if (received.dialog) return;
  const { request, flow } = received;
  const { headers, callId, fromTag, seq } = request;
  const dialog = new Dialog({
    id: dialogIdOf(callId, fromTag),
    role: 'uas',
    method: request.method,
    app: received.app,
    callId,
    localTag: received.localTag,
    remoteTag: fromTag,
    localParty: withTag(headers.first('to') ?? '', received.localTag),
    remoteParty: headers.first('from') ?? '',
    contact: `<${ownUri(flow)}>`,
    remoteTarget: uriOf(headers.first('contact') ?? ''),
    routeSet: headers.all('record-route').flatMap(splitList),
    localSeq: seq,
    remoteSeq: seq,
    flow,
  });
  if (request.method === 'INVITE') dialog.openInvite = received;
  received.dialog = dialog;
  core.dialogs.add(dialog);
}

/** A 2xx has been sent: an INVITE's is repeated until its ACK comes, and its dialog ends with BYE if none does. */
export function confirmDialog(core: Core, received: ReceivedRequest, text: string): void {
  const { dialog, request, transaction } = received;
  if (!dialog || dialog.state === 'ended') return;
  if (request.method !== 'INVITE') {
    if (request.method === 'SUBSCRIBE') dialog.state = 'confirmed';
    return;
  }
  dialog.state = 'confirmed';
  dialog.unacknowledged?.stop();
  dialog.unacknowledged = new AnswerRepeat(core.clock, {
    seq: request.seq,
    transactionId: received.id,
    repeat: () => transaction.resend(text),
    givenUp: () => {
      core.counters.acksMissing++;
      dialog.unacknowledged = undefined;
      const heldBye = dialog.heldBye;
      dialog.heldBye = undefined;
      if (heldBye) return heldBye();
      endByEngine(core, dialog, 'ACK timeout');
    },
  });
}

/** A failure ends the dialog its own request had begun, not one it was sent in. */
export function dropEarlyDialog(core: Core, received: ReceivedRequest): void {
  if (received.dialog?.state === 'early' && received.request.toTag === '') core.dialogs.remove(received.dialog);
}

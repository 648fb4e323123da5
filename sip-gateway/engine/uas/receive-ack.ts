// ACK: to a 2xx it belongs to the dialog and goes to the application once; to a failure it belongs to the INVITE's transaction and
// stays here. RFC 3261 §13.3.1.4 and §17.2.1.

import type { Core } from '../core';
import type { SipRequest } from '../message/sip-message';
import { serverKey } from '../transaction/server-transaction';
import type { Flow } from '../transport/flow';

export function receiveAck(core: Core, flow: Flow, request: SipRequest): void {
  const dialog =
    request.toTag === '' ? undefined : core.dialogs.findOnWire(request.callId, request.toTag, request.fromTag);
  const waiting = dialog?.unacknowledged;
  if (dialog && waiting?.seq === request.seq) {
    waiting.stop();
    dialog.unacknowledged = undefined;
    dialog.flow = flow;
    const { text } = request;
    dialog.app.sip({ source: 'network', text, flow, transactionId: waiting.transactionId, dialogId: dialog.id });
    const heldBye = dialog.heldBye;
    dialog.heldBye = undefined;
    return heldBye?.();
  }
  const transaction = core.serverTransactions.get(serverKey(request, 'INVITE'));
  if (transaction) return transaction.acknowledged();
  // A repeated ACK of a call that stands is nothing to count.
  if (!dialog) core.counters.strays++;
}

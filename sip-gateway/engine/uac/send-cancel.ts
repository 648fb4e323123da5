// CANCEL of an INVITE of ours: sent once a provisional response has come (RFC 3261 §9.1), echoed at once. If the callee answers
// first, its 2xx wins: the dialog is reported, and ended with BYE as soon as the application has acknowledged it.

import type { AppConnection } from '../app-link/app-connection';
import type { AppMessage } from '../app-link/command';
import type { Core } from '../core';
import { newTransactionId } from '../ids';
import { headerLines } from '../message/write';
import { ClientTransaction } from '../transaction/client-transaction';
import { TRANSACTION_MS } from '../transaction/timers';
import { composeCancel } from './compose-request';
import { endCancelled } from './receive-answer';
import type { SentRequest } from './sent-request';

export interface CancelRequest {
  readonly commandId: string;
  readonly transactionId: string;
  readonly method: string;
  readonly message: AppMessage;
}

/** Headers that are the INVITE's in a CANCEL, or have no meaning in it. */
const NOT_THE_APPS: ReadonlySet<string> = new Set([
  'via',
  'route',
  'record-route',
  'rseq',
  'content-length',
  'content-type',
  'from',
  'to',
  'call-id',
  'cseq',
  'contact',
  'max-forwards',
  'p-asserted-identity',
]);

export function sendCancel(core: Core, app: AppConnection, request: CancelRequest): void {
  const { commandId, transactionId, message } = request;
  const invite = core.sent.get(transactionId);
  if (
    request.method !== 'CANCEL' ||
    !invite?.outgoing ||
    !invite.flow ||
    invite.app !== app ||
    invite.method !== 'INVITE'
  ) {
    return app.replyProblem(commandId, `unable to cancel unknown transaction id: ${transactionId}`);
  }
  invite.cancelLines = headerLines(message.headers, NOT_THE_APPS);
  const text = composeCancel(invite.outgoing, invite.cancelLines);
  app.replyRequestSent(commandId, { text, flow: invite.flow, transactionId: newTransactionId() });
  if (invite.hasFinal) return cancelAnswered(core, invite);
  cancelOnWire(core, invite);
}

/** The callee answered before the application cancelled: the 2xx is on its way to it, and ends with its ACK. */
function cancelAnswered(core: Core, invite: SentRequest): void {
  const dialog = core.dialogs.find(invite.dialogId);
  if (dialog?.awaitingAck === invite) dialog.endAfterAck = 'CANCEL after 200 OK';
}

/** Cancels now, or as soon as the callee has been heard. */
export function cancelOnWire(core: Core, invite: SentRequest): void {
  if (invite.cancel === 'sent' || invite.hasFinal || !invite.outgoing || !invite.flow) return;
  if (invite.transaction?.isUnheard ?? true) {
    invite.cancel = 'waiting';
    return;
  }
  invite.cancel = 'sent';
  const { outgoing, flow, cancelLines } = invite;
  const transaction = new ClientTransaction(core.clientTransactions, core.clock, {
    flow,
    request: {
      method: 'CANCEL',
      branch: outgoing.branch,
      text: composeCancel(outgoing, cancelLines),
      ackFor: () => '',
    },
    // Whatever is answered to the CANCEL, the INVITE's own final response decides.
    user: { answered: () => undefined, unanswered: () => undefined, ended: () => undefined },
  });
  transaction.start();
  // A callee that never ends the INVITE is taken as cancelled (§9.1).
  invite.cancelTimer = core.clock.after(TRANSACTION_MS, () => endCancelled(core, invite));
}

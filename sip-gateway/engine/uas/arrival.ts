// A new request is taken in: its transaction starts, it gets its id, and the application is told.

import type { AppConnection } from '../app-link/app-connection';
import type { Core } from '../core';
import type { Dialog } from '../dialog/dialog';
import { newTransactionId } from '../ids';
import type { SipRequest } from '../message/sip-message';
import { ServerTransaction } from '../transaction/server-transaction';
import { TRANSACTION_MS } from '../transaction/timers';
import type { Flow } from '../transport/flow';
import { answerByEngine } from './answer';
import type { ReceivedRequest } from './received-request';
import { responseText } from './response-text';
import { replyFlow } from './stateless';

export interface Arrival {
  readonly flow: Flow;
  readonly request: SipRequest;
  /** The key of its server transaction. */
  readonly key: string;
}

/** How long an INVITE may wait for the application's first word. */
const INVITE_PATIENCE_MS = 2 * TRANSACTION_MS;

/** Starts the transaction of a request that goes to this application. */
export function takeIn(
  core: Core,
  { flow, request, key }: Arrival,
  to: { app: AppConnection; dialog?: Dialog },
): ReceivedRequest {
  const replies = replyFlow(core, flow, request.via);
  const transaction = new ServerTransaction(core.serverTransactions, core.clock, {
    key,
    method: request.method,
    flow: replies,
  });
  const received: ReceivedRequest = {
    id: newTransactionId(),
    request,
    flow: replies,
    transaction,
    app: to.app,
    dialog: to.dialog,
    localTag: request.toTag,
    patience: undefined,
  };
  core.received.set(received.id, received);
  const isInvite = request.method === 'INVITE';
  if (isInvite) {
    core.receivedInvites.set(key, received);
    if (request.toTag === '') core.ringingCallIds.add(request.callId);
    transaction.respond(
      100,
      responseText(received, { status: 100, reason: 'Trying', lines: '', body: '', hasContentType: true }),
    );
  }
  received.patience = core.clock.after(isInvite ? INVITE_PATIENCE_MS : TRANSACTION_MS, () => giveUp(core, received));
  core.counters.requestsPassed++;
  return received;
}

/** The application never answered: an INVITE gets 408, anything else nothing (RFC 4320 §4.1). */
function giveUp(core: Core, received: ReceivedRequest): void {
  received.patience = undefined;
  if (received.request.method === 'INVITE') return answerByEngine(core, received, { status: 408 });
  core.received.delete(received.id);
  received.transaction.abandon();
}

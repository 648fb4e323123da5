// CANCEL from the network: 200 to it, 487 to its INVITE if that is still open, and the application is told once.
// If our final response crossed it, the response wins and the CANCEL changes nothing. RFC 3261 §9.2.

import { reportCdr } from '../cdr';
import type { Core } from '../core';
import { newTag } from '../ids';
import { serverKey, ServerTransaction } from '../transaction/server-transaction';
import { answerByEngine } from './answer';
import type { Arrival } from './arrival';
import { refuseRequest, replyFlow, statelessResponse, statelessTag } from './stateless';

export function receiveCancel(core: Core, { flow, request, key }: Arrival): void {
  const inviteKey = serverKey(request, 'INVITE');
  if (!core.serverTransactions.has(inviteKey)) return refuseRequest(core, flow, { request, refusal: { status: 481 } });
  const received = core.receivedInvites.get(inviteKey);
  if (received && received.localTag === '') received.localTag = newTag();
  const replies = replyFlow(core, flow, request.via);
  const transaction = new ServerTransaction(core.serverTransactions, core.clock, {
    key,
    method: 'CANCEL',
    flow: replies,
  });
  const toTag = received?.localTag ?? statelessTag(request.via.branch);
  transaction.respond(200, statelessResponse({ headers: request.headers, toTag }, { status: 200 }));
  if (!received) return;
  const dialogId = received.dialog?.id ?? '';
  answerByEngine(core, received, { status: 487 });
  reportCdr(core, 'stop', { source: 'network', note: 'call-canceled', text: request.text });
  received.app.sip({ source: 'network', text: request.text, flow, transactionId: received.id, dialogId });
}

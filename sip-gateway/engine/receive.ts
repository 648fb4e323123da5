// Everything that comes from the network enters here: parsed, counted, and sent on by what it is.

import type { Core } from './core';
import { parseMessage, type ParseProblem } from './message/parse';
import type { SipRequest, SipResponse } from './message/sip-message';
import { annotatedVia, firstOfList } from './message/via';
import { clientKey } from './transaction/client-transaction';
import { serverKey } from './transaction/server-transaction';
import { carriesWholeMessages, type Flow } from './transport/flow';
import { mayNotSpeak } from './speaker';
import { receiveAck } from './uas/receive-ack';
import { receiveCancel } from './uas/receive-cancel';
import { receiveInDialog } from './uas/receive-in-dialog';
import { receiveNew } from './uas/receive-new';
import { refuseRequest, replyFlow, statelessResponse, statelessTag } from './uas/stateless';

/** Takes one framed message in byte text. */
export function receive(core: Core, flow: Flow, text: string): void {
  core.counters.messagesReceived++;
  const framing = carriesWholeMessages(flow.wire) ? 'datagram' : 'stream';
  const result = parseMessage(text, { framing, address: flow.remoteAddress, port: flow.remotePort });
  if (!result.ok) return refuse(core, flow, result.problem);
  core.guard.noteGood(flow.remoteAddress);
  const { message } = result;
  if (message.kind === 'response') return receiveResponse(core, flow, message);
  return receiveRequest(core, flow, message);
}

/** Counts what cannot be read, and answers it if it was a request that says where to answer. */
function refuse(core: Core, flow: Flow, problem: ParseProblem): void {
  if (problem.kind === 'keep-alive') {
    core.counters.keepAlives++;
    return;
  }
  if (problem.kind === 'not-sip') core.counters.garbage++;
  else if (problem.kind === 'too-large') core.counters.oversized++;
  else core.counters.malformed++;
  core.guard.noteBad(flow.remoteAddress);
  const { reply } = problem;
  if (!reply || reply.method === 'ACK') return;
  const line = reply.headers.first('via') ?? '';
  const top = firstOfList(line);
  const source = { address: flow.remoteAddress, port: flow.remotePort };
  reply.headers.replaceFirst('via', annotatedVia(top, reply.via, source) + line.slice(top.length));
  const status = { status: problem.status, reason: problem.reason };
  replyFlow(core, flow, reply.via).send(
    statelessResponse({ headers: reply.headers, toTag: statelessTag(reply.via.branch) }, status),
  );
}

function receiveResponse(core: Core, flow: Flow, response: SipResponse): void {
  const transaction = core.clientTransactions.get(clientKey(response.via.branch, response.seqMethod));
  if (!transaction) {
    core.counters.strays++;
    return;
  }
  core.guard.noteProven(flow.remoteAddress);
  transaction.receive(response, flow);
}

function receiveRequest(core: Core, flow: Flow, request: SipRequest): void {
  if (request.method === 'ACK') return receiveAck(core, flow, request);
  const key = serverKey(request, request.method);
  const known = core.serverTransactions.get(key);
  if (known) return known.repeated();
  const refusal = mayNotSpeak(flow, request);
  if (refusal) return refuseRequest(core, flow, { request, refusal });
  const arrival = { flow, request, key };
  if (request.method === 'CANCEL') return receiveCancel(core, arrival);
  if (request.toTag !== '') return receiveInDialog(core, arrival);
  return receiveNew(core, arrival);
}

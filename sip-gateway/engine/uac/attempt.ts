// Sends a request to the next place of its list; the first time its echo goes to the application, before any response can.
// After 503, silence or a dead transport the next place gets its turn with a new branch (RFC 3263 §4.3).

import type { Core } from '../core';
import { newBranch } from '../ids';
import { ClientTransaction } from '../transaction/client-transaction';
import type { Flow } from '../transport/flow';
import { composeRequest } from './compose-request';
import { receiveAnswer, receiveNoAnswer, requestEnded } from './receive-answer';
import type { SentRequest, Target } from './sent-request';

/** Starts the next attempt; false if there is no place left that we can send to. */
export function attempt(core: Core, sent: SentRequest, echo?: (text: string, flow: Flow) => void): boolean {
  const flow = nextFlow(core, sent.targets);
  if (!flow) return false;
  const outgoing = composeRequest(sent.draft, flow, newBranch());
  sent.flow = flow;
  sent.outgoing = outgoing;
  const transaction: ClientTransaction = new ClientTransaction(core.clientTransactions, core.clock, {
    firstAnswerMs: core.limits.firstAnswerMs,
    flow,
    request: outgoing,
    user: {
      answered: (response, from) => receiveAnswer(core, sent, { response, from, transaction }),
      unanswered: (problem) => receiveNoAnswer(core, sent, problem),
      ended: () => requestEnded(core, sent, transaction),
    },
  });
  sent.transaction = transaction;
  core.counters.requestsSent++;
  echo?.(outgoing.text, flow);
  transaction.start();
  return true;
}

function nextFlow(core: Core, targets: Target[]): Flow | undefined {
  for (let target = targets.shift(); target; target = targets.shift()) {
    const flow =
      target.kind === 'flow' ? target.flow : core.transports.flowTo(target.wire, target.address, target.port);
    if (flow?.isOpen) return flow;
  }
  return undefined;
}

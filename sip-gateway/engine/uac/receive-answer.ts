// Responses to requests of ours, and their absence: what they mean for the dialog, then on to the application.

import { reportCdr } from '../cdr';
import type { Core } from '../core';
import { endByEngine, endUnreported } from '../dialog/end';
import { noteExpiry, saysTerminated } from '../dialog/subscription-end';
import type { SipResponse } from '../message/sip-message';
import { reasonOf } from '../message/status';
import type { ClientTransaction } from '../transaction/client-transaction';
import type { Flow } from '../transport/flow';
import { attempt } from './attempt';
import { composeRequest, type OutgoingRequest } from './compose-request';
import { confirmFork, dropForks, dropOtherForks, forkOf, isRepeatedProvisional, remoteTargetOf } from './forks';
import { dismissFork } from './send-ack';
import { cancelOnWire } from './send-cancel';
import type { SentRequest } from './sent-request';

/** RFC 5057 §5.1, and 408 where nothing came back at all. */
const WATCHER_GONE: ReadonlySet<number> = new Set([
  404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604,
]);

export interface Answered {
  readonly response: SipResponse;
  readonly from: Flow;
  readonly transaction: ClientTransaction;
}

export function receiveAnswer(core: Core, sent: SentRequest, { response, from, transaction }: Answered): void {
  // The answer to an attempt that was given up for another place.
  if (sent.transaction !== transaction) return;
  const { status } = response;
  if (status < 200) return receiveProvisional(core, sent, { response, from });
  if (sent.hasFinal) return receiveSecondSuccess(core, sent, { response, from });
  if (status === 503 && sent.cancel === 'none' && attempt(core, sent)) return;
  finish(core, sent);
  // Until the application has acknowledged a 2xx to INVITE, it may still cancel it.
  if (status < 300 && sent.method === 'INVITE') core.sent.set(sent.id, sent);
  reportInvite(core, sent, response);
  if (status < 300) receiveSuccess(core, sent, { response, from });
  else receiveFailure(core, sent, status);
  pass(sent, response.text, from);
}

function reportInvite(core: Core, sent: SentRequest, { status, text }: SipResponse): void {
  if (sent.method !== 'INVITE' || sent.dialog) return;
  if (status < 300) return reportCdr(core, 'start', { source: 'network', note: 'uac', text });
  const note = sent.cancel === 'none' ? 'call-rejected' : 'call-canceled';
  reportCdr(core, 'stop', { source: 'network', note, text });
}

function finish(core: Core, sent: SentRequest): void {
  sent.hasFinal = true;
  core.sent.delete(sent.id);
  if (sent.cancelTimer) core.clock.cancel(sent.cancelTimer);
  sent.cancelTimer = undefined;
}

type Arrived = Pick<Answered, 'response' | 'from'>;

function receiveProvisional(core: Core, sent: SentRequest, { response, from }: Arrived): void {
  if (sent.cancel === 'waiting') cancelOnWire(core, sent);
  if (response.status === 100 || sent.hasFinal) return;
  const fork = sent.dialog ?? forkOf(core, sent, { response, from });
  if (fork && isRepeatedProvisional(fork, response)) return;
  pass(sent, response.text, from);
}

function receiveSuccess(core: Core, sent: SentRequest, { response, from }: Arrived): void {
  const { dialog } = sent;
  if (dialog) {
    dialog.flow = from;
    if (sent.method === 'INVITE') {
      dialog.openReinvite = undefined;
      dialog.awaitingAck = sent;
    }
    return dialogAfterSuccess(core, sent, response);
  }
  const fork = forkOf(core, sent, { response, from });
  if (!fork) return;
  confirmFork(core, sent, { fork, response, from });
  dropOtherForks(core, sent, fork);
  if (sent.method === 'SUBSCRIBE') noteExpiry(core, fork, { granted: response.headers, asked: sent.draft.headers });
  // The 200 crossed our CANCEL on the wire: it wins, and is ended as soon as it has been acknowledged (§9.1, §13.2.2.4).
  if (sent.cancel !== 'none') fork.endAfterAck = 'ACK-BYE due to cancel race condition';
  if (sent.method === 'INVITE' && !response.headers.has('contact')) fork.endAfterAck ??= 'No Contact in response';
}

/** Target refresh by re-INVITE, UPDATE and SUBSCRIBE; BYE and a subscription's last NOTIFY end the dialog. */
function dialogAfterSuccess(core: Core, sent: SentRequest, response: SipResponse): void {
  const { dialog } = sent;
  if (!dialog) return;
  if (sent.method === 'INVITE' || sent.method === 'UPDATE' || sent.method === 'SUBSCRIBE') {
    const target = remoteTargetOf(response);
    if (target !== '') dialog.remoteTarget = target;
  }
  if (sent.method === 'SUBSCRIBE') noteExpiry(core, dialog, { granted: response.headers, asked: sent.draft.headers });
  if (endsDialog(sent)) core.dialogs.remove(dialog);
}

function receiveFailure(core: Core, sent: SentRequest, status: number): void {
  const { dialog } = sent;
  if (!dialog) return dropForks(core, sent);
  if (sent.method === 'INVITE' && dialog.openReinvite === sent) dialog.openReinvite = undefined;
  // A challenge may be answered; any other refusal of a BYE ends the dialog all the same (§15.1.1).
  if ((endsDialog(sent) && status !== 401 && status !== 407) || losesSubscription(sent, status))
    core.dialogs.remove(dialog);
}

/** A watcher that is gone, or knows of no such subscription: it has ended (RFC 6665 §4.2.2). */
function losesSubscription({ method, dialog }: SentRequest, status: number): boolean {
  return method === 'NOTIFY' && dialog?.method === 'SUBSCRIBE' && WATCHER_GONE.has(status);
}

/** The last NOTIFY about a REFER ends that subscription alone: the call it came in goes on (RFC 5057 §4). */
function endsDialog({ method, draft, dialog }: SentRequest): boolean {
  if (method === 'BYE') return true;
  return method === 'NOTIFY' && dialog?.method === 'SUBSCRIBE' && saysTerminated(draft.headers);
}

/** A 2xx after the first: repeated, so its ACK is repeated; or from another fork, which nobody wants (§13.2.2.4). */
function receiveSecondSuccess(core: Core, sent: SentRequest, { response, from }: Arrived): void {
  if (sent.method !== 'INVITE' || response.status >= 300) return;
  const ack = sent.acks.get(response.toTag);
  if (ack) return ack.flow.send(ack.text);
  // The application has not acknowledged it yet.
  if (sent.dialog || sent.forks.some((fork) => fork.remoteTag === response.toTag && fork.state === 'confirmed')) return;
  const main = core.dialogs.find(sent.dialogId);
  const fork = forkOf(core, sent, { response, from });
  if (!fork) return;
  confirmFork(core, sent, { fork, response, from });
  fork.awaitingAck = undefined;
  if (main) core.dialogs.prefer(main);
  dismissFork(core, fork, sent);
  endUnreported(core, fork, 'Call completed elsewhere');
}

function pass(sent: SentRequest, text: string, from: Flow | undefined): void {
  sent.app?.sip({ source: 'network', text, flow: from, transactionId: sent.id, dialogId: sent.dialogId });
}

/** Silence or a dead transport: the next place, or a response of our own: 408 or 503 (RFC 3261 §8.1.3.1). */
export function receiveNoAnswer(core: Core, sent: SentRequest, problem: 'timed-out' | 'failed'): void {
  if (sent.hasFinal) return;
  if (sent.cancel === 'none' && attempt(core, sent)) return;
  endWith(core, sent, problem === 'timed-out' ? 408 : 503);
}

/** Its transaction is over: what was kept for repetitions goes, and a 2xx the application never acknowledged ends with BYE. */
export function requestEnded(core: Core, sent: SentRequest, transaction: ClientTransaction): void {
  if (sent.transaction !== transaction || !sent.hasFinal) return;
  core.sent.delete(sent.id);
  core.sentSubscribes.delete(`${sent.draft.callId} ${sent.draft.fromTag}`);
  const dialog = core.dialogs.find(sent.dialogId);
  if (dialog?.awaitingAck === sent) endByEngine(core, dialog, 'No ACK from application');
}

/** A cancelled INVITE nobody ended: forgotten as if it had been answered 487. */
export function endCancelled(core: Core, sent: SentRequest): void {
  if (sent.hasFinal) return;
  sent.transaction?.abandon();
  endWith(core, sent, 487);
}

/** A request that could not be sent: its echo, so that the application can match it, then the response it would have got. */
export function endUnsent(
  core: Core,
  sent: SentRequest,
  { commandId, status }: { commandId: string; status: 491 | 503 },
): void {
  const flow = sent.dialog?.flow ?? core.transports.anyFlow();
  if (!flow) return sent.app?.replyProblem(commandId, 'requested protocol/transport not available');
  const outgoing = composeRequest(sent.draft, flow, 'z9hG4bKunsent');
  sent.outgoing = outgoing;
  sent.app?.replyRequestSent(commandId, { text: outgoing.text, flow, transactionId: sent.id });
  endWith(core, sent, status);
}

function endWith(core: Core, sent: SentRequest, status: number): void {
  finish(core, sent);
  receiveFailure(core, sent, status);
  if (sent.outgoing) pass(sent, localResponse(sent.outgoing, status), undefined);
}

function localResponse(request: OutgoingRequest, status: number): string {
  return (
    `SIP/2.0 ${status} ${reasonOf(status)}\r\nVia: ${request.via}\r\nFrom: ${request.from}\r\nTo: ${request.to}\r\n` +
    `Call-ID: ${request.callId}\r\nCSeq: ${request.seq} ${request.method}\r\nContent-Length: 0\r\n\r\n`
  );
}

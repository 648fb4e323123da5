// Dialogs that begin with a request of ours (RFC 3261 §12.1.2): one for each To tag that answers, all under one dialog id.

import type { Core } from '../core';
import { Dialog } from '../dialog/dialog';
import { uriOf } from '../message/name-addr';
import { splitList } from '../message/parameter';
import type { SipResponse } from '../message/sip-message';
import type { Flow } from '../transport/flow';
import type { SentRequest } from './sent-request';

interface Arrived {
  readonly response: SipResponse;
  readonly from: Flow;
}

/** The fork this response belongs to; made now if its tag is new. Undefined where no dialog can be. */
export function forkOf(core: Core, sent: SentRequest, { response, from }: Arrived): Dialog | undefined {
  if (
    (sent.method !== 'INVITE' && sent.method !== 'SUBSCRIBE') ||
    response.toTag === '' ||
    !sent.app ||
    !sent.outgoing
  ) {
    return undefined;
  }
  const known = sent.forks.find((fork) => fork.remoteTag === response.toTag);
  if (known) return known;
  const { outgoing } = sent;
  const fork = new Dialog({
    id: sent.dialogId,
    role: 'uac',
    method: sent.method,
    app: sent.app,
    callId: outgoing.callId,
    localTag: sent.draft.fromTag,
    remoteTag: response.toTag,
    localParty: outgoing.from,
    remoteParty: response.headers.first('to') ?? '',
    contact: outgoing.contact,
    remoteTarget: remoteTargetOf(response) || outgoing.uri,
    routeSet: routeSetOf(response),
    localSeq: outgoing.seq,
    remoteSeq: -1,
    flow: from,
  });
  sent.forks.push(fork);
  core.dialogs.add(fork);
  return fork;
}

/** A 2xx makes this fork the dialog, with the route and target the 2xx names (§13.2.2.4). */
export function confirmFork(
  core: Core,
  sent: SentRequest,
  { fork, response, from }: Arrived & { readonly fork: Dialog },
): void {
  fork.state = 'confirmed';
  fork.flow = from;
  fork.remoteTarget = remoteTargetOf(response) || fork.remoteTarget;
  fork.routeSet = routeSetOf(response);
  if (sent.method === 'INVITE') fork.awaitingAck = sent;
  core.dialogs.prefer(fork);
}

/** The request failed: all its early dialogs are over (§12.3). */
export function dropForks(core: Core, sent: SentRequest): void {
  for (const fork of sent.forks) core.dialogs.remove(fork);
  core.sentSubscribes.delete(`${sent.draft.callId} ${sent.draft.fromTag}`);
}

/** One fork has answered: the others can only still answer too, and are then ended (§13.2.2.4). */
export function dropOtherForks(core: Core, sent: SentRequest, winner: Dialog): void {
  if (sent.method !== 'INVITE') return;
  for (const fork of sent.forks) if (fork !== winner) core.dialogs.remove(fork);
  core.dialogs.prefer(winner);
}

/** A reliable provisional response that came before, or out of order, is not passed on again (RFC 3262 §4). */
export function isRepeatedProvisional(fork: Dialog, response: SipResponse): boolean {
  const text = response.headers.first('rseq');
  if (text === undefined) return false;
  const rseq = Number(text);
  if (fork.remoteRseq !== 0 && rseq !== fork.remoteRseq + 1) return true;
  fork.remoteRseq = rseq;
  return false;
}

export function remoteTargetOf(response: SipResponse): string {
  const contact = response.headers.first('contact');
  return contact === undefined ? '' : uriOf(splitList(contact)[0] ?? '');
}

/** Record-Route of the response, the nearest hop first (§12.1.2). */
function routeSetOf(response: SipResponse): string[] {
  return response.headers.all('record-route').flatMap(splitList).reverse();
}

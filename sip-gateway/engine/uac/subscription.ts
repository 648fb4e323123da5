// A NOTIFY may reach us before the response to the SUBSCRIBE that asked for it, and then makes the dialog (RFC 6665 §4.1.2.4).

import type { Core } from '../core';
import { Dialog } from '../dialog/dialog';
import { uriOf } from '../message/name-addr';
import { splitList } from '../message/parameter';
import type { SipRequest } from '../message/sip-message';
import type { Flow } from '../transport/flow';

/** The dialog this NOTIFY begins; undefined if it belongs to no SUBSCRIBE of ours. */
export function subscriptionOfNotify(
  core: Core,
  { request, flow }: { request: SipRequest; flow: Flow },
): Dialog | undefined {
  if (request.method !== 'NOTIFY') return undefined;
  const sent = core.sentSubscribes.get(`${request.callId} ${request.toTag}`);
  if (!sent?.app || !sent.outgoing) return undefined;
  const { headers } = request;
  const dialog = new Dialog({
    id: sent.dialogId,
    role: 'uac',
    method: 'SUBSCRIBE',
    app: sent.app,
    callId: request.callId,
    localTag: request.toTag,
    remoteTag: request.fromTag,
    localParty: sent.outgoing.from,
    remoteParty: headers.first('from') ?? '',
    contact: sent.outgoing.contact,
    remoteTarget: uriOf(headers.first('contact') ?? '') || sent.outgoing.uri,
    routeSet: headers.all('record-route').flatMap(splitList),
    localSeq: sent.outgoing.seq,
    remoteSeq: request.seq - 1,
    flow,
  });
  sent.forks.push(dialog);
  core.dialogs.add(dialog);
  return dialog;
}

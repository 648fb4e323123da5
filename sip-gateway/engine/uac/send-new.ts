// A request of the application outside any dialog. RFC 3261 §8.1; defaults and problem texts as in the application protocol.

import type { AppConnection } from '../app-link/app-connection';
import type { AppMessage } from '../app-link/command';
import { reportCdr } from '../cdr';
import type { Core } from '../core';
import { dialogIdOf } from '../dialog/dialog';
import { newCallId, newTag, newTransactionId } from '../ids';
import { tagOf, withTag } from '../message/name-addr';
import { parseCseq } from '../message/cseq';
import { parseSipUri, type SipUri } from '../message/uri';
import type { Place } from '../resolve';
import { isFlowName } from '../transport/flow-aliases';
import { attempt } from './attempt';
import type { RequestDraft } from './compose-request';
import { endUnsent } from './receive-answer';
import type { SentRequest } from './sent-request';

export interface NewRequest {
  readonly commandId: string;
  readonly method: string;
  readonly uri: string;
  readonly message: AppMessage;
  /** Next hop: a SIP URI or `host[:port]`; '' if the Request-URI is. */
  readonly proxy: string;
}

/** Seconds from 1900 to 1970. */
const NTP_OFFSET_SECONDS = 2_208_988_800;

export function sendNew(core: Core, app: AppConnection, request: NewRequest): void {
  const { commandId, method, message } = request;
  if (method === 'ACK' || method === 'CANCEL')
    return app.replyProblem(commandId, `invalid request-uri: ${message.startLine}`);
  const hop = hopOf(request);
  if (!hop) return app.replyProblem(commandId, `invalid request-uri: ${message.startLine}`);
  if (message.body !== '' && !message.body.startsWith('v=0') && !message.headers.has('content-type')) {
    return app.replyProblem(commandId, 'missing content-type');
  }
  const sent = newSent(core, app, request);
  const known = core.aliases.find(request.proxy === '' ? request.uri : request.proxy);
  if (known) {
    sent.targets.push({ kind: 'flow', flow: known });
    return launch(core, sent, { places: [], commandId });
  }
  // A browser that is gone: its name, and what may be written beside it, leads nowhere else.
  if (isFlowName(hop.host)) return launch(core, sent, { places: [], commandId });
  core.resolver.resolve(hop, (resolution) => {
    const places = resolution.ok ? resolution.places : [];
    if (!resolution.ok && isLiteralProblem(hop))
      return app.replyProblem(commandId, 'requested protocol/transport not available');
    launch(core, sent, { places, commandId });
  });
}

function hopOf({ proxy, uri }: NewRequest): SipUri | undefined {
  if (proxy === '') return parseSipUri(uri);
  return parseSipUri(/^sips?:/i.test(proxy) ? proxy : `sip:${proxy}`);
}

/** A URI whose transport nobody knows; a name that does not resolve is answered with a 503 instead. */
function isLiteralProblem(uri: SipUri): boolean {
  return uri.transport !== undefined && !['udp', 'tcp', 'tls', 'ws', 'wss'].includes(uri.transport);
}

function launch(
  core: Core,
  sent: SentRequest,
  { places, commandId }: { places: readonly Place[]; commandId: string },
): void {
  const { app } = sent;
  const others = places.filter((place) => !core.transports.isOwn(place.wire, place.address, place.port));
  if (places.length > 0 && others.length === 0) return app?.replyProblem(commandId, 'can not send request to myself');
  sent.targets.push(...others.map((place) => ({ kind: 'address' as const, ...place })));
  const isSent = attempt(core, sent, (text, flow) => {
    core.sent.set(sent.id, sent);
    app?.replyRequestSent(commandId, { text, flow, transactionId: sent.id });
    if (sent.method === 'INVITE') reportCdr(core, 'attempt', { source: 'application', note: '', text });
  });
  if (isSent) return;
  if (places.length > 0) return app?.replyProblem(commandId, 'requested protocol/transport not available');
  endUnsent(core, sent, { commandId, status: 503 });
}

function newSent(core: Core, app: AppConnection, request: NewRequest): SentRequest {
  const draft = draftOf(core, request);
  const makesDialog = draft.method === 'INVITE' || draft.method === 'SUBSCRIBE';
  const sent: SentRequest = {
    id: newTransactionId(),
    method: draft.method,
    app,
    dialogId: makesDialog ? dialogIdOf(draft.callId, draft.fromTag) : '',
    draft,
    targets: [],
    dialog: undefined,
    forks: [],
    flow: undefined,
    outgoing: undefined,
    transaction: undefined,
    cancel: 'none',
    cancelLines: '',
    hasFinal: false,
    cancelTimer: undefined,
    acks: new Map(),
  };
  if (draft.method === 'SUBSCRIBE') core.sentSubscribes.set(`${draft.callId} ${draft.fromTag}`, sent);
  return sent;
}

function draftOf(core: Core, { method, uri, message }: NewRequest): RequestDraft {
  const { headers, body } = message;
  const from = headers.first('from');
  const fromTag = (from === undefined ? '' : tagOf(from)) || newTag();
  const cseq = parseCseq(headers.first('cseq') ?? '');
  const makesDialog = method === 'INVITE' || method === 'SUBSCRIBE';
  return {
    method,
    uri,
    from: from === undefined ? undefined : withTag(from, fromTag),
    fromTag,
    to: headers.first('to') ?? `<${uri}>`,
    // drachtio-srf repeats Call-ID on a retry with credentials: the first one counts.
    callId: headers.first('call-id') ?? newCallId(),
    seq: cseq?.method === method ? cseq.seq : firstSeq(core.clock.nowMs()),
    routes: [],
    contact: headers.first('contact') ?? (makesDialog ? 'own' : undefined),
    headers,
    body,
  };
}

function firstSeq(nowMs: number): number {
  return Math.floor((nowMs / 1000 + NTP_OFFSET_SECONDS) / 2) % 0x8000000;
}

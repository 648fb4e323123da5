/**
 * Our INVITE, from the target to its final response (RFC 3261 sections 13.2 and 22.2): ringing, progress, answer, refusal.
 * A 200 is acknowledged at once; the router ends a leg it no longer wants. Call-ID, From tag and CSeq are ours, so that
 * the dialog has its name before the first packet and digest may be answered with CSeq + 1.
 */
import { callHeader } from './call-header';
import { callOfLeg, type LegId, sdpOf } from '../call-router/values/ids';
import { descriptionIn } from './description';
import { parseChallenges } from './digest';
import { authorizationFor, sendBye } from './end-leg';
import { type Headers, parseNameAddr } from './header-values';
import type { ConfirmedLeg, DialogName, InvitingLeg } from './legs';
import type { MessageLamps } from './message-lamps';
import { randomHex } from './random';
import { redirectsIn } from './redirect';
import { runSession, type SessionParts } from './refresh-session';
import { allowsUpdate, minSeIn, sessionAsked, sessionIntervalS, sessionMinS, termsAgreed } from './session-timer';
import type { AckSender, OutgoingRequest, ReceivedResponse, SentRequest } from './srf-link';
import { dialogIdOf, headerOf } from './srf-message';
import type { Subscriptions } from './subscriptions';
import { allowsTalk } from './talk-event';
import { type InviteEffect, type Way, type WayParts, wayTo } from './way-to';

export interface OutgoingParts extends SessionParts, WayParts {
  readonly subscriptions: Subscriptions;
  readonly messageLamps: MessageLamps;
}

/** Everything that stays the same when the INVITE is sent again with credentials. */
interface Attempt {
  readonly id: LegId;
  readonly way: Way;
  readonly request: OutgoingRequest;
  readonly dialog: string;
  /** Without the tag of who answers. */
  readonly name: DialogName;
  readonly cseq: number;
  /** Challenges answered so far; a second one only if it says the first nonce was stale. */
  readonly answered: number;
  /** The least session interval that anybody on the way takes (RFC 4028 section 7.3). */
  readonly minSeS: number;
}

const challengesMax = 2;
/** Two hours: whoever wants more guards nothing. */
const minSeMax = 7_200;

export function placeInvite(parts: OutgoingParts, effect: InviteEffect): void {
  const way = wayTo(parts, effect);
  if (typeof way === 'number') {
    queueMicrotask(() => parts.post({ ...onLeg(parts, effect.leg), type: 'leg-refused', status: way }));
    return;
  }
  const sipCallId = randomHex(16);
  const tag = randomHex(6);
  const headers: Headers = {
    ...way.headers,
    From: `${way.headers['From'] ?? ''};tag=${tag}`,
    'Call-ID': sipCallId,
    CSeq: '1 INVITE',
    'Max-Forwards': effect.maxForwards === undefined ? undefined : String(effect.maxForwards),
    ...sessionAsked({ intervalS: sessionIntervalS, minS: sessionMinS }),
    ...callHeader(way.far, effect.leg),
    'Content-Type': 'application/sdp',
  };
  const request = { method: 'INVITE', uri: way.uri, headers, body: effect.sdp };
  send(parts, {
    id: effect.leg,
    way,
    request: way.nextHop === undefined ? request : { ...request, nextHop: way.nextHop },
    dialog: dialogIdOf(sipCallId, tag),
    name: { sipCallId, localTag: tag, remoteTag: '' },
    cseq: 1,
    answered: 0,
    minSeS: sessionMinS,
  });
}

function send(parts: OutgoingParts, attempt: Attempt): void {
  const { id, dialog, name, way } = attempt;
  parts.legs.put({ in: 'inviting', id, link: way.link, dialog, far: way.far, name });
  if (way.end !== undefined) parts.legs.flows.carry(id, way.end, `<${way.uri}>`);
  let ended = false;
  way.link.send(attempt.request, {
    sent: (sent) => whenSent(parts, attempt, sent),
    response: (response, ack) => {
      if (ended) return; // another branch of a fork was faster
      ended = response.status >= 200;
      whenAnswered(parts, attempt, { response, ack });
    },
    failed: () => whenRefused(parts, attempt, 503),
  });
}

function whenSent(parts: OutgoingParts, attempt: Attempt, sent: SentRequest): void {
  const leg = invitingLeg(parts, attempt);
  if (leg === undefined) return sent.cancel({});
  parts.legs.put({ ...leg, sent });
  if (leg.cancelledWith !== undefined) sent.cancel(leg.cancelledWith);
}

function whenAnswered(
  parts: OutgoingParts,
  attempt: Attempt,
  { response, ack }: { readonly response: ReceivedResponse; readonly ack: AckSender },
): void {
  const { status } = response;
  if (status < 200) {
    if (headerOf(response, 'rseq') !== undefined) ack(); // PRACK (RFC 3262 section 4)
    return whenProvisional(parts, attempt, response);
  }
  if (status < 300) {
    ack();
    return whenAccepted(parts, attempt, response);
  }
  if (answeredChallenge(parts, attempt, response) || askedForLonger(parts, attempt, response)) return;
  if (status < 400 && attempt.way.far === 'device') return whenRedirected(parts, attempt, response);
  whenRefused(parts, attempt, status);
}

function whenProvisional(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): void {
  const leg = invitingLeg(parts, attempt);
  if (response.status < 180 || leg === undefined) return;
  const remoteTag = tagOfWhoAnswers(response);
  // The early dialog has its name: a colleague's phone may ask to take it over.
  if (remoteTag !== '') parts.legs.put({ ...leg, name: { ...leg.name, remoteTag } });
  parts.subscriptions.rings(leg.id);
  const sdp = descriptionIn(response);
  const mayTell = attempt.way.far === 'device' && allowsTalk(response);
  const happened = { ...onLeg(parts, attempt.id), ...(mayTell ? { answersWhenTold: true as const } : {}) };
  if (sdp === undefined || sdp === 'unreadable') parts.post({ ...happened, type: 'leg-ringing' });
  else parts.post({ ...happened, type: 'leg-progressed', sdp });
}

function whenAccepted(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): void {
  const leg = invitingLeg(parts, attempt);
  const { id, dialog, way } = attempt;
  const { credentials, link, far } = way;
  const remoteTag = tagOfWhoAnswers(response);
  const name = { ...attempt.name, remoteTag };
  const ours = sdpOf(attempt.request.body ?? '');
  const of = { id, link, dialog, far, name, ours, allowsUpdate: allowsUpdate(response), ownsCallId: true } as const;
  const accepted: ConfirmedLeg = { in: 'confirmed', ...of, awaitsAck: false };
  const confirmed = credentials === undefined ? accepted : { ...accepted, credentials };
  const sdp = descriptionIn(response);
  leg?.stopWaiting?.();
  // We had given up on it, or it answers our offer with nothing: nobody can talk on it.
  if (leg === undefined || sdp === undefined || sdp === 'unreadable') {
    sendBye(confirmed, {});
    if (leg !== undefined) whenRefused(parts, attempt, 488);
    return;
  }
  parts.legs.put({ ...confirmed, theirs: sdp });
  if (way.end !== undefined) {
    const from = { address: response.source_address, port: response.source_port };
    parts.legs.flows.carry(id, { ...way.end, ...from }, headerOf(response, 'contact'));
  }
  runSession(parts, id, termsAgreed(response));
  parts.post({ ...onLeg(parts, id), type: 'leg-answered', sdp });
}

const tagOfWhoAnswers = (response: ReceivedResponse): string =>
  parseNameAddr(headerOf(response, 'to') ?? '')?.params.get('tag') ?? '';

/** 401 or 407: the same INVITE again with credentials (RFC 3261 section 22.2). Not once the router has cancelled it. */
function answeredChallenge(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): boolean {
  const { way, request, answered } = attempt;
  const leg = invitingLeg(parts, attempt);
  if (leg === undefined || leg.cancelledWith !== undefined || answered >= challengesMax) return false;
  const asked = headerOf(response, response.status === 401 ? 'www-authenticate' : 'proxy-authenticate') ?? '';
  // Asked again with a nonce that is not called stale: our password is wrong.
  if (answered > 0 && parseChallenges(asked)?.stale !== true) return false;
  const uri = leg.sent?.uri ?? request.uri;
  const authorization = authorizationFor(response, { method: 'INVITE', uri, credentials: way.credentials });
  if (authorization === undefined) return false;
  sendAgain(parts, { ...attempt, answered: answered + 1 }, authorization);
  return true;
}

/** 422: the session interval is too small for somebody on the way (RFC 4028 section 7.3). */
function askedForLonger(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): boolean {
  const minSeS = response.status === 422 ? minSeIn(response) : 0;
  const leg = invitingLeg(parts, attempt);
  if (leg === undefined || leg.cancelledWith !== undefined || minSeS <= attempt.minSeS || minSeS > minSeMax)
    return false;
  const intervalS = Math.max(sessionIntervalS, minSeS);
  sendAgain(parts, { ...attempt, minSeS }, sessionAsked({ intervalS, minS: minSeS }));
  return true;
}

function sendAgain(parts: OutgoingParts, attempt: Attempt, more: Headers): void {
  const cseq = attempt.cseq + 1;
  const headers = { ...attempt.request.headers, CSeq: `${cseq} INVITE`, ...more };
  send(parts, { ...attempt, request: { ...attempt.request, headers }, cseq });
}

/** The phone forwards by itself. A trunk's 3xx is a failure: a provider sends our calls nowhere else. */
function whenRedirected(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): void {
  const contacts = redirectsIn(response);
  const leg = invitingLeg(parts, attempt);
  if (leg === undefined || leg.cancelledWith !== undefined || contacts.length === 0)
    return whenRefused(parts, attempt, response.status);
  if (parts.legs.drop(leg)) parts.post({ ...onLeg(parts, attempt.id), type: 'leg-redirected', contacts });
}

function whenRefused(parts: OutgoingParts, attempt: Attempt, status: number): void {
  const leg = invitingLeg(parts, attempt);
  if (leg === undefined || !parts.legs.drop(leg)) return;
  leg.stopWaiting?.();
  parts.post({ ...onLeg(parts, attempt.id), type: 'leg-refused', status });
}

function invitingLeg(parts: OutgoingParts, attempt: Attempt): InvitingLeg | undefined {
  const leg = parts.legs.of(attempt.id);
  return leg?.in === 'inviting' && leg.dialog === attempt.dialog ? leg : undefined;
}

const onLeg = (parts: OutgoingParts, leg: LegId) => ({
  from: 'sip' as const,
  at: parts.clock.now(),
  call: callOfLeg(leg),
  leg,
});

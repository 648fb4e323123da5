/**
 * Our INVITE, from the target to its final response (RFC 3261 sections 13.2 and 22.2): ringing, progress, answer, refusal.
 * A 200 is acknowledged at once; the router ends a leg it no longer wants. Call-ID, From tag and CSeq are ours, so that
 * the dialog has its name before the first packet and digest may be answered with CSeq + 1.
 */
import type { SipEffect } from '../call-router/effect';
import type { PbxEvent } from '../call-router/event';
import { callOfLeg, type LegId } from '../call-router/values/ids';
import type { AccountBook, TrunkAccount } from './accounts';
import { type Bindings, nextHopOf, type StoredBinding } from './bindings';
import type { GatewayClock } from './clock';
import type { Credentials } from './digest';
import { parseChallenges } from './digest';
import { authorizationFor, sendBye } from './end-leg';
import { type ConfirmedLeg, type DialogName, type FarEnd, farEndOf, type InvitingLeg, type Legs } from './legs';
import { descriptionIn } from './receive-invite';
import { type Headers, parseNameAddr } from './header-values';
import { randomHex } from './random';
import type { AckSender, OutgoingRequest, ReceivedResponse, SentRequest, SipLink } from './srf-link';
import { dialogIdOf, headerOf } from './srf-message';
import type { Subscriptions } from './subscriptions';
import { inviteToContact, inviteToTrunk, type RequestParts, withUser } from './trunk-headers';

export interface OutgoingParts {
  readonly legs: Legs;
  readonly bindings: Bindings;
  readonly subscriptions: Subscriptions;
  readonly book: () => AccountBook;
  /** A connected engine: the one that holds a flow, or any. */
  readonly link: (name?: string) => SipLink | undefined;
  readonly clock: GatewayClock;
  readonly post: (event: PbxEvent) => void;
  readonly realm: string;
  readonly country: string;
}

type InviteEffect = Extract<SipEffect, { readonly do: 'invite' }>;

interface Way extends RequestParts {
  readonly far: FarEnd;
  readonly link: SipLink;
  readonly nextHop?: string;
  readonly credentials?: Credentials;
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
}

const challengesMax = 2;

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
  });
}

/** Where it goes and what it says; a number is the status of what cannot be reached at all. */
function wayTo(parts: OutgoingParts, { target, shows }: InviteEffect): Way | number {
  if (target.kind !== 'trunk') {
    const binding = parts.bindings.of(target.binding);
    if (binding === undefined) return 480; // it expired while the call was decided
    return wayToBinding(parts, binding, { shows, number: target.kind === 'trunk-binding' ? target.number : undefined });
  }
  const trunk = parts.book().trunks.get(target.trunk);
  if (trunk === undefined) return 503;
  if (trunk.host === undefined) {
    const [binding] = parts.bindings.ofAccount({ kind: 'trunk', trunk: target.trunk });
    return binding === undefined ? 480 : wayToBinding(parts, binding, { shows, number: target.number });
  }
  const link = parts.link();
  if (link === undefined) return 503;
  const { country } = parts;
  const contactUser = parts.book().contactUserOf(trunk);
  const credentials = credentialsOf(trunk);
  const request = inviteToTrunk({ trunk, number: target.number, shows, country, contactUser });
  const way = { ...request, far: farEndOf(trunk), link };
  return credentials === undefined ? way : { ...way, credentials };
}

function wayToBinding(
  parts: OutgoingParts,
  binding: StoredBinding,
  of: { readonly shows: InviteEffect['shows']; readonly number: string | undefined },
): Way | number {
  const link = parts.link(binding.link);
  if (link === undefined) return 503;
  const contact = of.number === undefined ? binding.contact : withUser(binding.contact, of.number);
  const to = of.number ?? usernameOf(parts, binding);
  const nextHop = nextHopOf(binding);
  const request = inviteToContact({ contact, shows: of.shows, realm: parts.realm, to });
  // Who registers at us and is no device is an office PBX.
  const way = { ...request, far: binding.of.kind === 'device' ? ('device' as const) : ('pbx' as const), link };
  return nextHop === undefined ? way : { ...way, nextHop };
}

function usernameOf(parts: OutgoingParts, { of }: StoredBinding): string {
  if (of.kind === 'trunk') return parts.book().trunks.get(of.trunk)?.username ?? '';
  return parts.book().usernameOfDevice.get(of.device) ?? '';
}

/** A provider's account; a pbx has one with us, so its password proves nothing about us to it. */
export function credentialsOf(trunk: TrunkAccount): Credentials | undefined {
  if (trunk.username === undefined || trunk.password === undefined) return undefined;
  return { username: trunk.username, password: trunk.password };
}

function send(parts: OutgoingParts, attempt: Attempt): void {
  const { id, dialog, name, way } = attempt;
  parts.legs.put({ in: 'inviting', id, link: way.link, dialog, far: way.far, name });
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
  if (!answeredChallenge(parts, attempt, response)) whenRefused(parts, attempt, status);
}

function whenProvisional(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): void {
  const leg = invitingLeg(parts, attempt);
  if (response.status < 180 || leg === undefined) return;
  const remoteTag = tagOfWhoAnswers(response);
  // The early dialog has its name: a colleague's phone may ask to take it over.
  if (remoteTag !== '') parts.legs.put({ ...leg, name: { ...leg.name, remoteTag } });
  const sdp = descriptionIn(response);
  const happened = onLeg(parts, attempt.id);
  if (sdp === undefined || sdp === 'unreadable') parts.post({ ...happened, type: 'leg-ringing' });
  else parts.post({ ...happened, type: 'leg-progressed', sdp });
}

function whenAccepted(parts: OutgoingParts, attempt: Attempt, response: ReceivedResponse): void {
  const leg = invitingLeg(parts, attempt);
  const { id, dialog, way } = attempt;
  const { credentials, link, far } = way;
  const remoteTag = tagOfWhoAnswers(response);
  const name = { ...attempt.name, remoteTag };
  const accepted: ConfirmedLeg = { in: 'confirmed', id, link, dialog, far, name, awaitsAck: false };
  const confirmed = credentials === undefined ? accepted : { ...accepted, credentials };
  const sdp = descriptionIn(response);
  leg?.stopWaiting?.();
  // We had given up on it, or it answers our offer with nothing: nobody can talk on it.
  if (leg === undefined || sdp === undefined || sdp === 'unreadable') {
    sendBye(confirmed, {});
    if (leg !== undefined) whenRefused(parts, attempt, 488);
    return;
  }
  parts.legs.put(confirmed);
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
  const cseq = attempt.cseq + 1;
  const headers = { ...request.headers, CSeq: `${cseq} INVITE`, ...authorization };
  send(parts, { ...attempt, request: { ...request, headers }, cseq, answered: answered + 1 });
  return true;
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

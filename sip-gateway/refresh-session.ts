/**
 * Runs the session timer of a leg (session-timer.ts decides): refreshes it with UPDATE, which needs no description, or with
 * a re-INVITE of our last one where the far end knows no UPDATE (RFC 4028 section 7.4); ends a leg whose refresh stayed away.
 */
import type { PbxEvent } from '../call-router/event';
import { callOfLeg, type LegId, type Sdp } from '../call-router/values/ids';
import type { GatewayClock } from './clock';
import { descriptionIn } from './description';
import { abandonRefer } from './answer-refer';
import { authorizationFor, sendBye } from './end-leg';
import { focusContact } from './focus';
import type { Headers } from './header-values';
import type { ConfirmedLeg, Legs } from './legs';
import { randomHex } from './random';
import * as timer from './session-timer';
import type { AckSender, Heard, ReceivedRequest, ReceivedResponse } from './srf-link';
import { headerOf } from './srf-message';

export interface SessionParts {
  readonly legs: Legs;
  readonly clock: GatewayClock;
  readonly post: (event: PbxEvent) => void;
  /** Real drachtio-servers refresh by themselves what was agreed in a 200. */
  readonly enginesRefresh: boolean;
}

/** In a confirmed leg. */
export interface Session {
  readonly terms: timer.SessionTerms;
  readonly endsAt: number;
  readonly minS: number;
  /** Our re-INVITE with an offer is not answered yet. */
  readonly isOffering: boolean;
  readonly stop: () => void;
}

/** The session begins, or was refreshed by either side; undefined: it needs no refresh any more. */
export function runSession(parts: SessionParts, id: LegId, terms: timer.SessionTerms | undefined): void {
  const leg = parts.legs.confirmed(id);
  if (leg === undefined) return;
  const before = leg.session;
  before?.stop();
  const { session: _, ...rest } = leg;
  if (terms === undefined || parts.enginesRefresh) return parts.legs.put(rest);
  const endsAt = parts.clock.now() + timer.endsAfterMs(terms.intervalS);
  const next = timer.nextStep(terms);
  const minS = Math.max(before?.minS ?? 0, timer.sessionMinS);
  const stop = parts.clock.after(next.afterMs, () => (next.do === 'refresh' ? refresh(parts, id) : expire(parts, id)));
  parts.legs.put({ ...rest, session: { terms, endsAt, minS, isOffering: false, stop } });
}

/** Our 200 to a request of theirs begins or refreshes the session: the fields of it. */
export function answeredSession(parts: SessionParts, id: LegId, request: ReceivedRequest): Headers {
  const leg = parts.legs.confirmed(id);
  const answer = timer.sessionAnswer(request, leg?.session?.terms);
  const terms = answer.kind === 'timer' ? answer.terms : undefined;
  if (leg !== undefined && headerOf(request, 'allow') !== undefined)
    parts.legs.put({ ...leg, allowsUpdate: timer.allowsUpdate(request) });
  runSession(parts, id, terms);
  return answer.kind === 'timer' ? answer.headers : {};
}

function refresh(parts: SessionParts, id: LegId): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.session === undefined) return;
  // A 200 of ours without its ACK, or an offer of theirs we owe an answer: what comes of it refreshes or ends the leg.
  if (leg.awaitsAck || leg.reoffer !== undefined || parts.legs.reoffers.has(id)) return againAfter(parts, id, 2_000);
  send(parts, leg, {});
}

function send(parts: SessionParts, leg: ConfirmedLeg, authorization: Headers): void {
  const { session, ours } = leg;
  if (session === undefined) return;
  const by = leg.allowsUpdate ? undefined : ours;
  const intervalS = Math.max(session.terms.intervalS, session.minS);
  const headers: Headers = {
    ...timer.sessionAsked({ intervalS, minS: session.minS, refresher: 'uac' }),
    Supported: 'timer',
    ...authorization,
    ...focusContact(leg),
    ...(by === undefined ? {} : { 'Content-Type': 'application/sdp' }),
  };
  const method = by === undefined ? 'UPDATE' : 'INVITE';
  const request = { method, uri: '', dialog: leg.dialog, headers, ...(by === undefined ? {} : { body: by }) };
  waitForEnd(parts, leg, { ...session, isOffering: method === 'INVITE' });
  leg.link.send(request, heard(parts, leg, { method, isProven: 'Authorization' in authorization }));
}

/** Until the answer comes the only thing that may happen by itself is the end. */
function waitForEnd(parts: SessionParts, leg: ConfirmedLeg, session: Session): void {
  session.stop();
  const leftMs = Math.max(0, session.endsAt - parts.clock.now());
  const stop = parts.clock.after(leftMs, () => expire(parts, leg.id));
  parts.legs.put({ ...leg, session: { ...session, stop } });
}

interface Sending {
  readonly method: 'UPDATE' | 'INVITE';
  /** Digest was asked for and answered. */
  readonly isProven: boolean;
}

function heard(parts: SessionParts, { id, dialog }: ConfirmedLeg, sending: Sending): Heard {
  let uri = '';
  return {
    sent: (request) => {
      uri = request.uri;
    },
    response: (response, ack) => {
      if (response.status < 200) return;
      if (response.status < 300 && sending.method === 'INVITE') ack();
      const leg = parts.legs.confirmed(id);
      if (leg?.session === undefined || leg.dialog !== dialog) return;
      const { credentials } = leg;
      const authorization = authorizationFor(response, { method: sending.method, uri, credentials });
      if (authorization !== undefined && !sending.isProven) return send(parts, leg, authorization);
      whenAnswered(parts, leg, { response, ack, sending });
    },
    failed: () => againAfter(parts, id, 5_000),
  };
}

function whenAnswered(
  parts: SessionParts,
  leg: ConfirmedLeg,
  of: { readonly response: ReceivedResponse; readonly ack: AckSender; readonly sending: Sending },
): void {
  const { session, id } = leg;
  if (session === undefined) return;
  const leftMs = Math.max(0, session.endsAt - parts.clock.now());
  const chance = Number.parseInt(randomHex(2), 16) / 65_536;
  const tried = { method: of.sending.method, ownsCallId: leg.ownsCallId, chance, leftMs };
  const outcome = timer.outcomeOf(of.response, tried);
  switch (outcome.kind) {
    case 'fresh':
      runSession(parts, id, outcome.terms);
      return tellAnswer(parts, id, of.response);
    case 'gone':
      return expire(parts, id);
    case 'again': {
      const minS = outcome.minS ?? session.minS;
      const allowsUpdate = leg.allowsUpdate && outcome.by !== 'INVITE';
      parts.legs.put({ ...leg, allowsUpdate, session: { ...session, minS } });
      return againAfter(parts, id, outcome.afterMs);
    }
  }
}

/** The answer to our re-INVITE says something new: the router hears of it as of an offer of theirs. */
function tellAnswer(parts: SessionParts, id: LegId, response: ReceivedResponse): void {
  const leg = parts.legs.confirmed(id);
  const answer = descriptionIn(response);
  if (leg === undefined || answer === undefined || answer === 'unreadable') return;
  if (leg.theirs !== undefined && withoutVersion(answer) === withoutVersion(leg.theirs)) return;
  parts.legs.put({ ...leg, theirs: answer });
  const happened = { from: 'sip', at: parts.clock.now(), call: callOfLeg(id), leg: id } as const;
  parts.post({ ...happened, type: 'reoffer-received', offer: answer });
}

const withoutVersion = (sdp: Sdp): string => sdp.replace(/^o=.*$/m, '').trim();

function againAfter(parts: SessionParts, id: LegId, afterMs: number): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.session === undefined) return;
  const { session } = leg;
  session.stop();
  const leftMs = session.endsAt - parts.clock.now();
  const stop =
    afterMs < leftMs
      ? parts.clock.after(afterMs, () => refresh(parts, id))
      : parts.clock.after(Math.max(0, leftMs), () => expire(parts, id));
  parts.legs.put({ ...leg, session: { ...session, isOffering: false, stop } });
}

/** Nobody refreshed it: BYE, and the router hears that the far end is lost (section 10). */
function expire(parts: SessionParts, id: LegId): void {
  const leg = parts.legs.confirmed(id);
  if (leg === undefined || !parts.legs.drop(leg)) return;
  if (leg.reoffer !== undefined) leg.link.reply(leg.reoffer, 487);
  abandonRefer(leg);
  sendBye(leg, { Reason: 'SIP;cause=408;text="Session timer expired"' });
  if (leg.byeWaiting !== undefined) return; // the router has ended it already
  const happened = { from: 'sip', at: parts.clock.now(), call: callOfLeg(id), leg: id } as const;
  parts.post({ ...happened, type: 'leg-hung-up', why: 'session-expired' });
}

/**
 * Later offers of a phone: hold, resume, a new codec or address (RFC 3261 section 14, RFC 3264 section 8.4). While one
 * side holds, the other hears music, and its silence ends nothing. Hold by button is hold-by-command.ts.
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent, SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId } from '../values/ids';
import { memberTurned } from './conference-members';
import { type Conferring, isConferring } from './conference-mix';
import { music } from './heard-in-call';
import { turnedBehind } from './hold-by-command';
import { markMixed } from './phone-conference';
import { type Decision, decided, effectsOnly, ignore, inState, isConnected, otherLegOf, withLegs } from './decision';

type Sip<Type> = Extract<SipEvent, { readonly type: Type }>;
type Media<Type> = Extract<MediaEvent, { readonly type: Type }>;

export function reofferReceived(pbx: PbxView, event: Sip<'reoffer-received'>): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  // Our BYE crossed it, or the caller re-invites before the answer is settled (RFC 3261 section 14.2).
  if (leg === undefined || !isConnected(leg)) {
    return effectsOnly({ to: 'sip', do: 'refuse-reoffer', leg: event.leg, cause: 'signalling-lost' });
  }
  return event.offer === undefined
    ? effectsOnly({ to: 'media', do: 'offer-again', leg: leg.id })
    : effectsOnly({ to: 'media', do: 'take-reoffer', leg: leg.id, offer: event.offer });
}

/** Our answer to a later offer is ready; the far end holds or speaks from now on. */
export function reofferAccepted(pbx: PbxView, event: Media<'offer-accepted'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // Ended while the answer was made.
  if (call === undefined || leg === undefined || !isConnected(leg)) return ignore;
  const turned = farTurned(pbx, call, { leg, far: event.far, at: event.at });
  return {
    changes: turned.changes,
    effects: [{ to: 'sip', do: 'accept-reoffer', leg: leg.id, sdp: event.sdp }, ...turned.effects],
  };
}

/** A re-INVITE without an offer: the far end's answer comes in the ACK. */
export function offerMade(pbx: PbxView, event: Media<'offer-made'>): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  if (leg === undefined || !isConnected(leg)) return ignore; // ended while the offer was made
  return effectsOnly({ to: 'sip', do: 'accept-reoffer', leg: leg.id, sdp: event.sdp });
}

export function ackWithAnswer(pbx: PbxView, event: Sip<'ack-received'>): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  if (leg === undefined || !isConnected(leg) || event.sdp === undefined) return ignore; // the usual ACK
  return effectsOnly({ to: 'media', do: 'set-answer', leg: leg.id, answer: event.sdp });
}

export function answerSet(pbx: PbxView, event: Media<'answer-set'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  if (call === undefined || leg === undefined || !isConnected(leg)) return ignore; // still answering: answer.ts goes on
  return farTurned(pbx, call, { leg, far: event.far, at: event.at });
}

export function reofferRefused(pbx: PbxView, event: Media<'offer-refused'>): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  if (leg === undefined || !isConnected(leg)) return ignore; // ended while the offer was read
  // The call goes on as it was before (RFC 3261 section 14.1).
  return effectsOnly({ to: 'sip', do: 'refuse-reoffer', leg: leg.id, cause: 'no-common-codec' });
}

export interface Turn {
  readonly leg: Leg;
  readonly far: 'speaks-and-hears' | 'holds';
  readonly at: EpochMs;
}

/** Its far end holds, or is there again. */
export function farTurned(pbx: PbxView, call: Call, turned: Turn): Decision {
  // Who is held by a button stays so whatever the phone does meanwhile; it counts when the button resumes.
  const behind = turnedBehind(turned.leg, turned.far);
  if (behind !== undefined) return decided(withLegs(call, behind), []);
  const decision = isConferring(call) ? memberTurn(pbx, call, turned) : talkTurn(pbx, call, turned);
  return markMixed(pbx, decision, turned);
}

function memberTurn(pbx: PbxView, call: Conferring, { leg, far, at }: Turn): Decision {
  if (far === 'holds' && leg.state.in === 'answered')
    return memberTurned(pbx, call, { leg, to: { in: 'held', since: at } });
  if (far === 'holds' || leg.state.in !== 'held') return ignore; // nothing turned
  return memberTurned(pbx, call, { leg, to: { in: 'answered', since: at } });
}

/** Whom a transferor talks to meanwhile, and the other way round. */
function consultedBy({ state }: Call, leg: LegId): LegId | undefined {
  if (state.in !== 'consulting' || state.target === undefined) return undefined;
  if (leg === state.target) return state.transferor;
  return leg === state.transferor ? state.target : undefined;
}

function talkTurn(pbx: PbxView, call: Call, { leg, far, at }: Turn): Decision {
  const other = otherLegOf(call, leg.id) ?? consultedBy(call, leg.id);
  if (far === 'holds' && leg.state.in === 'answered') {
    const wait: PbxEffect[] = other === undefined ? [] : [music(other)];
    const held = withLegs(call, inState(leg, { in: 'held', since: at }));
    return decided(held, [{ to: 'media', do: 'watch', leg: leg.id, audioLostMs: 0 }, ...wait]);
  }
  if (far === 'speaks-and-hears' && leg.state.in === 'held') {
    const back: PbxEffect[] = other === undefined ? [] : [{ to: 'media', do: 'stop-playing', leg: other }];
    const resumed = withLegs(call, inState(leg, { in: 'answered', since: at }));
    return decided(resumed, [{ to: 'media', do: 'watch', leg: leg.id, audioLostMs: pbx.limits.audioLostMs }, ...back]);
  }
  return ignore; // nothing turned: a refreshed session or another codec
}

/**
 * From the phones' provisional answers to two joined legs. The first 200 wins: the other branches are cancelled
 * ("answered elsewhere") and a 200 that crosses our CANCEL is acknowledged and ended with BYE (RFC 3261 section 13.2.2.4).
 *
 *   200 of a branch → set its answer, accept the caller's offer → caller's 200 → join, record, talk
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent, SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { type EpochMs, type LegId, type Sdp, timerIdOf } from '../values/ids';
import { type Attended, attendedAnswered, isAttended } from './attend';
import { agentAnswered, pickedFromQueue } from './acd';
import { saidToAnswer } from './answer-by-command';
import { saveCall } from './call-record';
import { cancelBranch } from './cancel-branch';
import {
  answeredBy,
  callerLegOf,
  type Decision,
  decided,
  ignore,
  inState,
  isBeingCalled,
  isConnected,
  isEnded,
  withLegs,
  both,
} from './decision';
import { endCall, endedLeg, endLateLeg, legDropped } from './hang-up';
import { music } from './heard-in-call';
import { callerReached } from './click-to-call';
import { joinAnswered, joinRings } from './conference-joining';
import { isConferring } from './conference-mix';
import { targetAnswered, targetRings } from './consult';
import { gates } from './office-side';
import { pathWalked } from './onward';
import { recordingNow } from './recording-rule';
import { isParked, retrieved } from './park';
import { isPicker, pickerLate } from './pickup';
import { takerSettled } from './replaces';
import { callerCalledBack, isCallingBack } from './queue-callback';
import { isQueued } from './queue-wait';
import { askToAccept, isScreening, screeningLeft } from './screening';
import { isTransferring } from './transfer';
import { targetTakes, targetUnusable } from './transfer-outcome';
import { earlyRefused, heardEarly } from './early-media';
import { ringTimerOff } from './ring-timer';

type Sip<Type> = Extract<SipEvent, { readonly type: Type }>;
type Media<Type> = Extract<MediaEvent, { readonly type: Type }>;

/** 180 or 183 of a branch: the caller hears ringing from the first one on. */
export function branchRinging(pbx: PbxView, event: Sip<'leg-ringing' | 'leg-progressed'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  if (call === undefined || leg === undefined) return ignore; // over
  const early = event.type === 'leg-progressed' ? earlyMedia(pbx, call, { leg, event }) : undefined;
  if (early !== undefined) return early;
  // A second 180, or one that crossed our CANCEL.
  if (leg.state.in !== 'dialling')
    return (event.answersWhenTold === true ? saidToAnswer(call, leg.id) : undefined) ?? ignore;
  const rings = withLegs(call, {
    ...inState(leg, { in: 'ringing', since: event.at }),
    ...(event.answersWhenTold === true ? { answersWhenTold: true } : {}),
    ringingAt: event.at,
  });
  // While the caller's own phones ring, nobody waits for the callee yet.
  if (call.state.in === 'consulting' || call.state.in === 'transferring') return decided(rings, targetRings(pbx, call));
  if (isConferring(call)) return decided(rings, joinRings(call, leg.id));
  if (call.ringingAt !== undefined || call.state.in !== 'ringing') return decided(rings, []);
  return decided({ ...rings, ringingAt: event.at }, ringbackTo(pbx, callerLegOf(call)));
}

function earlyMedia(
  pbx: PbxView,
  call: Call,
  { leg, event }: { readonly leg: Leg; readonly event: Sip<'leg-progressed'> },
): Decision | undefined {
  if (leg.state.in !== 'dialling' && leg.state.in !== 'ringing') return undefined;
  const { at, sdp } = event;
  const ringing: Leg =
    leg.state.in === 'ringing' ? leg : { ...inState(leg, { in: 'ringing', since: at }), ringingAt: at };
  return heardEarly(pbx, { ...withLegs(call, ringing), ringingAt: call.ringingAt ?? at }, { leg: ringing, sdp });
}

/** A caller on their own INVITE gets 180 and makes the tone; one we called back hears ours. */
function ringbackTo(pbx: PbxView, caller: Leg | undefined): readonly PbxEffect[] {
  if (caller?.state.in === 'offered') return [{ to: 'sip', do: 'ring', leg: caller.id }];
  if (caller?.state.in !== 'answered') return [];
  return [{ to: 'media', do: 'play', leg: caller.id, tone: 'ringback', country: pbx.directory.country }];
}

export function branchAnswered(pbx: PbxView, event: Sip<'leg-answered'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // The 200 crossed our CANCEL on the wire, or the call is over. It is acknowledged by now and must be ended.
  if (call === undefined || leg === undefined || !isBeingCalled(leg)) return endLateLeg(event.leg);
  const answered = { leg, at: event.at, answer: event.sdp };
  return leg.mustAccept === true ? askToAccept(pbx, call, answered) : answeredBranch(pbx, call, answered);
}

interface AnsweredBranch {
  readonly leg: Leg;
  readonly at: EpochMs;
  readonly answer: Sdp;
}

/** Somebody has taken the call with this branch. */
export function answeredBranch(pbx: PbxView, call: Call, { leg, at, answer }: AnsweredBranch): Decision {
  if (call.state.in === 'reaching-caller') return callerReached(pbx, { call, leg, at, answer });
  if (isConferring(call)) return joinAnswered(pbx, call, { leg, at, answer });
  const transferred = targetAnswered(pbx, call, { leg, at, answer });
  if (transferred !== undefined) return transferred;
  if (isQueued(call)) return agentAnswered(pbx, call, { leg, at, answer });
  if (isCallingBack(call)) return callerCalledBack(pbx, call, { leg, at, answer });
  const caller = callerLegOf(call);
  if (call.state.in !== 'ringing' || caller === undefined) return endLateLeg(leg.id);
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const won = withLegs({ ...call, ...answeredNow(call, leg, at) }, ...losers, {
    ...inState(leg, { in: 'answering' }),
    answeredAt: at,
  });
  const settled = settleCaller(pbx, won, { caller, at, callee: leg.id });
  return {
    changes: settled.changes,
    effects: [
      { to: 'media', do: 'set-answer', leg: leg.id, answer },
      ...settled.effects,
      ...effects,
      ringTimerOff(call),
    ],
  };
}

export function answeredNow(call: Call, leg: Leg, at: EpochMs): Partial<Call> {
  return {
    state: { in: 'answering', callee: leg.id, since: at },
    answeredAt: at,
    ringingAt: call.ringingAt ?? at,
    ...pathWalked(call),
    ...answeredBy(leg),
  };
}

interface Settling {
  readonly caller: Leg;
  readonly callee: LegId;
  readonly at: EpochMs;
}

/** The caller still waits for a 200 (with our answer or our offer in it), or is on the line since we called back. */
function settleCaller(pbx: PbxView, call: Call, { caller, callee, at }: Settling): Decision {
  if (caller.state.in !== 'offered') {
    const talking = talk(pbx, call, { caller, at });
    return {
      changes: talking.changes,
      effects: [{ to: 'media', do: 'stop-playing', leg: caller.id }, ...talking.effects],
    };
  }
  const early = call.early?.answer;
  if (early !== undefined) {
    const quiet: PbxEffect[] = [{ to: 'media', do: 'stop-playing', leg: caller.id }];
    const ok: PbxEffect = { to: 'sip', do: 'answer', leg: caller.id, sdp: early };
    return both([...quiet, ok], talk(pbx, call, { caller, at }));
  }
  const { ourOffer } = caller.state;
  return decided(withLegs(call, inState(caller, { in: 'answering' })), [
    ourOffer === undefined
      ? { to: 'media', do: 'accept-offer', leg: caller.id, like: callee }
      : { to: 'sip', do: 'answer', leg: caller.id, sdp: ourOffer },
  ]);
}

/** The first answer wins: every other branch is taken back. */
export function cancelOthers(
  call: Call,
  winner: LegId,
  at: EpochMs,
): { losers: readonly Leg[]; effects: readonly PbxEffect[] } {
  const losers = [...call.legs.values()].filter((leg) => leg.id !== winner && isBeingCalled(leg));
  return {
    losers: losers.map((leg) => endedLeg(leg, 'answered-elsewhere', at)),
    effects: losers.flatMap((leg) => cancelBranch(leg, 'answered-elsewhere')),
  };
}

/** The caller's description is ready: 200 goes out, and both sides hear each other. Or a picker's: then the caller is next. */
export function callerSettled(pbx: PbxView, event: Media<'offer-accepted'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // They gave up while their answer was made.
  if (call === undefined || leg?.state.in !== 'answering') return ignore;
  const ok: PbxEffect = { to: 'sip', do: 'answer', leg: leg.id, sdp: event.sdp };
  if (isAttended(call) && call.state.leg === leg.id)
    return both([ok], attendedAnswered(pbx, call, { leg, at: event.at }));
  if (leg.takes !== undefined) return takerSettled(pbx, call, { leg, takes: leg.takes, at: event.at, ok });
  if (isTransferring(call)) return both([ok], targetTakes(pbx, call, { target: leg, at: event.at }));
  if (isQueued(call)) return both([ok], pickedFromQueue(pbx, call, { leg, at: event.at }));
  if (isParked(call)) return both([ok], retrieved(pbx, call, { leg, at: event.at }));
  // It was ended, or somebody else has it, in the same moment.
  if (call.state.in !== 'answering') return isPicker(call, leg) ? pickerLate(call, leg, event.at) : ignore;
  if (leg.id !== call.callerLeg) return pickerSettled(pbx, call, { leg, ok, at: event.at });
  return both([ok], talk(pbx, call, { caller: leg, at: event.at }));
}

interface PickerSettled {
  readonly leg: Leg;
  readonly ok: PbxEffect;
  readonly at: EpochMs;
}

/** A caller who was called back is on the line already; any other is answered when their own answer is made. */
function pickerSettled(pbx: PbxView, call: Call, { ok, at }: PickerSettled): Decision {
  const caller = callerLegOf(call);
  if (caller === undefined || !isConnected(caller)) return decided(call, [ok]);
  return both([ok, { to: 'media', do: 'stop-playing', leg: caller.id }], talk(pbx, call, { caller, at }));
}

/** We had to offer, so the caller's answer comes in the ACK (RFC 3261 section 13.2.2.4). */
export function callerAcknowledged(pbx: PbxView, event: Sip<'ack-received'>): Decision {
  const call = pbx.callOf(event.leg);
  const caller = call?.legs.get(event.leg);
  if (call !== undefined && caller !== undefined && isAttended(call))
    return attendedAcknowledged(pbx, call, { leg: caller, event });
  if (call?.state.in !== 'answering' || caller?.state.in !== 'answering') return ignore; // the usual ACK
  if (caller.id !== call.callerLeg) return ignore; // a picker's: they brought an offer, nothing more is expected of them
  if (event.sdp === undefined)
    return endCall(pbx, { call: answered(call, caller, event.at), at: event.at, cause: 'bad-request' });
  const talking = talk(pbx, call, { caller, at: event.at });
  return {
    changes: talking.changes,
    effects: [{ to: 'media', do: 'set-answer', leg: caller.id, answer: event.sdp }, ...talking.effects],
  };
}

/** As above, where we answered it ourselves. */
function attendedAcknowledged(
  pbx: PbxView,
  call: Attended,
  { leg, event }: { readonly leg: Leg; readonly event: Sip<'ack-received'> },
): Decision {
  if (leg.state.in !== 'answering') return ignore; // the usual ACK
  if (event.sdp === undefined)
    return endCall(pbx, { call: answered(call, leg, event.at), at: event.at, cause: 'bad-request' });
  const set: PbxEffect = { to: 'media', do: 'set-answer', leg: leg.id, answer: event.sdp };
  return both([set], attendedAnswered(pbx, call, { leg, at: event.at }));
}

/** Its 200 is out: what ends this leg from now on is BYE. */
function answered(call: Call, leg: Leg, at: EpochMs): Call {
  return withLegs(call, { ...inState(leg, { in: 'answered', since: at }), answeredAt: at });
}

export function talk(
  pbx: PbxView,
  call: Call,
  { caller, at }: { readonly caller: Leg; readonly at: EpochMs },
): Decision {
  const callee = call.state.in === 'answering' ? call.legs.get(call.state.callee) : undefined;
  if (callee === undefined) return ignore;
  // A caller whom we have answered before may hold meanwhile.
  const settled = isConnected(caller) ? call : answered(call, caller, at);
  const both = answered(settled, callee, callee.answeredAt ?? at);
  const joined: Call = { ...both, state: { in: 'talking', since: at, caller: caller.id, callee: callee.id } };
  const recording = recordingNow(pbx, joined, at);
  const audioLostMs = pbx.limits.audioLostMs;
  return decided(recording.call, [
    { to: 'media', do: 'join', a: caller.id, b: callee.id },
    ...recording.effects,
    ...gates(pbx, caller, callee),
    caller.state.in === 'held' ? music(callee.id) : { to: 'media', do: 'watch', leg: caller.id, audioLostMs },
    { to: 'media', do: 'watch', leg: callee.id, audioLostMs },
    { to: 'clock', do: 'set-timer', timer: timerIdOf(call.id, 'longest'), afterMs: pbx.limits.callMaxMs },
    ...saveCall(recording.call, at),
  ]);
}

/** The callee's answer, or the caller's in the ACK, shares nothing with our offer. */
export function answerRefused(pbx: PbxView, event: Media<'answer-refused'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // The call ended while the answer was read.
  if (call === undefined || leg === undefined || isEnded(leg)) return ignore;
  const cause = event.problem === 'no-common-codec' ? 'no-common-codec' : 'bad-request';
  if (isScreening(leg)) return screeningLeft(pbx, call, { leg, at: event.at });
  const unheard = earlyRefused(call, leg);
  if (unheard !== undefined) return unheard;
  const useless = { leg, cause, at: event.at } as const;
  const without = targetUnusable(pbx, call, useless);
  if (without !== undefined) return without;
  return isConnected(leg) ? legDropped(pbx, call, useless) : endCall(pbx, { call, at: event.at, cause });
}

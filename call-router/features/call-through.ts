/**
 * Calling through the office from one's own mobile: a verified mobile calls a number that allows it, its owner proves
 * themselves with a PIN (a caller's number can be forged), hears the office's dial tone and dials as from their desk: the
 * callee sees the office's number, the call is recorded and lands on the client's card.
 *
 *   answered ──▶ PIN ──right──▶ dial tone ──digits, 3 s or #──▶ a call out like any other
 *                 └─wrong, three times─▶ ended
 */
import type { PbxEffect } from '../effect';
import type { Attendant } from '../state/attendant';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, UserId } from '../values/ids';
import { announceAndEnd, type Attended, attendantTimer, attendantTimerOff, say } from './attend';
import { type Decision, both, decided, ignore, withLegs } from './decision';
import { destinationOf } from './dial-plan';
import { endCall } from './hang-up';
import { leadOn } from './lead-on';
import { newCallOf } from './new-call';
import { diallerFor } from './person-of';

type CallThrough = Extract<Attendant, { readonly kind: 'call-through' }>;

const pinTriesMax = 3;
/** Then the PIN counts no more until an administrator has set another. */
const pinFailuresMax = 10;
const typedMax = 32;
/** For the first key of the PIN, and of the number. */
const firstKeyMs = 15_000;
const betweenPinKeysMs = 5000;
/** DESIGN section 4: digit by digit, longest match, 3 s, `#` ends. */
const betweenDigitsMs = 3000;

export const calledThrough = (user: UserId): CallThrough => ({
  kind: 'call-through',
  user,
  phase: 'pin',
  typed: '',
  tries: 0,
});

/** The leg is answered. */
export function beginCallThrough(pbx: PbxView, call: Attended): Decision {
  return decided(call, [
    say(pbx, call, { prompts: [{ say: 'enter-pin' }], tag: 'call-through', untilDigit: true }),
    attendantTimer(call, firstKeyMs),
  ]);
}

interface Pressed {
  readonly digit: string;
  readonly at: EpochMs;
}

export function callThroughDigit(pbx: PbxView, call: Attended, { digit, at }: Pressed): Decision {
  const { by } = call.state;
  if (by.kind !== 'call-through') return ignore;
  if (digit === '#') return typedWhole(pbx, call, at);
  const typed = { ...by, typed: (by.typed + digit).slice(0, typedMax) };
  const waiting = attendantTimer(call, by.phase === 'pin' ? betweenPinKeysMs : betweenDigitsMs);
  // The dial tone ends with the first key, as on every phone.
  const quiet: PbxEffect[] =
    by.phase === 'number' && by.typed === '' ? [{ to: 'media', do: 'stop-playing', leg: call.state.leg }] : [];
  return decided(with_(call, typed), [...quiet, waiting]);
}

const with_ = (call: Attended, by: CallThrough): Attended => ({ ...call, state: { ...call.state, by } });

/** `#`, or no further key: what was typed is all. */
export function typedWhole(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const { by } = call.state;
  if (by.kind !== 'call-through') return ignore;
  if (by.phase === 'pin') return checkPin(pbx, call, { by, at });
  return by.typed === '' ? endCall(pbx, { call, at, cause: 'caller-gave-up' }) : dial(pbx, call, { by, at });
}

interface Step {
  readonly by: CallThrough;
  readonly at: EpochMs;
}

function checkPin(pbx: PbxView, call: Attended, { by, at }: Step): Decision {
  const pin = pbx.directory.users.get(by.user)?.pin;
  const { pinFailures = 0 } = pbx.person(by.user);
  const isLocked = pin === undefined || pinFailures >= pinFailuresMax;
  if (!isLocked && by.typed === pin)
    return withPerson(pbx, by.user, { failures: 0, decision: dialTone(pbx, call, by) });
  return withPerson(pbx, by.user, { failures: pinFailures + 1, decision: wrongPin(pbx, call, { by, at, isLocked }) });
}

function wrongPin(pbx: PbxView, call: Attended, { by, at, isLocked }: Step & { readonly isLocked: boolean }): Decision {
  const tries = by.tries + 1;
  const { leg } = call.state;
  if (tries >= pinTriesMax || isLocked) {
    const prompts = [{ say: 'wrong-pin' }, { say: 'goodbye' }];
    const alarm: PbxEffect = { to: 'store', do: 'raise-alarm', kind: 'wrong-pin', at, user: by.user, call: call.id };
    return both(
      [attendantTimerOff(call), alarm],
      announceAndEnd(pbx, call, { leg, prompts, cause: 'not-allowed', at }),
    );
  }
  const prompts = [{ say: 'wrong-pin' }, { say: 'enter-pin' }];
  return decided(with_(call, { ...by, typed: '', tries }), [
    say(pbx, call, { prompts, tag: 'call-through', untilDigit: true }),
    attendantTimer(call, firstKeyMs),
  ]);
}

/** Wrong tries are counted over all calls: a PIN of four digits must not be found by calling again and again. */
function withPerson(
  pbx: PbxView,
  user: UserId,
  { failures, decision }: { readonly failures: number; readonly decision: Decision },
): Decision {
  const before = pbx.person(user);
  if ((before.pinFailures ?? 0) === failures) return decision;
  const person = { ...before, pinFailures: failures };
  return {
    changes: [{ set: 'person', user, person }, ...decision.changes],
    effects: [{ to: 'store', do: 'save-person', user, person }, ...decision.effects],
  };
}

/** Proved: from now on this leg is a phone of the person, and its codes count (office-side.ts). */
function dialTone(pbx: PbxView, call: Attended, by: CallThrough): Decision {
  const leg = call.legs.get(call.state.leg);
  if (leg === undefined) return ignore;
  const proved = withLegs(call, { ...leg, far: { ...leg.far, user: by.user } as Leg['far'] });
  return decided({ ...proved, state: { ...call.state, by: { ...by, phase: 'number', typed: '' } } }, [
    { to: 'media', do: 'play', leg: leg.id, tone: 'dial', country: pbx.directory.country },
    attendantTimer(call, firstKeyMs),
  ]);
}

/** The number is dialled as the person would from the desk: the same rules, limits and number shown. */
function dial(pbx: PbxView, call: Attended, { by, at }: Step): Decision {
  const leg = call.legs.get(call.state.leg);
  const desk = diallerFor(pbx, by.user, at);
  if (leg === undefined) return ignore;
  const destination = desk === undefined ? ({ kind: 'nowhere' } as const) : destinationOf(pbx, desk, by.typed);
  const isCode = destination.kind === 'code' || destination.kind === 'pickup' || destination.kind === 'calendar-switch';
  if (desk === undefined || isCode || destination.kind === 'nowhere') {
    const prompts = [{ say: isCode ? 'not-available' : 'number-unknown' }];
    const told = announceAndEnd(pbx, call, { leg: leg.id, prompts, cause: 'number-unknown', at });
    return both([attendantTimerOff(call)], told);
  }
  const invite = {
    from: 'sip',
    type: 'invite-received',
    at,
    call: call.id,
    leg: leg.id,
    origin: desk,
    caller: { user: '', withheld: false },
    dialled: by.typed,
    towards: leg.towards,
  } as const;
  const { call: asDialled, lookUp } = newCallOf(pbx, invite, destination);
  const { legs: _none, state: _new, callerLeg: _same, nextLeg: _next, startedAt: _then, ...whoAndWhom } = asDialled;
  const out: Call = { ...call, ...whoAndWhom };
  return both([attendantTimerOff(call), ...lookUp], leadOn(pbx, out, { leg, destination, at }));
}

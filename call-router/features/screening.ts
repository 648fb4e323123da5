/**
 * "Press 1 to accept": a person's own mobile rings along with their phones, and whoever answers it may be a mailbox. The
 * answered leg hears the question while everything else rings on; only the key makes it the answer of the call.
 *
 *   dialling, ringing ──200──▶ screening ──1──▶ the branch has answered ──any other end──▶ it is as if nobody did
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { type EpochMs, type LegId, legIdFrom, type Sdp, timerIdOf } from '../values/ids';
import { answeredBranch } from './answer';
import { type Decision, both, decided, ignore, inState, withLegs } from './decision';
import { branchFailed } from './no-answer';

/** Twice the question and time to press. */
const acceptWithinMs = 15_000;

type Screening = Leg & { readonly state: Extract<Leg['state'], { readonly in: 'screening' }> };
export const isScreening = (leg: Leg): leg is Screening => leg.state.in === 'screening';

export function askToAccept(
  pbx: PbxView,
  call: Call,
  { leg, at, answer }: { readonly leg: Leg; readonly at: EpochMs; readonly answer: Sdp },
): Decision {
  return decided(withLegs(call, inState(leg, { in: 'screening', since: at, answer })), [
    { to: 'media', do: 'set-answer', leg: leg.id, answer },
    question(pbx, leg.id),
    { to: 'clock', do: 'set-timer', timer: timerIdOf(leg.id, 'accept'), afterMs: acceptWithinMs },
  ]);
}

const question = (pbx: PbxView, leg: LegId): PbxEffect => ({
  to: 'media',
  do: 'play-prompts',
  leg,
  prompts: [{ say: 'press-1-to-accept' }],
  language: pbx.directory.language,
  tag: 'accept',
  untilDigit: true,
});

export const acceptTimerOff = (leg: Leg): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(leg.id, 'accept'),
});

/** Said again until a key or the end of the time. */
export function questionEnded(pbx: PbxView, event: Extract<MediaEvent, { readonly type: 'prompts-ended' }>): Decision {
  return event.how === 'played' ? { changes: [], effects: [question(pbx, event.leg)] } : ignore;
}

interface Pressed {
  readonly leg: Screening;
  readonly digit: string;
  readonly at: EpochMs;
}

/** 1 takes the call; any other key is a no, and the person's other phones ring on. */
export function acceptDigit(pbx: PbxView, call: Call, { leg, digit, at }: Pressed): Decision {
  if (digit !== '1') return declined(pbx, call, { leg, at });
  const { mustAccept: _accepted, ...taken } = leg;
  const ringing = inState(taken, { in: 'ringing', since: leg.state.since });
  const { answer } = leg.state;
  return both(
    [acceptTimerOff(leg), { to: 'media', do: 'stop-playing', leg: leg.id }],
    answeredBranch(pbx, withLegs(call, ringing), { leg: ringing, at, answer }),
  );
}

/** Nobody pressed anything: a mailbox. */
export function acceptTimeOver(pbx: PbxView, subject: string, at: EpochMs): Decision {
  const id = legIdFrom(subject);
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  if (call === undefined || leg === undefined || !isScreening(leg)) return ignore; // taken or gone as it fired
  return declined(pbx, call, { leg, at });
}

function declined(pbx: PbxView, call: Call, { leg, at }: { readonly leg: Screening; readonly at: EpochMs }): Decision {
  return both(
    [acceptTimerOff(leg), { to: 'sip', do: 'bye', leg: leg.id, cause: 'no-answer' }],
    branchFailed(pbx, call, { leg, cause: 'no-answer', at }),
  );
}

/** It hung up instead of pressing. */
export function screeningLeft(
  pbx: PbxView,
  call: Call,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): Decision {
  return both([acceptTimerOff(leg)], branchFailed(pbx, call, { leg, cause: 'no-answer', at }));
}

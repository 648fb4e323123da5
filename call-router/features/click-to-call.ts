/**
 * Click-to-call: the phones of whoever asked ring first and show whom they are about to call; when one is answered, the
 * number is dialled for it and from there on it is a call like any other.
 */
import type { CommandEvent } from '../command';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { type EpochMs, legIdOf, type Sdp } from '../values/ids';
import { cancelOthers } from './answer';
import { saveCall } from './call-record';
import { type Decision, decided, ignore, inState, withLegs, both } from './decision';
import { type Dialler, destinationOf } from './dial-plan';
import { newCallOf } from './new-call';
import { leadOn } from './lead-on';
import { branchesToPeople, openBranch } from './ring';
import { sayToReached } from './verify-mobile';
import { ringTimer } from './ring-timer';

type CallAsked = Extract<CommandEvent, { readonly type: 'call-asked' }>;

export function callAsked(pbx: PbxView, event: CallAsked): Decision {
  const dialler = diallerOf(pbx, event);
  // Refused at the door: server/api has answered 409 from the same view.
  if (pbx.draining || pbx.calls.size >= pbx.limits.callsMax || dialler === undefined) return ignore;
  const invite = {
    ...event,
    from: 'sip',
    type: 'invite-received',
    leg: legIdOf(event.call, 1),
    origin: dialler,
    caller: { user: '', withheld: false },
    dialled: event.to,
    towards: '',
  } as const;
  const { call, lookUp } = newCallOf(pbx, invite, destinationOf(pbx, dialler, event.to));
  const { callerLeg: _none, ...nobodyYet } = call;
  const reaching: Call = {
    ...nobodyYet,
    state: { in: 'reaching-caller', dialled: event.to },
    legs: new Map(),
    nextLeg: 1,
  };
  const branches = branchesToPeople(pbx, reaching, [event.user]);
  if (typeof branches === 'string') return ignore;
  const ringing = withLegs({ ...reaching, nextLeg: reaching.nextLeg + branches.length }, ...branches);
  return decided(ringing, [
    ...lookUp,
    ...branches.map((leg) => openBranch(pbx, leg)),
    ringTimer(pbx, call),
    ...saveCall(ringing, event.at),
  ]);
}

/** The person dials as from the first of their registered phones. */
function diallerOf(pbx: PbxView, { user, number, at }: CallAsked): Dialler | undefined {
  const of = pbx.bindingsOfUser(user)[0]?.of;
  if (of?.kind !== 'device') return undefined;
  return { kind: 'device', device: of.device, at, ...(number === undefined ? {} : { number }) };
}

interface Reached {
  readonly call: Call;
  readonly leg: Leg;
  readonly at: EpochMs;
  readonly answer: Sdp;
}

/** One of the caller's own phones was picked up: it is the caller's leg, and the number is dialled. */
export function callerReached(pbx: PbxView, { call, leg, at, answer }: Reached): Decision {
  const dialled = call.state.in === 'reaching-caller' ? call.state.dialled : '';
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const caller: Leg = { ...inState(leg, { in: 'answered', since: at }), answeredAt: at };
  const reached = withLegs({ ...call, state: { in: 'ringing' }, callerLeg: leg.id }, ...losers, caller);
  const says = call.state.in === 'reaching-caller' ? call.state.says : undefined;
  if (says !== undefined) {
    const answered: Decision['effects'] = [{ to: 'media', do: 'set-answer', leg: leg.id, answer }, ...effects];
    return both(answered, sayToReached(pbx, reached, { leg: leg.id, says, at }));
  }
  const first = [{ to: 'media', do: 'set-answer', leg: leg.id, answer } as const, ...effects];
  const destination = destinationOf(pbx, reachedBy(reached, leg, at), dialled);
  return both(first, leadOn(pbx, reached, { leg: caller, destination, at }));
}

function reachedBy({ ourNumber }: Call, { far }: Leg, at: EpochMs): Dialler {
  const number = { at, ...(ourNumber === undefined ? {} : { number: ourNumber }) };
  return far.kind === 'device'
    ? { kind: 'device', device: far.device, ...number }
    : { kind: 'trunk', trunk: far.trunk, ...number };
}

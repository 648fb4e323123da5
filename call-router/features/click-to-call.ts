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
import { diallerFor } from './person-of';
import { branchesToPeople, branchesVia, openBranch } from './ring';
import { sayToReached } from './verify-mobile';
import { ringTimer } from './ring-timer';

type CallAsked = Extract<CommandEvent, { readonly type: 'call-asked' }>;

export function callAsked(pbx: PbxView, event: CallAsked): Decision {
  const dialler = callingDialler(pbx, event);
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
  const { user, via } = event;
  const branches =
    via === undefined ? branchesToPeople(pbx, reaching, [user]) : branchesVia(pbx, reaching, { user, via });
  if (typeof branches === 'string') return ignore;
  const ringing = withLegs({ ...reaching, nextLeg: reaching.nextLeg + branches.length }, ...branches);
  return decided(ringing, [
    ...lookUp,
    ...branches.map((leg) => openBranch(pbx, leg)),
    ringTimer(pbx, call),
    ...saveCall(ringing, event.at),
  ]);
}

/** The person dials as from the first of their registered phones, else from any they have. Undefined: they have none. */
export function callingDialler(
  pbx: PbxView,
  { user, number, at }: Pick<CallAsked, 'user' | 'number' | 'at'>,
): Dialler | undefined {
  const shown = number === undefined ? {} : { number };
  const of = pbx.bindingsOfUser(user)[0]?.of;
  if (of?.kind === 'device') return { kind: 'device', device: of.device, at, ...shown };
  const dialler = diallerFor(pbx, user, at);
  return dialler === undefined ? undefined : { ...dialler, ...shown };
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
  const dialler = reachedBy(pbx, { call: reached, leg, at });
  const destination = destinationOf(pbx, dialler, dialled);
  return both(first, leadOn(pbx, reached, { leg: caller, destination, at }));
}

/** Who is reached on their own mobile dials as on a phone of theirs here. */
function reachedBy(pbx: PbxView, { call: { ourNumber }, leg, at }: Omit<Reached, 'answer'>): Dialler {
  const { far } = leg;
  const number = { at, ...(ourNumber === undefined ? {} : { number: ourNumber }) };
  if (far.kind === 'device') return { kind: 'device', device: far.device, ...number };
  const isMobile = far.user !== undefined && pbx.directory.trunks.get(far.trunk)?.kind !== 'pbx';
  const asOwner = isMobile ? diallerFor(pbx, far.user, at) : undefined;
  return asOwner === undefined ? { kind: 'trunk', trunk: far.trunk, ...number } : { ...asOwner, ...number };
}

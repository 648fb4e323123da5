/**
 * Parties that are rung to join a conference: the first phone of a party that answers brings it in. Whoever asked for one
 * that does not come hears why, and the others go on talking.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { Joining } from '../state/conference';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type LegId, legIdFrom, type Sdp } from '../values/ids';
import { cancelBranch } from './cancel-branch';
import { joinTimer, joinTimerOff } from './conference';
import { goOn } from './conference-members';
import { type Conferring, conferenceWith, isConferring, remixed, saidIn, withConference } from './conference-mix';
import { type Decision, both, decided, ignore, inState, isBeingCalled, isConnected, withLegs } from './decision';
import { failOver } from './fail-over';
import { endedLeg, endLateLeg } from './hang-up';

interface Answered {
  readonly leg: Leg;
  readonly at: EpochMs;
  readonly answer: Sdp;
}

/** A phone that was rung to join: it comes in, the others that rang for the same party are told. */
export function joinAnswered(pbx: PbxView, call: Conferring, { leg, at, answer }: Answered): Decision {
  const one = joiningOf(call, leg.id);
  if (one === undefined) return endLateLeg(leg.id);
  const others = phonesOf(call, one).filter(({ id }) => id !== leg.id);
  const joined: Leg = { ...inState(leg, { in: 'answered', since: at }), answeredAt: at };
  const known = withConference(
    call,
    { joining: call.state.joining.filter((other) => other !== one) },
    ...others.map((other) => endedLeg(other, 'answered-elsewhere', at)),
    joined,
  );
  return both(
    [
      { to: 'media', do: 'set-answer', leg: leg.id, answer },
      ...others.flatMap((other) => cancelBranch(other, 'answered-elsewhere')),
      joinTimerOff(one),
      ...outcomeTold(call, one, 200),
    ],
    remixed(pbx, call, { call: cameIn(known, leg.id, one), at }),
  );
}

function cameIn(call: Conferring, leg: LegId, { as }: Joining): Conferring {
  const { members, supervisors } = call.state;
  return as.kind === 'member'
    ? conferenceWith(call, { members: [...members, leg] })
    : conferenceWith(call, { supervisors: [...supervisors, { leg, user: as.user, how: as.how }] });
}

/** REFER of a member's phone asked for it (RFC 4579 section 5.5): it is told how it went. */
function outcomeTold(call: Call, { as }: Joining, status: number): readonly PbxEffect[] {
  const referrer =
    as.kind === 'member' && as.referred === true && as.by !== undefined ? call.legs.get(as.by) : undefined;
  if (referrer === undefined || !isConnected(referrer)) return [];
  return [{ to: 'sip', do: 'notify-refer', leg: referrer.id, status }];
}

/** 180 of a party that is to join. */
export function joinRings(call: Conferring, leg: LegId): readonly PbxEffect[] {
  const one = joiningOf(call, leg);
  return one === undefined ? [] : outcomeTold(call, one, 180);
}

export interface Failed {
  readonly leg: Leg;
  readonly cause: EndCause;
  readonly at: EpochMs;
}

/** The next trunk for a party outside; undefined: there is none. */
export function joinOtherwise(pbx: PbxView, call: Conferring, failed: Failed): Decision | undefined {
  const { leg, cause, at } = failed;
  const one = joiningOf(call, leg.id);
  const next = one === undefined ? undefined : failOver(pbx, withLegs(call, endedLeg(leg, cause, at)), failed);
  if (one === undefined || next === undefined || !isConferring(next.call)) return undefined;
  const started = [...next.call.legs.keys()].filter((id) => !call.legs.has(id));
  const again: Joining = { ...one, legs: [...one.legs.filter((id) => id !== leg.id), ...started] };
  const joining = call.state.joining.map((other) => (other === one ? again : other));
  return decided(withConference(next.call, { joining }), [...next.effects, joinTimer(pbx, again)]);
}

/** Its INVITE failed, or was taken back: the party comes no more when none of its phones rings. */
export function joinFailed(pbx: PbxView, call: Conferring, { leg, cause, at }: Failed): Decision {
  const one = joiningOf(call, leg.id);
  if (one === undefined) return decided(withLegs(call, endedLeg(leg, cause, at)), []);
  // Reject on one phone means "not me" on all phones of the party.
  const more = cause === 'rejected' ? phonesOf(call, one).filter(({ id }) => id !== leg.id) : [];
  const gone = [leg, ...more].map((each) => endedLeg(each, cause, at));
  const left = one.legs.filter((id) => !gone.some((each) => each.id === id));
  const cancels = more.flatMap((other) => cancelBranch(other, cause));
  const joining = call.state.joining.filter((other) => other !== one);
  if (left.length > 0) {
    const rings = { ...one, legs: left };
    return decided(withConference(call, { joining: [...joining, rings] }, ...gone), cancels);
  }
  return both(
    [...cancels, joinTimerOff(one), ...outcomeTold(call, one, cause === 'busy' ? 486 : 480)],
    withWordTo(pbx, one, {
      cause,
      next: goOn(pbx, call, { call: withConference(call, { joining }, ...gone), at, cause }),
    }),
  );
}

/** It rang long enough. */
export function joinTimeOver(pbx: PbxView, subject: string, at: EpochMs): Decision {
  const call = pbx.callOf(legIdFrom(subject));
  if (call === undefined || !isConferring(call)) return ignore; // answered or gone as it fired
  const one = call.state.joining.find(({ timer }) => timer === subject);
  if (one === undefined) return ignore;
  return notJoining(pbx, call, { one, cause: 'no-answer', at });
}

/** Nobody of this party is to come any more. */
export function notJoining(
  pbx: PbxView,
  call: Conferring,
  { one, cause, at }: { readonly one: Joining; readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  const phones = phonesOf(call, one);
  const joining = call.state.joining.filter((other) => other !== one);
  const without = withConference(call, { joining }, ...phones.map((leg) => endedLeg(leg, cause, at)));
  return both(
    [...phones.flatMap((leg) => cancelBranch(leg, cause)), joinTimerOff(one), ...outcomeTold(call, one, 480)],
    withWordTo(pbx, one, { cause, next: goOn(pbx, call, { call: without, at, cause }) }),
  );
}

/** Whoever asked for the party hears why it does not come; after the last effect, since joining again stops what plays. */
function withWordTo(
  pbx: PbxView,
  { as }: Joining,
  { cause, next }: { readonly cause: EndCause; readonly next: Decision },
): Decision {
  const by = as.kind === 'member' ? as.by : undefined;
  const change = next.changes.find((one) => one.set === 'call');
  const asker = by === undefined || change?.set !== 'call' ? undefined : change.call.legs.get(by);
  const say = wordFor[cause];
  if (asker?.state.in !== 'answered' || say === undefined || change?.set !== 'call') return next;
  return { ...next, effects: [...next.effects, saidIn(pbx, change.call, { leg: asker.id, say })] };
}

const wordFor: Readonly<Partial<Record<EndCause, string>>> = {
  busy: 'busy',
  rejected: 'busy',
  'no-answer': 'no-answer',
  unreachable: 'unreachable',
  'number-unknown': 'number-unknown',
  'not-allowed': 'not-allowed',
  'no-common-codec': 'unreachable',
  'trunk-failed': 'trunk-failed',
  overloaded: 'limit-reached',
};

export const joiningOf = (call: Conferring, leg: LegId): Joining | undefined =>
  call.state.joining.find(({ legs }) => legs.includes(leg));

export function phonesOf(call: Call, { legs }: Joining): readonly Leg[] {
  return legs.flatMap((id) => call.legs.get(id) ?? []).filter(isBeingCalled);
}

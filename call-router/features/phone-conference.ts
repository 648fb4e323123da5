/**
 * A conference mixed in the phone: two calls of one device off hold at once. Each is recorded and on its client's card as it
 * is; both records say with which call they were one conference. A phone that only swaps its calls may be off hold in both
 * for a moment: the mark is taken back when one is held again within `swapMs`.
 */
import type { Call, Leg } from '../state/call';
import type { Change, PbxView } from '../state/view';
import type { EpochMs } from '../values/ids';
import { alsoWith, isSameEnd } from './conference-merge';
import { isConferring } from './conference-mix';
import type { Decision } from './decision';

const swapMs = 2000;

interface Turned {
  readonly leg: Leg;
  readonly at: EpochMs;
}

/** Marks, or parts, the calls of the phone that has just held this one or taken it off hold. */
export function markMixed(pbx: PbxView, decision: Decision, { leg: before, at }: Turned): Decision {
  const [change, ...more] = decision.changes;
  const leg = change?.set === 'call' ? change.call.legs.get(before.id) : undefined;
  if (change?.set !== 'call' || leg === undefined || leg.state.in === before.state.in) return decision;
  const marked =
    leg.state.in === 'answered'
      ? mixedWith(pbx, change.call, { leg, at })
      : unmixedFrom(pbx, change.call, { leg: before, at });
  return { changes: [{ set: 'call', call: marked.call }, ...marked.others, ...more], effects: decision.effects };
}

/** The phone has taken this call off hold: with every other call it is not holding it is one conference. */
export function mixedWith(pbx: PbxView, call: Call, { leg }: Turned): { call: Call; others: readonly Change[] } {
  let mixed = call;
  const others: Change[] = [];
  for (const other of callsOfSamePhone(pbx, call, leg)) {
    if (legOfPhone(other, leg)?.state.in !== 'answered') continue;
    mixed = { ...mixed, conferenceWith: alsoWith(mixed, other) };
    others.push({ set: 'call', call: { ...other, conferenceWith: alsoWith(other, call) } });
  }
  return { call: mixed, others };
}

/** The phone holds this call again: what it took off hold just before was a swap, no conference. */
export function unmixedFrom(pbx: PbxView, call: Call, { leg, at }: Turned): { call: Call; others: readonly Change[] } {
  let parted = call;
  const others: Change[] = [];
  for (const other of callsOfSamePhone(pbx, call, leg)) {
    const theirs = legOfPhone(other, leg);
    if (theirs?.state.in !== 'answered' || !parted.conferenceWith?.includes(other.id)) continue;
    if (at - Math.max(theirs.state.since, sinceOf(leg)) >= swapMs) continue;
    parted = without(parted, other);
    others.push({ set: 'call', call: without(other, call) });
  }
  return { call: parted, others };
}

function callsOfSamePhone(pbx: PbxView, call: Call, { far }: Leg): readonly Call[] {
  if (far.user === undefined) return [];
  return pbx.callsOfUser(far.user).filter((other) => other.id !== call.id && isTalk(other));
}

const isTalk = (call: Call): boolean => call.state.in === 'talking' || isConferring(call);

const legOfPhone = (call: Call, { far }: Leg): Leg | undefined =>
  [...call.legs.values()].find((leg) => leg.state.in !== 'ended' && isSameEnd(leg.far, far));

const sinceOf = ({ state }: Leg): number => (state.in === 'answered' || state.in === 'held' ? state.since : 0);

function without(call: Call, { id }: Call): Call {
  const { conferenceWith = [], ...rest } = call;
  const left = conferenceWith.filter((other) => other !== id);
  return left.length === 0 ? rest : { ...rest, conferenceWith: left };
}

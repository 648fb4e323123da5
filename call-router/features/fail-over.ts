/**
 * The next trunk for a call to outside: tried when the one before failed for a reason of its own, never because the callee
 * was busy, did not answer or refused. A trunk that is down, full or called too fast is passed over at once.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg, WayLeft } from '../state/call';
import type { OwnNumber, Trunk } from '../state/directory';
import { isFull } from './channels';
import { numberById } from '../state/directory-index';
import type { PbxView } from '../state/view';
import { type EndCause, faultOf } from '../values/cause';
import type { UserId } from '../values/ids';
import { callerLegOf, isBeingCalled, withLegs } from './decision';
import { earlyRingback, hearsUs } from './early-media';
import type { Destination } from './dial-plan';
import type { WayOut } from './outgoing';
import { endOnTrunk } from './ends';
import { openBranch, trunkBranches } from './ring';
import { outsideRingMs, ringTimer } from './ring-timer';

type Outside = Extract<Destination, { readonly kind: 'outside' }>;

/** The leg on the first trunk that takes a call now, with the ways behind it; or why none does. */
export function branchOutside(pbx: PbxView, call: Call, to: Outside): readonly Leg[] | EndCause {
  const { trunk, shown, number, others = [] } = to;
  const ways = [{ trunk, ...(shown === undefined ? {} : { shown }) }, ...others].map((way) => wayLeft(way, number));
  return firstThatTakes(pbx, call, { ways, ...marksOf(to) });
}

type Marks = Pick<Leg, 'spender' | 'isEmergency' | 'mustAccept'>;
const marksOf = ({ spender, isEmergency, mustAccept }: Marks): Marks => ({
  ...(spender === undefined ? {} : { spender }),
  ...(isEmergency === undefined ? {} : { isEmergency }),
  ...(mustAccept === undefined ? {} : { mustAccept }),
});

export const wayLeft = ({ trunk, shown }: WayOut, number: string): WayLeft => ({
  trunk: trunk.id,
  number,
  ...(shown === undefined ? {} : { shown: shown.id }),
});

interface Tries extends Marks {
  readonly ways: readonly WayLeft[];
  /** Whose mobile it is. */
  readonly user?: UserId;
}

function firstThatTakes(pbx: PbxView, call: Call, tries: Tries): readonly Leg[] | EndCause {
  const { ways: _ways, user, ...marks } = tries;
  const chosen = wayTaken(pbx, call, tries);
  if (typeof chosen === 'string') return chosen;
  const { trunk, way, left } = chosen;
  return trunkBranches(pbx, call, { trunk, number: way.number }).map((leg) => ({
    ...leg,
    ...marks,
    ...(user === undefined ? {} : { far: { ...leg.far, user } }),
    ...(left.length === 0 ? {} : { waysLeft: left }),
    ...(way.shown === undefined ? {} : { shown: way.shown }),
  }));
}

interface WayTaken {
  readonly trunk: Trunk;
  readonly way: WayLeft;
  /** Behind it. */
  readonly left: readonly WayLeft[];
}

/** The first way that takes a call now; or why none does. */
export function wayTaken(pbx: PbxView, call: Call, tries: Pick<Tries, 'ways' | 'isEmergency'>): WayTaken | EndCause {
  const taken = firstOpen(pbx, tries.ways, (trunk) => isFull(pbx, call, trunk));
  // For help a trunk is called even when it is full by our count: it may take the call all the same.
  const isLeft = taken === 'overloaded' && tries.isEmergency === true;
  return isLeft ? firstOpen(pbx, tries.ways, () => false) : taken;
}

function firstOpen(
  pbx: PbxView,
  ways: readonly WayLeft[],
  isPassedOver: (trunk: Trunk) => boolean,
): WayTaken | EndCause {
  let why: EndCause = 'unreachable';
  for (const [index, way] of ways.entries()) {
    const trunk = pbx.directory.trunks.get(way.trunk);
    if (trunk === undefined) continue;
    if (isPassedOver(trunk)) {
      why = 'overloaded';
      continue;
    }
    // A trunk that does not register or answer OPTIONS is tried only when no other is left.
    const isLast = index === ways.length - 1;
    if (!isLast && pbx.trunkStates.get(trunk.id) === 'down') continue;
    if (endOnTrunk(pbx, trunk, way.number).length > 0) return { trunk, way, left: ways.slice(index + 1) };
  }
  return why;
}

/** For help everything but a busy line goes on: a trunk without an emergency service says that there is no such number. */
const goesOn = ({ isEmergency }: Leg, cause: EndCause): boolean =>
  isEmergency === true ? cause !== 'busy' : faultOf(cause) === 'trunk';

/** A branch failed: the call goes on by the next way, if the trunk is to blame and there is one. */
export function failOver(
  pbx: PbxView,
  call: Call,
  { leg, cause }: { readonly leg: Leg; readonly cause: EndCause },
): { readonly call: Call; readonly effects: readonly PbxEffect[] } | undefined {
  if (leg.waysLeft === undefined || !goesOn(leg, cause)) return undefined;
  const { user } = leg.far;
  const started = firstThatTakes(pbx, call, {
    ways: leg.waysLeft,
    ...marksOf(leg),
    ...(user === undefined ? {} : { user }),
  });
  if (typeof started === 'string') return undefined;
  const first = started[0];
  const next: Call = {
    ...withLegs(call, ...started),
    ...(leg.mustAccept === true ? {} : goesOutBy(pbx, call, first)),
    nextLeg: call.nextLeg + started.length,
  };
  const caller = callerLegOf(call);
  const heard = caller !== undefined && call.early !== undefined && hearsUs(call, caller);
  return {
    call: next,
    effects: [
      ...(heard ? [earlyRingback(pbx, caller.id)] : []),
      ...started.map((branch) => openBranch(pbx, branch, call.callerLeg)),
      // The next trunk has its own time to ring; where phones of ours ring beside it, theirs goes on.
      ...(started.length === ringingOf(next).length && next.state.in !== 'conferring' && leg.mustAccept !== true
        ? [ringTimer(pbx, next, outsideRingMs(pbx, next, started))]
        : []),
    ],
  };
}

const ringingOf = (call: Call): readonly Leg[] => [...call.legs.values()].filter(isBeingCalled);

/** Of a call to outside; one that rings somebody's mobile along is what it was. */
const goesOutBy = (pbx: PbxView, call: Call, first: Leg | undefined): Partial<Call> => ({
  ...(first?.far.kind === 'trunk' ? { trunk: first.far.trunk } : {}),
  ...showing(call, numberById(pbx.directory, first?.shown)),
});

/** Another trunk may have to show another number; whose call is passed on keeps showing its caller. */
function showing(call: Call, shown: OwnNumber | undefined): Partial<Call> {
  if (call.direction !== 'outbound' || shown?.match.kind !== 'exact') return {};
  const { number } = shown.match;
  return { ourNumber: shown.id, shows: { ...call.shows, number } };
}

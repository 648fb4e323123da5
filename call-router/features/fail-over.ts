/**
 * The next trunk for a call to outside: tried when the one before failed for a reason of its own, never because the callee
 * was busy, did not answer or refused. A trunk that is down, full or called too fast is passed over at once.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg, WayLeft } from '../state/call';
import type { OwnNumber, Trunk } from '../state/directory';
import { hasChannel } from './channels';
import { numberById } from '../state/directory-index';
import type { PbxView } from '../state/view';
import { type EndCause, faultOf } from '../values/cause';
import { type EpochMs, epochMs } from '../values/ids';
import { callerLegOf, isBeingCalled, withLegs } from './decision';
import { earlyRingback, hearsUs } from './early-media';
import type { Destination } from './dial-plan';
import type { WayOut } from './outgoing';
import { openBranch, trunkBranches } from './ring';
import { outsideRingMs, ringTimer } from './ring-timer';

type Outside = Extract<Destination, { readonly kind: 'outside' }>;

/** The leg on the first trunk that takes a call now, with the ways behind it; or why none does. */
export function branchOutside(pbx: PbxView, call: Call, to: Outside): readonly Leg[] | EndCause {
  const { trunk, shown, number, others = [] } = to;
  const ways = [{ trunk, ...(shown === undefined ? {} : { shown }) }, ...others].map((way) => wayLeft(way, number));
  return firstThatTakes(pbx, call, { ways, at: to.at, ...marksOf(to) });
}

type Marks = Pick<Leg, 'spender' | 'isEmergency'>;
const marksOf = ({ spender, isEmergency }: Marks): Marks => ({
  ...(spender === undefined ? {} : { spender }),
  ...(isEmergency === undefined ? {} : { isEmergency }),
});

const wayLeft = ({ trunk, shown }: WayOut, number: string): WayLeft => ({
  trunk: trunk.id,
  number,
  ...(shown === undefined ? {} : { shown: shown.id }),
});

interface Tries extends Marks {
  readonly at: EpochMs;
  readonly ways: readonly WayLeft[];
}

function firstThatTakes(pbx: PbxView, call: Call, tries: Tries): readonly Leg[] | EndCause {
  const legs = firstOf(pbx, call, { ...tries, isFull: (trunk) => isFull(pbx, call, { trunk, at: tries.at }) });
  // For help a trunk is called even when it is full by our count: it may take the call all the same.
  const isLeft = legs === 'overloaded' && tries.isEmergency === true;
  return isLeft ? firstOf(pbx, call, { ...tries, isFull: () => false }) : legs;
}

function firstOf(
  pbx: PbxView,
  call: Call,
  { ways, at, isFull: isPassedOver, ...more }: Tries & { readonly isFull: (trunk: Trunk) => boolean },
): readonly Leg[] | EndCause {
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
    const legs = trunkBranches(pbx, call, { trunk, number: way.number });
    const left = ways.slice(index + 1);
    const marks = { ...more, ...(left.length === 0 ? {} : { waysLeft: left }), startedAt: at };
    if (legs.length > 0)
      return legs.map((leg) => ({ ...leg, ...marks, ...(way.shown === undefined ? {} : { shown: way.shown }) }));
  }
  return why;
}

const secondMs = 1000;

/** No channel, or called too fast. */
function isFull(pbx: PbxView, call: Call, { trunk, at }: { readonly trunk: Trunk; readonly at: EpochMs }): boolean {
  const { id, callsPerSecondMax } = trunk;
  if (!hasChannel(pbx, call, trunk)) return true;
  return callsPerSecondMax !== undefined && pbx.startsOnTrunk(id, epochMs(at - secondMs)) >= callsPerSecondMax;
}

/** For help everything but a busy line goes on: a trunk without an emergency service says that there is no such number. */
const goesOn = ({ isEmergency }: Leg, cause: EndCause): boolean =>
  isEmergency === true ? cause !== 'busy' : faultOf(cause) === 'trunk';

/** A branch failed: the call goes on by the next way, if the trunk is to blame and there is one. */
export function failOver(
  pbx: PbxView,
  call: Call,
  { leg, cause, at }: { readonly leg: Leg; readonly cause: EndCause; readonly at: EpochMs },
): { readonly call: Call; readonly effects: readonly PbxEffect[] } | undefined {
  if (leg.waysLeft === undefined || !goesOn(leg, cause)) return undefined;
  const started = firstThatTakes(pbx, call, { ways: leg.waysLeft, at, ...marksOf(leg) });
  if (typeof started === 'string') return undefined;
  const first = started[0];
  const shown = numberById(pbx.directory, first?.shown);
  const trunk = first?.far.kind === 'trunk' ? { trunk: first.far.trunk } : {};
  const next: Call = {
    ...withLegs(call, ...started),
    ...trunk,
    ...showing(call, shown),
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
      ...(started.length === ringingOf(next).length && next.state.in !== 'conferring'
        ? [ringTimer(pbx, next, outsideRingMs(pbx, next, started))]
        : []),
    ],
  };
}

const ringingOf = (call: Call): readonly Leg[] => [...call.legs.values()].filter(isBeingCalled);

/** Another trunk may have to show another number; whose call is passed on keeps showing its caller. */
function showing(call: Call, shown: OwnNumber | undefined): Partial<Call> {
  if (call.direction !== 'outbound' || shown?.match.kind !== 'exact') return {};
  const { number } = shown.match;
  return { ourNumber: shown.id, shows: { ...call.shows, number } };
}

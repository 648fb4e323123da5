/**
 * The next trunk for a call to outside: tried when the one before failed for a reason of its own, never because the callee
 * was busy, did not answer or refused. A trunk that is down, full or called too fast is passed over at once.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg, WayLeft } from '../state/call';
import type { OwnNumber, Trunk } from '../state/directory';
import type { PbxView } from '../state/view';
import { type EndCause, faultOf } from '../values/cause';
import { type EpochMs, epochMs } from '../values/ids';
import { callerLegOf, withLegs } from './decision';
import { earlyRingback, hearsUs } from './early-media';
import type { Destination } from './dial-plan';
import type { WayOut } from './outgoing';
import { openBranch, trunkBranches } from './ring';

type Outside = Extract<Destination, { readonly kind: 'outside' }>;

/** The leg on the first trunk that takes a call now, with the ways behind it; or why none does. */
export function branchOutside(pbx: PbxView, call: Call, to: Outside): readonly Leg[] | EndCause {
  const { trunk, shown, number, others = [], spender, at } = to;
  const ways = [{ trunk, ...(shown === undefined ? {} : { shown }) }, ...others].map((way) => wayLeft(way, number));
  return firstThatTakes(pbx, call, { ways, at, ...(spender === undefined ? {} : { spender }) });
}

const wayLeft = ({ trunk, shown }: WayOut, number: string): WayLeft => ({
  trunk: trunk.id,
  number,
  ...(shown === undefined ? {} : { shown: shown.id }),
});

interface Tries {
  readonly at: EpochMs;
  readonly ways: readonly WayLeft[];
  readonly spender?: string;
}

function firstThatTakes(pbx: PbxView, call: Call, { ways, spender, at }: Tries): readonly Leg[] | EndCause {
  let why: EndCause = 'unreachable';
  for (const [index, way] of ways.entries()) {
    const trunk = pbx.directory.trunks.get(way.trunk);
    if (trunk === undefined) continue;
    if (isFull(pbx, trunk, at)) {
      why = 'overloaded';
      continue;
    }
    // A trunk that does not register or answer OPTIONS is tried only when no other is left.
    const isLast = index === ways.length - 1;
    if (!isLast && pbx.trunkStates.get(trunk.id) === 'down') continue;
    const legs = trunkBranches(pbx, call, { trunk, number: way.number });
    const left = ways.slice(index + 1);
    const more = { ...(left.length === 0 ? {} : { waysLeft: left }), ...(spender === undefined ? {} : { spender }) };
    if (legs.length > 0)
      return legs.map((leg) => ({ ...leg, ...more, ...(way.shown === undefined ? {} : { shown: way.shown }) }));
  }
  return why;
}

const secondMs = 1000;

type Channels = Pick<Trunk, 'id'> & { readonly channelsMax?: number | undefined };

export const hasChannel = (pbx: PbxView, { id, channelsMax }: Channels): boolean =>
  channelsMax === undefined || pbx.callsOnTrunk(id) < channelsMax;

/** No channel, or called too fast. */
function isFull(pbx: PbxView, { id, channelsMax, callsPerSecondMax }: Trunk, at: EpochMs): boolean {
  if (!hasChannel(pbx, { id, channelsMax })) return true;
  return callsPerSecondMax !== undefined && pbx.startsOnTrunk(id, epochMs(at - secondMs)) >= callsPerSecondMax;
}

/** A branch failed: the call goes on by the next way, if the trunk is to blame and there is one. */
export function failOver(
  pbx: PbxView,
  call: Call,
  { leg, cause, at }: { readonly leg: Leg; readonly cause: EndCause; readonly at: EpochMs },
): { readonly call: Call; readonly effects: readonly PbxEffect[] } | undefined {
  if (leg.waysLeft === undefined || faultOf(cause) !== 'trunk') return undefined;
  const { spender } = leg;
  const branches = firstThatTakes(pbx, call, { ways: leg.waysLeft, at, ...(spender === undefined ? {} : { spender }) });
  if (typeof branches === 'string') return undefined;
  const started = branches.map((branch) => ({ ...branch, startedAt: at }));
  const first = started[0];
  const shown = pbx.directory.numbers.find((number) => number.id === first?.shown);
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
    ],
  };
}

/** Another trunk may have to show another number; whose call is passed on keeps showing its caller. */
function showing(call: Call, shown: OwnNumber | undefined): Partial<Call> {
  if (call.direction !== 'outbound' || shown?.match.kind !== 'exact') return {};
  const { number } = shown.match;
  return { ourNumber: shown.id, shows: { ...call.shows, number } };
}

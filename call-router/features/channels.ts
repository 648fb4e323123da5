/**
 * Channels of trunks: each live leg holds one. Those of the call that is being decided are counted as it stands now, not as
 * the view knows it: its own leg may be new, or just over.
 */
import type { Call } from '../state/call';
import type { Trunk } from '../state/directory';
import type { PbxView } from '../state/view';
import { epochMs, type TrunkId } from '../values/ids';
import { isEnded } from './decision';
import type { End } from './ends';

const secondMs = 1000;

/** No channel is free, or it is called too fast. */
export function isFull(pbx: PbxView, call: Call, trunk: Trunk): boolean {
  const { id, callsPerSecondMax } = trunk;
  if (!hasChannel(pbx, call, trunk)) return true;
  return callsPerSecondMax !== undefined && pbx.startsOnTrunk(id, epochMs(pbx.at - secondMs)) >= callsPerSecondMax;
}

function hasChannel(pbx: PbxView, call: Call, { id, channelsMax }: Trunk): boolean {
  return channelsMax === undefined || channelsTaken(pbx, call, id) < channelsMax;
}

const channelsTaken = (pbx: PbxView, call: Call, trunk: TrunkId): number =>
  pbx.callsOnTrunk(trunk) - legsOn(pbx.calls.get(call.id), trunk) + legsOn(call, trunk);

function legsOn(call: Call | undefined, trunk: TrunkId): number {
  if (call === undefined || call.state.in === 'ended') return 0;
  return [...call.legs.values()].filter((leg) => leg.far.kind === 'trunk' && leg.far.trunk === trunk && !isEnded(leg))
    .length;
}

/** Of these the ones for which their trunks have room together; phones of the office need none. */
export function withinChannels(pbx: PbxView, call: Call, ends: readonly End[]): readonly End[] {
  const added = new Map<TrunkId, number>();
  return ends.filter(({ far }) => {
    const trunk = far.kind === 'trunk' ? pbx.directory.trunks.get(far.trunk) : undefined;
    if (trunk?.channelsMax === undefined) return true;
    const before = added.get(trunk.id) ?? 0;
    if (channelsTaken(pbx, call, trunk.id) + before >= trunk.channelsMax) return false;
    added.set(trunk.id, before + 1);
    return true;
  });
}

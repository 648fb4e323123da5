/** What the mixer was told, and whether it is what the router's state says: nobody left over in a room, nobody forgotten. */
import type { PbxEffect } from '../../call-router/effect';
import { isHeldByCommand } from '../../call-router/features/hold-by-command';
import type { Call } from '../../call-router/state/call';
import type { PbxView } from '../../call-router/state/view';
import type { CallId, LegId } from '../../call-router/values/ids';

export class FakeRooms {
  private readonly rooms = new Map<CallId, Set<LegId>>();

  run(effect: PbxEffect): void {
    if (effect.to !== 'media') return;
    if (effect.do === 'enter-room') {
      this.leaveAll(effect.leg);
      this.rooms.set(effect.room, (this.rooms.get(effect.room) ?? new Set()).add(effect.leg));
    } else if (effect.do === 'leave-room') {
      if (this.rooms.get(effect.room)?.delete(effect.leg) !== true)
        throw new Error(`${effect.leg} left a room it was not in`);
    } else if (effect.do === 'close-leg') {
      this.leaveAll(effect.leg);
    } else if (effect.do === 'join') {
      for (const leg of [effect.a, effect.b]) if (this.isIn(leg)) throw new Error(`${leg} is joined out of a room`);
    }
  }

  /** Throws where a room differs from the conference of the same name. */
  check(pbx: PbxView): void {
    for (const [room, legs] of this.rooms) {
      const wanted = inRoomOf(pbx.calls.get(room));
      if ([...legs].sort().join() !== wanted.join()) throw new Error(`room ${room} has ${[...legs]}, not ${wanted}`);
    }
    for (const call of pbx.calls.values())
      if (!this.rooms.has(call.id) && inRoomOf(call).length > 0) throw new Error(`no room for ${call.id}`);
  }

  private isIn(leg: LegId): boolean {
    return [...this.rooms.values()].some((legs) => legs.has(leg));
  }

  private leaveAll(leg: LegId): void {
    for (const legs of this.rooms.values()) legs.delete(leg);
  }
}

function inRoomOf(call: Call | undefined): readonly LegId[] {
  if (call?.state.in !== 'conferring') return [];
  const members = call.state.members.flatMap((id) => call.legs.get(id) ?? []).filter((leg) => !isHeldByCommand(leg));
  return [...members.map(({ id }) => id), ...call.state.supervisors.map(({ leg }) => leg)].sort();
}

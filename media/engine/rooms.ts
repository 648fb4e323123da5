/** The rooms of one worker and their beat of 20 ms. A room is there from the first leg that enters to the last that leaves. */
import type { Cancel, EngineClock } from './clock';
import type { Leg } from './leg';
import type { SeatRole } from './messages';
import { Room, Seat } from './room';

const beatMs = 20;
/** More than any conference; each costs a send every 20 ms. */
export const seatsMax = 64;

export class Rooms {
  private readonly rooms = new Map<string, Room>();
  private readonly clock: EngineClock;
  private readonly failed: (leg: Leg, error: unknown) => void;
  private cancel: Cancel | undefined;

  /** @param failed is told of a leg that cannot be sent to: the others hear on */
  constructor(clock: EngineClock, failed: (leg: Leg, error: unknown) => void) {
    this.clock = clock;
    this.failed = failed;
  }

  /** Again, with another role: it stays in its seat. False: the room is full, and the leg is where it was. */
  enter(id: string, leg: Leg, role: SeatRole): boolean {
    const there = this.rooms.get(id)?.seats.get(leg);
    if (there !== undefined) {
      there.role = role;
      return true;
    }
    if ((this.rooms.get(id)?.seats.size ?? 0) >= seatsMax) return false;
    this.leave(leg);
    const room = this.rooms.get(id) ?? this.open(id);
    leg.seat = new Seat(leg, role);
    leg.room = id;
    room.seats.set(leg, leg.seat);
    leg.out.changeSource();
    return true;
  }

  /** From whichever room it is in. */
  leave(leg: Leg): void {
    if (leg.seat === undefined) return;
    leg.seat = undefined;
    leg.out.changeSource();
    const room = this.rooms.get(leg.room);
    room?.seats.delete(leg);
    if (room?.seats.size === 0) this.rooms.delete(leg.room);
    leg.room = '';
    if (this.rooms.size > 0) return;
    this.cancel?.();
    this.cancel = undefined;
  }

  get size(): number {
    return this.rooms.size;
  }

  private open(id: string): Room {
    const room = new Room();
    this.rooms.set(id, room);
    this.cancel ??= this.clock.every(beatMs, () => this.beat());
    return room;
  }

  private beat(): void {
    const now = this.clock.nowMs();
    for (const room of this.rooms.values()) room.beat(now, this.failed);
  }
}

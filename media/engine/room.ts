/**
 * A room: legs that hear each other, each all others but itself. At each beat of 20 ms one frame is taken from everybody
 * who speaks, added up once, and sent to each; who does not speak now hears the same as all such, made once.
 */
import type { Leg } from './leg';
import { kind } from './kinds';
import { JitterBuffer } from './jitter-buffer';
import type { SeatRole } from './messages';
import { Mix } from './mix';
import { packetSamples } from './out-stream';
import { sendLinear, SharedFrame } from './send-audio';

/** A leg in a room. */
export class Seat {
  readonly leg: Leg;
  role: SeatRole;
  readonly buffer = new JitterBuffer();
  /** The 20 ms of this beat; only to be read where `isHeard`. */
  readonly frame = new Int16Array(packetSamples);
  isHeard = false;

  constructor(leg: Leg, role: SeatRole) {
    this.leg = leg;
    this.role = role;
  }
}

/** Side of a recording that has the room. */
const ours = 1;
/** The room's voice in a recording: no SSRC is negative. */
const roomSource = -2;

export class Room {
  readonly seats = new Map<Leg, Seat>();
  private readonly mix = new Mix();
  private readonly everybody = new SharedFrame();
  private readonly own = new SharedFrame();
  private readonly place = { kind: kind.pcma, start: 0, end: packetSamples, timestamp: 0, ssrc: roomSource };
  private whispers: Seat[] = [];

  /** Takes a frame from each seat and sends each what it hears. @param failed of a leg that cannot be sent to */
  beat(nowMs: number, failed: (leg: Leg, error: unknown) => void): void {
    this.listen();
    this.place.timestamp = (this.place.timestamp + packetSamples) >>> 0;
    this.mix.write(this.everybody.begin(), undefined, []);
    for (const seat of this.seats.values()) {
      try {
        this.speakTo(seat, nowMs);
      } catch (error) {
        failed(seat.leg, error);
      }
    }
  }

  private listen(): void {
    const { mix } = this;
    mix.begin();
    this.whispers = [];
    for (const seat of this.seats.values()) {
      seat.isHeard = seat.buffer.read(seat.frame);
      if (!seat.isHeard) continue;
      if (seat.role.kind === 'speaks') mix.add(seat.frame);
      else if (seat.role.kind === 'whispers') this.whispers.push(seat);
    }
    mix.weigh();
  }

  private speakTo(seat: Seat, nowMs: number): void {
    const { leg } = seat;
    const isListening = leg.out.port !== 0 && leg.player === undefined && !leg.digitsOut.isBusy;
    if (!isListening && leg.mixTap === undefined) return;
    const heard = this.heardBy(seat);
    if (isListening) sendLinear(leg, heard);
    if (leg.mixTap === undefined) return;
    leg.mixTap.write(ours, heard.asALaw(), this.place, nowMs);
  }

  private heardBy(seat: Seat): SharedFrame {
    const own = seat.isHeard && seat.role.kind === 'speaks' ? seat.frame : undefined;
    const whispered = this.whispers.filter(({ role }) => role.kind === 'whispers' && role.to === seat.leg.id);
    if (own === undefined && whispered.length === 0) return this.everybody;
    this.mix.write(
      this.own.begin(),
      own,
      whispered.map(({ frame }) => frame),
    );
    return this.own;
  }
}

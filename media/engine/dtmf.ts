/**
 * Reads digits from telephone-event packets (RFC 4733). Each press is told once, whatever was lost or repeated: at its
 * first end packet, or when a newer press begins, or when its packets stop coming. Events above 15 are no digits.
 */
import { readU16, readU32 } from './out-stream';

const digits = '0123456789*#ABCD';
/** Sent each 20 to 50 ms; without any for so long the press is over though its end was lost. */
const eventTimeoutMs = 200;
/** Duration field of a segment that is full; the press goes on in another (RFC 4733 section 2.5.1.3). */
const segmentSlackSamples = 2000;

export interface Press {
  readonly event: number;
  /** 0 (loud) to 63, in -dBm0. */
  readonly volume: number;
  /** Told with its beginning: by SIP INFO, which knows the whole press. */
  readonly durationMs?: number;
}

/** What a packet told, or a look at the clock. */
export type Heard =
  | { readonly type: 'began'; readonly press: Press }
  | { readonly type: 'ended'; readonly press: Press; readonly durationMs: number };

interface Running extends Press {
  readonly ticksPerMs: number;
  timestamp: number;
  /** Of full segments before this one. */
  earlierSamples: number;
  samples: number;
  lastAtMs: number;
}

export class DigitReceiver {
  private running: Running | undefined;
  /** Start of the last press told of; -1: none. Older and equal starts are repetitions. */
  private doneTimestamp = -1;

  /** Payload of a telephone-event packet from `start`, counted at 8 or 48 kHz. Most packets tell nothing new. */
  receive(packet: Uint8Array, start: number, nowMs: number, ticksPerMs = 8): readonly Heard[] {
    const event = packet[start] ?? 255;
    if (event > 15 || packet.length < start + 4) return none;
    const timestamp = readU32(packet, 4);
    if (this.doneTimestamp >= 0 && ((timestamp - this.doneTimestamp) | 0) <= 0) return none;
    const flags = packet[start + 1] ?? 0;
    const samples = readU16(packet, start + 2);
    const told: Heard[] = [];
    if (this.running !== undefined && this.running.timestamp !== timestamp) {
      if (((timestamp - this.running.timestamp) | 0) < 0) return none;
      if (!this.isNextSegment(this.running, event, timestamp)) told.push(this.end(this.running));
    }
    const running = this.running ?? this.begin({ event, volume: flags & 0x3f, ticksPerMs }, timestamp, told);
    running.samples = Math.max(running.samples, samples);
    running.lastAtMs = nowMs;
    if (flags & 0x80) told.push(this.end(running));
    return told;
  }

  /** Ends a press whose packets stopped coming. */
  look(nowMs: number): readonly Heard[] {
    if (this.running === undefined || nowMs - this.running.lastAtMs < eventTimeoutMs) return none;
    return [this.end(this.running)];
  }

  /** The far end is another source: its time stamps say nothing about those before, and its key is up. */
  reset(): readonly Heard[] {
    const told = this.running === undefined ? none : [this.end(this.running)];
    this.doneTimestamp = -1;
    return told;
  }

  private begin(press: Press & Pick<Running, 'ticksPerMs'>, timestamp: number, told: Heard[]): Running {
    this.running = { ...press, timestamp, earlierSamples: 0, samples: 0, lastAtMs: 0 };
    told.push({ type: 'began', press: { event: press.event, volume: press.volume } });
    return this.running;
  }

  private isNextSegment(running: Running, event: number, timestamp: number): boolean {
    const passed = (timestamp - running.timestamp) >>> 0;
    const isFull = running.samples > 0xffff - segmentSlackSamples;
    if (event !== running.event || !isFull || Math.abs(passed - running.samples) > segmentSlackSamples) return false;
    running.earlierSamples += passed;
    running.timestamp = timestamp;
    running.samples = 0;
    return true;
  }

  private end(running: Running): Heard {
    this.running = undefined;
    this.doneTimestamp = running.timestamp;
    const durationMs = Math.round((running.earlierSamples + running.samples) / running.ticksPerMs);
    return { type: 'ended', press: { event: running.event, volume: running.volume }, durationMs };
  }
}

const none: readonly Heard[] = [];

/** The key of an event code 0..15. */
export function digitOf(event: number): string {
  return digits.charAt(event);
}

/** The event code of a key; undefined for a character that is none. */
export function eventOf(digit: string): number | undefined {
  const event = digit.length === 1 ? digits.indexOf(digit) : -1;
  return event < 0 ? undefined : event;
}

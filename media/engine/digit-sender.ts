/**
 * Makes digits anew as telephone-event packets (RFC 4733 section 2.5.1): the first marked, the duration growing with
 * each 20 ms, the end sent three times. A press follows the one it copies and ends when that ends, or is ours from the
 * start; presses queue up.
 */
import { type Press, eventOf } from './dtmf';
import type { OutStream } from './out-stream';

/** Shorter presses are not recognised everywhere (ITU-T Q.24 asks for 40 ms). */
const pressMinMs = 60;
/** One segment holds 16 bits of duration: 8 s, or 1.4 s at 48 kHz; no code needs longer. */
const durationMax = 0xffff;
const beatMs = 20;
const endPackets = 3;
/**
 * Between two presses of the queue, behind the last packet of the first. Two of its three ends come when it is over
 * already, so the pause is 60 ms: 50, which every receiver takes for a pause (ITU-T Q.24), on our beat of 20.
 */
const pauseBeats = 1;
const queueMax = 64;
/** How long and how loud (-dBm0) a press of ours is. */
const ownPressMs = 100;
const ownVolume = 10;

interface Sending extends Press {
  /** Undefined while the key is still down. */
  totalSamples: number | undefined;
}

export class DigitSender {
  /** Undefined: the far end takes no events; presses are dropped. */
  payloadType: number | undefined;
  /** Of the payload type's clock. */
  ticksPerMs = 8;
  private readonly queue: Sending[] = [];
  private timestamp = 0;
  private sentSamples = 0;
  private endsSent = 0;
  private pauseLeft = 0;
  private readonly payload = new Uint8Array(4);

  /** True from the first packet of a digit to the last: audio is kept back so that none is heard twice. */
  get isBusy(): boolean {
    return this.queue.length > 0;
  }

  /** A key went down. */
  press(press: Press): void {
    if (this.payloadType === undefined || this.queue.length >= queueMax) return;
    this.queue.push({ ...press, totalSamples: undefined });
  }

  /** The key that went down last is up again. */
  release(durationMs: number): void {
    const down = this.queue.findLast((press) => press.totalSamples === undefined);
    if (down === undefined) return;
    // What the far end was told cannot be taken back.
    const sentSamples = down === this.queue[0] ? this.sentSamples : 0;
    const samples = Math.max(Math.round(durationMs * this.ticksPerMs), sentSamples, pressMinMs * this.ticksPerMs);
    down.totalSamples = Math.min(samples, this.longest());
  }

  /** Queues presses of ours; characters that are no digits are left out. */
  type(digits: string): void {
    for (const digit of digits) {
      const event = eventOf(digit);
      if (event === undefined || this.payloadType === undefined || this.queue.length >= queueMax) continue;
      this.queue.push({ event, volume: ownVolume, totalSamples: ownPressMs * this.ticksPerMs });
    }
  }

  /** 20 ms passed: sends the next packet, if there is one. Returns true while there is more to do. */
  beat(out: OutStream): boolean {
    const first = this.queue[0];
    if (first === undefined || this.payloadType === undefined) {
      this.queue.length = 0;
      return false;
    }
    if (this.pauseLeft > 0) {
      this.pauseLeft--;
      return true;
    }
    this.sendPacket(first, this.payloadType, out);
    if (this.endsSent === endPackets) this.finish();
    return this.queue.length > 0;
  }

  private sendPacket(press: Sending, payloadType: number, out: OutStream): void {
    const isFirst = this.sentSamples === 0;
    if (isFirst) this.timestamp = out.timestampNow();
    const total = press.totalSamples ?? this.longest();
    this.sentSamples = Math.min(this.sentSamples + beatMs * this.ticksPerMs, total);
    const isEnd = this.sentSamples >= total;
    if (isEnd) this.endsSent++;
    this.payload[0] = press.event;
    this.payload[1] = press.volume | (isEnd ? 0x80 : 0);
    this.payload[2] = this.sentSamples >>> 8;
    this.payload[3] = this.sentSamples;
    out.sendEvent(this.payload, payloadType | (isFirst ? 0x80 : 0), this.timestamp);
  }

  private longest(): number {
    return durationMax - beatMs * this.ticksPerMs;
  }

  private finish(): void {
    this.queue.shift();
    this.sentSamples = 0;
    this.endsSent = 0;
    this.pauseLeft = this.queue.length > 0 ? pauseBeats : 0;
  }
}

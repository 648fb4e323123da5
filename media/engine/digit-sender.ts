/**
 * Makes digits anew as telephone-event packets (RFC 4733 section 2.5.1): the first marked, the duration growing with
 * each 20 ms, the end sent three times. A press follows the one it copies and ends when that ends; presses queue up.
 */
import { type OutStream, packetSamples } from './out-stream';
import type { Press } from './dtmf';

/** Shorter presses are not recognised everywhere (ITU-T Q.24 asks for 40 ms). */
const pressMinSamples = 480;
/** One segment holds 16 bits of duration; no human presses longer. */
const pressMaxSamples = 0xffff - packetSamples;
const pauseBeats = 3;
const endPackets = 3;
const queueMax = 32;
const samplesPerMs = 8;

interface Sending extends Press {
  /** Undefined while the key is still down. */
  totalSamples: number | undefined;
}

export class DigitSender {
  /** Undefined: the far end takes no events; presses are dropped. */
  payloadType: number | undefined;
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
    const last = this.queue.at(-1);
    if (last === undefined || last.totalSamples !== undefined) return;
    last.totalSamples = Math.min(Math.max(durationMs * samplesPerMs, pressMinSamples), pressMaxSamples);
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
    const total = press.totalSamples ?? pressMaxSamples;
    this.sentSamples = Math.min(this.sentSamples + packetSamples, total);
    const isEnd = this.sentSamples >= total;
    if (isEnd) this.endsSent++;
    this.payload[0] = press.event;
    this.payload[1] = press.volume | (isEnd ? 0x80 : 0);
    this.payload[2] = this.sentSamples >>> 8;
    this.payload[3] = this.sentSamples;
    out.sendEvent(this.payload, payloadType | (isFirst ? 0x80 : 0), this.timestamp);
  }

  private finish(): void {
    this.queue.shift();
    this.sentSamples = 0;
    this.endsSent = 0;
    this.pauseLeft = this.queue.length > 0 ? pauseBeats : 0;
  }
}

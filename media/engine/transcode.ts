/**
 * From one codec to another, where two joined legs share none: linear samples go in as they arrive, 20 ms packets come
 * out. A lost packet stays lost, so the far end conceals it as it would have; a late one is left out, because decoder and
 * encoder have gone on.
 */
import { aLawOfLinear, muLawOfLinear } from './codec/g711';
import { Doubler } from './codec/half-band';
import type { Leg } from './leg';
import { kind, ticksPerMsOf } from './kinds';
import { headerBytes, packetSamples, writeU32 } from './out-stream';

const packetMs = 20;
/** A longer gap is a pause, not loss: the sequence goes on without a hole. */
const lossMaxMs = 400;

/** What one packet of a far end came to. */
export interface Said {
  readonly samples: Int16Array;
  readonly length: number;
  readonly isWide: boolean;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly ticksPerMs: number;
}

/** Towards one leg. */
export class Transcoder {
  private readonly doubler = new Doubler();
  private readonly doubled = new Int16Array(2 * 2048);
  private readonly frame = new Int16Array(2 * packetSamples);
  private filled = 0;
  private ssrc = -1;
  /** Source's time of the next sample. */
  private expected = 0;
  private sequence = 0;
  private timestamp = 0;

  /** Writes what was said to the far end of `to`, as far as it fills packets. */
  write(to: Leg, said: Said): void {
    if (!this.follow(to, said)) return;
    const isWide = to.outKind > kind.pcma;
    const frameLength = isWide ? 2 * packetSamples : packetSamples;
    const { samples, length } = isWide && !said.isWide ? this.double(said) : said;
    for (let at = 0; at < length; ) {
      const count = Math.min(length - at, frameLength - this.filled);
      this.frame.set(samples.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
      if (this.filled < frameLength) return;
      this.filled = 0;
      this.send(to, said.ssrc);
    }
  }

  /** Something else is heard: what was begun is not sent later. */
  rest(): void {
    this.filled = 0;
  }

  /** False for a packet that came behind a later one. */
  private follow(to: Leg, { timestamp, ssrc, length, isWide, ticksPerMs }: Said): boolean {
    const lengthTicks = Math.round((length / (isWide ? 16 : 8)) * ticksPerMs);
    const gapMs = ((timestamp - this.expected) | 0) / ticksPerMs;
    if (ssrc !== this.ssrc) {
      this.ssrc = ssrc;
      this.filled = 0;
    } else if (gapMs < 0 && gapMs > -lossMaxMs) {
      return false;
    } else if (gapMs !== 0) {
      this.filled = 0;
      const isLoss = gapMs > 0 && gapMs <= lossMaxMs;
      this.sequence += isLoss ? Math.max(1, Math.round(gapMs / packetMs)) : 0;
      this.timestamp += Math.round(Math.max(0, gapMs) * ticksPerMsOf(to.outKind));
    }
    this.expected = (timestamp + lengthTicks) >>> 0;
    return true;
  }

  private double({ samples, length }: Said): { readonly samples: Int16Array; readonly length: number } {
    this.doubler.double(samples, length, this.doubled);
    return { samples: this.doubled, length: length * 2 };
  }

  private send(to: Leg, ssrc: number): void {
    const payload = encoded(to, this.frame);
    const packet = Buffer.allocUnsafe(headerBytes + payload.length);
    packet[1] = 0;
    packet.writeUInt16BE(this.sequence & 0xffff, 2);
    writeU32(packet, 4, this.timestamp);
    packet.set(payload, headerBytes);
    to.out.relay(packet, headerBytes, packet.length, ssrc);
    this.sequence++;
    this.timestamp += packetMs * ticksPerMsOf(to.outKind);
  }
}

const law = new Uint8Array(packetSamples);

function encoded(to: Leg, frame: Int16Array): Uint8Array {
  if (to.outKind > kind.pcma) return to.wideVoice().encodeWide(frame);
  const code = to.outKind === kind.pcmu ? muLawOfLinear : aLawOfLinear;
  for (let i = 0; i < packetSamples; i++) law[i] = code(frame[i] ?? 0);
  return law;
}

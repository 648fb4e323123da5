/**
 * Carries the audio of a call to the recorder: stereo A-law, left what the customer says, right what we say, in blocks
 * of 500 ms on one timeline that begins with the first `record` and never jumps, whichever legs speak.
 * A packet lies where its RTP time stamp says; the anchor between RTP time and ours is moved when it is more than 40 ms
 * off. Loss and silence stay silence. The recorder may be slow: what it cannot take is dropped and said so.
 */
import { aLawOfMuLaw, aLawSilence } from './codec/g711';
import { kind } from './kinds';
import type { ToRecorder } from './messages';

export const blockSamples = 4000;
const samplesPerMs = 8;
const offMaxSamples = 40 * samplesPerMs;
/** A packet may come so much later than its place and still be written there; then its block has gone. */
const graceSamples = 150 * samplesPerMs;
/** Late for so many packets in a row is not the network's delay but another beginning. */
const latePacketsMax = 10;
/** Blocks sent and not yet written: 10 s. */
const inFlightMax = 20;

interface Side {
  /** Added to an RTP time stamp it gives the place on the timeline. */
  anchor: number;
  source: number;
  lateInARow: number;
}

export interface TapTarget {
  readonly call: string;
  readonly post: (message: ToRecorder) => void;
  /** A block was dropped: the recorder does not keep up. */
  readonly dropped: () => void;
  /** It was the first since a block got through. */
  readonly overflowed: () => void;
}

export class Tap {
  private readonly target: TapTarget;
  private readonly startMs: number;
  /** Blocks being filled: from `firstBlock` on. */
  private readonly blocks: (Uint8Array<ArrayBuffer> | undefined)[] = [];
  private firstBlock = 0;
  private sequence = 0;
  private inFlight = 0;
  private hasDropped = false;
  private readonly sides: readonly [Side, Side] = [
    { anchor: 0, source: -1, lateInARow: 0 },
    { anchor: 0, source: -1, lateInARow: 0 },
  ];

  constructor(target: TapTarget, nowMs: number) {
    this.target = target;
    this.startMs = nowMs;
  }

  /** Another leg speaks on this side from now on. */
  changeLeg(sideNumber: number): void {
    this.side(sideNumber).source = -1;
  }

  /** Writes one packet of G.711 (`from` to `to` of the packet) that came now. */
  write(sideNumber: number, packet: Uint8Array, audio: AudioPlace, nowMs: number): void {
    const now = Math.round((nowMs - this.startMs) * samplesPerMs);
    let place = this.placeOf(this.side(sideNumber), audio, now);
    // A block ends within a packet now and then: two pieces.
    for (let from = audio.start; from < audio.end; ) {
      const number = Math.floor(place / blockSamples);
      const offset = place - number * blockSamples;
      const length = Math.min(audio.end - from, blockSamples - offset);
      const block = this.blockOf(number);
      if (block !== undefined) copy(block, offset * 2 + sideNumber, packet, from, from + length, audio.kind);
      from += length;
      place += length;
    }
  }

  /** Sends the blocks whose time is over. */
  flush(nowMs: number): void {
    const now = Math.floor((nowMs - this.startMs) * samplesPerMs);
    while ((this.firstBlock + 1) * blockSamples + graceSamples <= now) this.sendFirst(blockSamples);
  }

  /** Sends what is left and says how long it was. */
  end(nowMs: number): void {
    const total = Math.max(0, Math.floor((nowMs - this.startMs) * samplesPerMs));
    while ((this.firstBlock + 1) * blockSamples <= total) this.sendFirst(blockSamples);
    this.sendFirst(total - this.firstBlock * blockSamples);
    this.target.post({ type: 'end', call: this.target.call, totalSamples: total });
  }

  /** The recorder has written a block. */
  credit(): void {
    this.inFlight = Math.max(0, this.inFlight - 1);
  }

  /** There is another recorder: the blocks in flight are lost with the old one. */
  creditAll(): void {
    this.inFlight = 0;
  }

  private side(number: number): Side {
    return this.sides[number === 0 ? 0 : 1];
  }

  private placeOf(side: Side, audio: AudioPlace, now: number): number {
    if (side.source !== audio.ssrc) {
      side.source = audio.ssrc;
      return this.anchorAt(side, audio, now);
    }
    const place = now + ((audio.timestamp + side.anchor - now) | 0);
    const off = place - now;
    side.lateInARow = off < -offMaxSamples ? side.lateInARow + 1 : 0;
    // Nothing comes before it was said: an early packet shows that the anchor was set by a late one.
    if (off > offMaxSamples) return this.anchorAt(side, audio, now);
    if (off < -graceSamples || side.lateInARow > latePacketsMax) return this.anchorAt(side, audio, now);
    return place;
  }

  private anchorAt(side: Side, audio: AudioPlace, now: number): number {
    side.anchor = (now - audio.timestamp) | 0;
    side.lateInARow = 0;
    return now;
  }

  private blockOf(number: number): Uint8Array<ArrayBuffer> | undefined {
    const index = number - this.firstBlock;
    // Two blocks ahead is more than any packet that was not re-anchored can be.
    if (index < 0 || index > 2) return undefined;
    const known = this.blocks[index];
    if (known !== undefined) return known;
    const block = new Uint8Array(blockSamples * 2).fill(aLawSilence);
    this.blocks[index] = block;
    return block;
  }

  private sendFirst(samples: number): void {
    const block = this.blocks.shift();
    const startSample = this.firstBlock * blockSamples;
    this.firstBlock++;
    // Silence need not be carried: the recorder fills what is missing.
    if (block === undefined || samples <= 0) return;
    if (this.inFlight >= inFlightMax) {
      this.target.dropped();
      if (!this.hasDropped) this.target.overflowed();
      this.hasDropped = true;
      return;
    }
    const stereo = samples === blockSamples ? block : block.slice(0, samples * 2);
    const sequence = this.sequence++;
    this.inFlight++;
    this.target.post({
      type: 'block',
      call: this.target.call,
      sequence,
      startSample,
      stereo,
      overflowed: this.hasDropped,
    });
    this.hasDropped = false;
  }
}

/** Where in a packet its audio lies, and where in time. */
export interface AudioPlace {
  kind: number;
  start: number;
  end: number;
  timestamp: number;
  ssrc: number;
}

function copy(stereo: Uint8Array, at: number, mono: Uint8Array, from: number, to: number, law: number): void {
  let target = at;
  if (law === kind.pcma) {
    for (let i = from; i < to; i++, target += 2) stereo[target] = mono[i] ?? aLawSilence;
    return;
  }
  for (let i = from; i < to; i++, target += 2) stereo[target] = aLawOfMuLaw[mono[i] ?? 0xff] ?? aLawSilence;
}

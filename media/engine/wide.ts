/**
 * The codecs of a leg that are more than a table: G.722 and Opus, with the state of each direction. Linear samples on this
 * side of them are 16 kHz ("wide") or 8 kHz ("narrow"): rooms, recordings, prompts and G.711 are narrow.
 */
import { G722Decoder, G722Encoder } from './codec/g722';
import { Doubler, Halver } from './codec/half-band';
import { OpusDecoder, OpusEncoder, opusFrameSamples } from './codec/opus';
import { kind } from './kinds';

/** 120 ms, the longest an Opus packet can be. */
const wideMax = 1920;

/** What a far end says, decoded: read before the next packet is. */
export class WideEar {
  readonly of: number;
  readonly wide = new Int16Array(wideMax);
  readonly narrow = new Int16Array(wideMax / 2);
  wideLength = 0;
  narrowLength = 0;
  private readonly decoder: G722Decoder | OpusDecoder;
  private readonly halver = new Halver();

  /** @param of the kind of its payload */
  constructor(of: number) {
    this.of = of;
    this.decoder = of === kind.opus ? new OpusDecoder() : new G722Decoder();
  }

  decode(packet: Uint8Array, start: number, end: number): void {
    this.wideLength =
      this.decoder instanceof G722Decoder
        ? this.decoder.decode(packet, start, end, this.wide)
        : this.decoder.decode(packet.subarray(start, end), this.wide);
    this.narrowLength = this.halver.halve(this.wide, this.wideLength, this.narrow);
  }

  close(): void {
    if (this.decoder instanceof OpusDecoder) this.decoder.close();
  }
}

/** What we say to a far end, 20 ms at a time. */
export class WideVoice {
  readonly of: number;
  private readonly encoder: G722Encoder | OpusEncoder;
  private readonly doubler = new Doubler();
  private readonly wide = new Int16Array(opusFrameSamples);
  private readonly bytes = new Uint8Array(opusFrameSamples / 2);

  constructor(of: number) {
    this.of = of;
    this.encoder = of === kind.opus ? new OpusEncoder() : new G722Encoder();
  }

  /** 160 samples. The answer may be written over by the next. */
  encodeNarrow(frame: Int16Array): Uint8Array {
    this.doubler.double(frame, frame.length, this.wide);
    return this.encodeWide(this.wide);
  }

  /** 320 samples. */
  encodeWide(frame: Int16Array): Uint8Array {
    if (this.encoder instanceof OpusEncoder) return this.encoder.encode(frame);
    this.encoder.encode(frame, frame.length, this.bytes);
    return this.bytes;
  }

  close(): void {
    if (this.encoder instanceof OpusEncoder) this.encoder.close();
  }
}

/**
 * Opus (RFC 6716) by libopus in WebAssembly, mono at 16 kHz: what is transcoded comes from or goes to telephone bands. On
 * the wire its clock is 48 kHz whatever is inside (RFC 7587 section 4.1). The library's memory is given back by `close`.
 */
import { Decoder, Encoder } from '@evan/opus/wasm/index.js';

/** 20 ms. */
export const opusFrameSamples = 320;
const rateHz = 16_000;
/** OPUS_SET_BITRATE, _COMPLEXITY, _INBAND_FEC, _PACKET_LOSS_PERC of libopus' opus_defines.h. */
const control = { bitrate: 4002, complexity: 4010, fec: 4012, lossPercent: 4014 };
/** Wide-band speech at its best (RFC 7587 section 3.1.1: 16 to 20 kbit/s), and half the work of libopus' default. */
const bitrateBps = 24_000;
const complexity = 5;
/** More than any packet of speech; the library's own buffer ends at 8192. */
const packetBytesMax = 4000;

export class OpusEncoder {
  private readonly encoder = new Encoder({ channels: 1, sample_rate: rateHz, application: 'voip' });

  constructor() {
    this.encoder.ctl(control.bitrate, bitrateBps);
    this.encoder.ctl(control.complexity, complexity);
    this.encoder.ctl(control.fec, 1);
    this.encoder.ctl(control.lossPercent, 5);
  }

  /** One packet of 20 ms. */
  encode(samples: Int16Array): Uint8Array {
    return this.encoder.encode(samples);
  }

  close(): void {
    this.encoder.drop();
  }
}

export class OpusDecoder {
  private readonly decoder = new Decoder({ channels: 1, sample_rate: rateHz });

  /** @returns the samples written; 0 for what is no Opus packet */
  decode(packet: Uint8Array, out: Int16Array): number {
    if (packet.length > packetBytesMax) return 0;
    let bytes: Uint8Array;
    try {
      bytes = this.decoder.decode(packet);
    } catch {
      // Anybody may send anything: what libopus does not take is lost like a lost packet.
      return 0;
    }
    const samples = Math.min(bytes.length >> 1, out.length);
    for (let i = 0; i < samples; i++) out[i] = (bytes[i * 2] ?? 0) | ((bytes[i * 2 + 1] ?? 0) << 8);
    return samples;
  }

  close(): void {
    this.decoder.drop();
  }
}

/** A far end of the tests that speaks and hears any codec: a tone in, linear samples of 8 kHz out. */
import { G722Decoder, G722Encoder } from '../../../media/engine/codec/g722';
import { OpusDecoder, OpusEncoder } from '../../../media/engine/codec/opus';
import type { Codec, LegSetting } from '../../../media/engine/messages';
import { linearOf } from '../../audio/g711';
import { sineOf } from '../../audio/tone';
import { RtpEnd } from '../rtp-end';
import type { EngineBench } from './engine-bench';
import { settingOf } from './engine-bench';

const payloadTypes: Readonly<Record<Codec, number>> = { PCMU: 0, PCMA: 8, G722: 9, opus: 107 };

export class CodecEnd {
  readonly leg: string;
  readonly codec: Codec;
  readonly end: RtpEnd;
  private readonly toG722 = new G722Encoder();
  private readonly toOpus = new OpusEncoder();
  private spoken = 0;
  to = 0;

  private constructor(leg: string, codec: Codec, end: RtpEnd) {
    this.leg = leg;
    this.codec = codec;
    this.end = end;
  }

  static async open(engine: EngineBench, leg: string, codec: Codec): Promise<CodecEnd> {
    const one = new CodecEnd(leg, codec, await RtpEnd.open(codec === 'PCMU' ? 'PCMU' : 'PCMA'));
    one.to = await engine.leg(leg, one.end, one.setting());
    return one;
  }

  setting(): LegSetting {
    const sends = { payloadType: payloadTypes[this.codec], codec: this.codec };
    const receives = [sends, { payloadType: 101, codec: 'telephone-event' } as const];
    return { ...settingOf(this.end), sends, receives };
  }

  /** Says 20 ms of a tone of -10 dBFS. */
  speak(frequencyHz: number): void {
    this.end.send(this.to, payloadTypes[this.codec], this.payload(frequencyHz));
    this.pass();
  }

  /** Says nothing for 20 ms: lost, or silent. */
  pass(): void {
    this.spoken++;
    this.end.timestamp = (this.end.timestamp + (this.codec === 'opus' ? 960 : 160)) >>> 0;
  }

  /** Everything that came, decoded; 16 kHz is halved by leaving out, which no test tone minds. */
  heard(): Int16Array {
    const mine = this.end.heard.filter(({ payloadType }) => payloadType === payloadTypes[this.codec]);
    if (this.codec === 'PCMU' || this.codec === 'PCMA')
      return linearOf(this.codec, Buffer.concat(mine.map(({ payload }) => payload)));
    const decode = this.codec === 'G722' ? decoderOfG722() : decoderOfOpus();
    return Int16Array.from(mine.flatMap(({ payload }) => [...decode(payload)].filter((_, i) => i % 2 === 0)));
  }

  close(): void {
    this.toOpus.close();
    this.end.close();
  }

  private payload(frequencyHz: number): Uint8Array {
    const { codec, spoken } = this;
    if (codec === 'PCMU' || codec === 'PCMA')
      return sineOf(codec, { frequencyHz, samples: 160, fromSample: spoken * 160 });
    const peak = 32_767 * 10 ** (-10 / 20);
    const wide = Int16Array.from({ length: 320 }, (_, i) =>
      Math.round(peak * Math.sin((2 * Math.PI * frequencyHz * (spoken * 320 + i)) / 16_000)),
    );
    if (codec === 'opus') return this.toOpus.encode(wide);
    const bytes = new Uint8Array(160);
    this.toG722.encode(wide, 320, bytes);
    return bytes;
  }
}

function decoderOfG722(): (payload: Buffer) => Int16Array {
  const decoder = new G722Decoder();
  return (payload) => {
    const out = new Int16Array(payload.length * 2);
    decoder.decode(payload, 0, payload.length, out);
    return out;
  };
}

function decoderOfOpus(): (payload: Buffer) => Int16Array {
  const decoder = new OpusDecoder();
  const out = new Int16Array(1920);
  return (payload) => out.slice(0, decoder.decode(payload, out));
}

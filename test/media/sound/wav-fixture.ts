/** Makes WAV files of each coding for tests, with the oddities that real programs write. */
import { aLawOf, muLawOf } from '../../../media/engine/codec/g711';

export type Coding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'alaw' | 'mulaw';

export interface WavShape {
  readonly coding: Coding;
  readonly rateHz: number;
  readonly channels: number;
  /** The samples are of both channels by turns; else each is on all channels. */
  readonly isInterleaved?: boolean;
  readonly isExtensible?: boolean;
  /** A LIST chunk of odd length before the sound. */
  readonly extraChunk?: boolean;
  /** Written as the size of RIFF and data by programs that cannot go back. */
  readonly openSizes?: number;
}

const codings: Readonly<Record<Coding, readonly [tag: number, bits: number]>> = {
  pcm8: [1, 8],
  pcm16: [1, 16],
  pcm24: [1, 24],
  pcm32: [1, 32],
  float32: [3, 32],
  alaw: [6, 8],
  mulaw: [7, 8],
};

export function wavOf(samples: readonly number[], shape: WavShape): Buffer {
  const { coding, channels, isInterleaved = false } = shape;
  const [, bits] = codings[coding];
  const all = isInterleaved ? samples : samples.flatMap((x) => Array<number>(channels).fill(x));
  const body = Buffer.alloc((all.length * bits) / 8);
  all.forEach((x, i) => write(body, coding, { x, at: (i * bits) / 8 }));
  const chunks = [
    chunk('fmt ', headOf(shape)),
    ...(shape.extraChunk === true ? [chunk('LIST', Buffer.from('INFOISFT...odd'.slice(0, 13)))] : []),
    chunk('data', body, shape.openSizes),
  ];
  const riff = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return chunk('RIFF', riff, shape.openSizes);
}

function headOf({ coding, rateHz, channels, isExtensible = false }: WavShape): Buffer {
  const [tag, bits] = codings[coding];
  const head = Buffer.alloc(isExtensible ? 40 : 16);
  head.writeUInt16LE(isExtensible ? 0xfffe : tag, 0);
  head.writeUInt16LE(channels, 2);
  head.writeUInt32LE(rateHz, 4);
  head.writeUInt32LE((rateHz * channels * bits) / 8, 8);
  head.writeUInt16LE((channels * bits) / 8, 12);
  head.writeUInt16LE(bits, 14);
  if (isExtensible) {
    head.writeUInt16LE(22, 16);
    head.writeUInt16LE(bits, 18);
    head.writeUInt16LE(tag, 24);
  }
  return head;
}

function chunk(name: string, body: Buffer, told = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(told, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function write(body: Buffer, coding: Coding, { x, at }: { readonly x: number; readonly at: number }): void {
  const scaled = (top: number): number => Math.max(-top, Math.min(top - 1, Math.round(x * top)));
  switch (coding) {
    case 'pcm8':
      return void body.writeUInt8(128 + scaled(128), at);
    case 'pcm16':
      return void body.writeInt16LE(scaled(0x8000), at);
    case 'pcm24':
      return void body.writeIntLE(scaled(0x80_0000), at, 3);
    case 'pcm32':
      return void body.writeInt32LE(scaled(0x8000_0000), at);
    case 'float32':
      return void body.writeFloatLE(x, at);
    case 'alaw':
      return void body.writeUInt8(aLawOf(scaled(0x8000)), at);
    default:
      return void body.writeUInt8(muLawOf(scaled(0x8000)), at);
  }
}

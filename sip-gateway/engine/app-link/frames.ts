// Frames of the drachtio application protocol: decimal byte length, '#', payload. Payloads come out as byte text, each a string of
// its own: a slice of a larger one would keep all of that in memory as long as a dialog remembers a header of it.

/** Larger frames end the connection; the largest SIP message fits many times. */
export const FRAME_BYTES_MAX = 1024 * 1024;
const DIGITS_MAX = 7;
const HASH = 35;
const ZERO = 48;

export class FrameReader {
  private rest: Buffer | undefined;

  /** Takes bytes and returns the payloads complete now; undefined if the stream is no sequence of frames. */
  push(chunk: Buffer): string[] | undefined {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    const payloads: string[] = [];
    let at = 0;
    while (at < bytes.length) {
      const frameHead = readLength(bytes, at);
      if (frameHead === 'broken') return undefined;
      if (frameHead === 'incomplete') break;
      const end = frameHead.start + frameHead.length;
      if (end > bytes.length) break;
      payloads.push(bytes.toString('latin1', frameHead.start, end));
      at = end;
    }
    this.rest = at === bytes.length ? undefined : bytes.subarray(at);
    return payloads;
  }
}

type FrameHead = { readonly start: number; readonly length: number } | 'incomplete' | 'broken';

function readLength(bytes: Buffer, from: number): FrameHead {
  let length = 0;
  for (let at = from; at < bytes.length; at++) {
    const code = bytes[at] ?? 0;
    if (code === HASH) return length > 0 && length <= FRAME_BYTES_MAX ? { start: at + 1, length } : 'broken';
    if (code < ZERO || code > ZERO + 9 || at - from >= DIGITS_MAX) return 'broken';
    length = length * 10 + code - ZERO;
  }
  return 'incomplete';
}

export function frame(payload: string): string {
  return `${payload.length}#${payload}`;
}

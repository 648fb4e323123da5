// Frames of the drachtio application protocol: decimal byte length, '#', payload. All in byte text, so characters are bytes.

/** Larger frames end the connection; the largest SIP message fits many times. */
export const FRAME_BYTES_MAX = 1024 * 1024;
const DIGITS_MAX = 7;

export class FrameReader {
  private rest = '';

  /** Takes bytes and returns the payloads complete now; undefined if the stream is no sequence of frames. */
  push(bytes: string): string[] | undefined {
    this.rest = this.rest === '' ? bytes : this.rest + bytes;
    const payloads: string[] = [];
    let at = 0;
    while (at < this.rest.length) {
      const hash = this.rest.indexOf('#', at);
      const digits = this.rest.slice(at, hash < 0 ? this.rest.length : hash);
      if (digits.length > DIGITS_MAX || !/^\d*$/.test(digits)) return undefined;
      if (hash < 0) break;
      const length = Number(digits);
      if (length === 0 || length > FRAME_BYTES_MAX) return undefined;
      const end = hash + 1 + length;
      if (end > this.rest.length) break;
      payloads.push(this.rest.slice(hash + 1, end));
      at = end;
    }
    if (at > 0) this.rest = this.rest.slice(at);
    return payloads;
  }
}

export function frame(payload: string): string {
  return `${payload.length}#${payload}`;
}

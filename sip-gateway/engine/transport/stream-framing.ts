// Cuts a byte stream into SIP messages by Content-Length (RFC 3261 §18.3) and notices keep-alives (RFC 5626 §3.5.1: two line ends
// are a ping, one a pong). A stream whose framing is lost cannot be found again: the last piece is handed over, then it must close.

import { HEAD_BYTES_MAX, MESSAGE_BYTES_MAX } from '../message/parse';

export type StreamPiece =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ping' }
  /** Framing is lost. `text` is what can still be answered ('' if nothing). */
  | { readonly kind: 'broken'; readonly text: string };

const LENGTH = /\r\n(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)/i;

export class StreamFraming {
  private rest = '';

  /** True while part of a message has arrived. */
  get isInMessage(): boolean {
    return this.rest !== '';
  }

  /** Takes bytes (byte text) and returns what is complete now. */
  push(bytes: string): StreamPiece[] {
    this.rest = this.rest === '' ? bytes : this.rest + bytes;
    const pieces: StreamPiece[] = [];
    for (let piece = this.next(); piece; piece = this.next()) {
      pieces.push(piece);
      if (piece.kind === 'broken') {
        this.rest = '';
        break;
      }
    }
    return pieces;
  }

  private next(): StreamPiece | undefined {
    if (this.rest.startsWith('\r\n')) return this.keepAlive();
    if (this.rest === '' || this.rest === '\r') return undefined;
    const headEnd = this.rest.indexOf('\r\n\r\n');
    if (headEnd < 0) return this.rest.length > HEAD_BYTES_MAX ? { kind: 'broken', text: '' } : undefined;
    return this.message(headEnd + 4);
  }

  private keepAlive(): StreamPiece | undefined {
    if (this.rest.startsWith('\r\n\r\n')) {
      this.rest = this.rest.slice(4);
      return { kind: 'ping' };
    }
    // One line end: a pong of the peer, or the first half of a ping. Only a following byte can tell.
    if (this.rest.length < 4 && '\r\n\r\n'.startsWith(this.rest)) return undefined;
    this.rest = this.rest.slice(2);
    return this.next();
  }

  private message(bodyAt: number): StreamPiece | undefined {
    const head = this.rest.slice(0, bodyAt);
    const digits = LENGTH.exec(head)?.[1]?.trim() ?? '0';
    const length = /^\d{1,9}$/.test(digits) ? Number(digits) : -1;
    if (length < 0 || bodyAt + length > MESSAGE_BYTES_MAX) return { kind: 'broken', text: head };
    const end = bodyAt + length;
    if (this.rest.length < end) return undefined;
    const text = this.rest.slice(0, end);
    this.rest = this.rest.slice(end);
    return { kind: 'message', text };
  }
}

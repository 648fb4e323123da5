// Cuts a byte stream into SIP messages by Content-Length (RFC 3261 §18.3) and notices keep-alives (RFC 5626 §3.5.1: two line ends
// are a ping, one a pong). A stream whose framing is lost cannot be found again: the last piece is handed over, then it must close.

import { HEAD_BYTES_MAX, MESSAGE_BYTES_MAX } from '../message/parse';

export type StreamPiece =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'ping' }
  /** Framing is lost. `text` is what can still be answered ('' if nothing). */
  | { readonly kind: 'broken'; readonly text: string };

const LENGTH = /\r\n(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)/i;
const END_OF_HEAD = '\r\n\r\n';
const EMPTY = Buffer.alloc(0);
const CR = 13;
const LF = 10;

export class StreamFraming {
  private rest: Buffer = EMPTY;
  /** Bytes the message being read will have; 0 while its head is not complete. */
  private wanted = 0;

  /** True while part of a message has arrived. */
  get isInMessage(): boolean {
    return this.rest.length > 0;
  }

  /** Takes bytes and returns what is complete now, as byte text. */
  push(chunk: Buffer): StreamPiece[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const pieces: StreamPiece[] = [];
    if (this.rest.length < this.wanted) return pieces;
    for (let piece = this.next(); piece; piece = this.next()) {
      pieces.push(piece);
      if (piece.kind === 'broken') {
        this.rest = EMPTY;
        break;
      }
    }
    return pieces;
  }

  private next(): StreamPiece | undefined {
    this.wanted = 0;
    while (this.rest[0] === CR && this.rest[1] === LF) {
      if (this.rest[2] === CR && this.rest[3] === LF) {
        this.rest = this.rest.subarray(4);
        return { kind: 'ping' };
      }
      // One line end: a pong of the peer, or the first half of a ping. Only the following bytes can tell.
      const mayBecomePing = this.rest.length === 2 || (this.rest.length === 3 && this.rest[2] === CR);
      if (mayBecomePing) return undefined;
      this.rest = this.rest.subarray(2);
    }
    if (this.rest.length === 0 || (this.rest.length === 1 && this.rest[0] === CR)) return undefined;
    const headEnd = this.rest.indexOf(END_OF_HEAD);
    if (headEnd < 0) return this.rest.length > HEAD_BYTES_MAX ? { kind: 'broken', text: '' } : undefined;
    return this.message(headEnd + END_OF_HEAD.length);
  }

  private message(bodyAt: number): StreamPiece | undefined {
    const head = this.rest.toString('latin1', 0, bodyAt);
    const digits = LENGTH.exec(head)?.[1]?.trim() ?? '0';
    const length = /^\d{1,9}$/.test(digits) ? Number(digits) : -1;
    if (length < 0 || bodyAt + length > MESSAGE_BYTES_MAX) return { kind: 'broken', text: head };
    const end = bodyAt + length;
    if (this.rest.length < end) {
      this.wanted = end;
      return undefined;
    }
    const text = length === 0 ? head : this.rest.toString('latin1', 0, end);
    this.rest = end === this.rest.length ? EMPTY : this.rest.subarray(end);
    return { kind: 'message', text };
  }
}

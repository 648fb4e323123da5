// What a parsed message is. All text in this thread is "byte text": a string in which each character is one byte (latin1), so
// lengths are byte lengths, nothing is lost of what is not UTF-8, and Content-Length is simply `body.length`.

import type { Headers } from './headers';
import type { Via } from './via';

interface Common {
  readonly headers: Headers;
  readonly body: string;
  /** The whole message, unfolded, cut at Content-Length; for a request with the top Via annotated (RFC 3581). */
  readonly text: string;
  readonly via: Via;
  readonly callId: string;
  readonly seq: number;
  /** The method named in CSeq; equals `method` in a request. */
  readonly seqMethod: string;
  readonly fromTag: string;
  readonly toTag: string;
}

export interface SipRequest extends Common {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}

export interface SipResponse extends Common {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

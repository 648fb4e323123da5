// Responses the engine gives without remembering the request: refusals. The To tag is made from the branch, so that a repeated
// request gets the same response (RFC 3261 §8.2.7).

import type { Core } from '../core';
import type { Headers } from '../message/headers';
import { tagOf, withTag } from '../message/name-addr';
import type { SipRequest } from '../message/sip-message';
import { reasonOf } from '../message/status';
import type { Via } from '../message/via';
import { lines } from '../message/write';
import type { Flow } from '../transport/flow';

/** How long a refused caller should wait before trying again. */
export const RETRY_AFTER_SECONDS = 10;

export interface Refusal {
  readonly status: number;
  readonly reason?: string;
  /** Complete header lines. */
  readonly extra?: string;
}

export function refuseRequest(
  core: Core,
  flow: Flow,
  refused: { readonly request: SipRequest; readonly refusal: Refusal },
): void {
  const { request, refusal } = refused;
  const text = statelessResponse({ headers: request.headers, toTag: statelessTag(request.via.branch) }, refusal);
  replyFlow(core, flow, request.via).send(text);
}

export function statelessResponse(to: { readonly headers: Headers; readonly toTag: string }, refusal: Refusal): string {
  const { headers } = to;
  const toValue = headers.first('to') ?? '';
  const tagged = tagOf(toValue) === '' ? withTag(toValue, to.toTag) : toValue;
  return (
    `SIP/2.0 ${refusal.status} ${refusal.reason ?? reasonOf(refusal.status)}\r\n${lines('Via', headers.all('via'))}` +
    `From: ${headers.first('from')}\r\nTo: ${tagged}\r\nCall-ID: ${headers.first('call-id')}\r\n` +
    `CSeq: ${headers.first('cseq')}\r\n${refusal.extra ?? ''}Content-Length: 0\r\n\r\n`
  );
}

/** The same branch always gives the same tag (FNV-1a, 32 bits). */
export function statelessTag(branch: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < branch.length; i++) hash = Math.imul(hash ^ branch.charCodeAt(i), 0x01000193);
  return `e${(hash >>> 0).toString(16)}`;
}

/**
 * The way responses to a request go (RFC 3261 §18.2.2, RFC 3581 §4): back over its connection; for UDP to the source port if the
 * sender asked for that with rport or is behind NAT, else to the port its Via names. `maddr` is not followed: it would let a
 * stranger point our responses at others.
 */
export function replyFlow(core: Core, flow: Flow, via: Via): Flow {
  if (flow.wire !== 'udp' || via.rport !== undefined || via.host !== flow.remoteAddress) return flow;
  const port = via.port ?? 5060;
  if (port === flow.remotePort) return flow;
  return core.transports.flowTo('udp', flow.remoteAddress, port) ?? flow;
}

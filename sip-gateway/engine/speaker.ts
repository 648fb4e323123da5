// Whether a flow may say what it says. The application knows a WebSocket by its sender's own Via and the person of a page by their
// account: so neither may be written falsely. Over a page's socket only the account of its log-in speaks, whoever else's password
// its person may know.

import { uriOf } from './message/name-addr';
import type { SipRequest } from './message/sip-message';
import { parseSipUri } from './message/uri';
import { type Flow, isWebSocket } from './transport/flow';
import type { Refusal } from './uas/stateless';

/** Why this request is not taken in; undefined: it is. */
export function mayNotSpeak(flow: Flow, request: SipRequest): Refusal | undefined {
  // A page behind a proxy that ends TLS says WSS where we see WS.
  if (isWebSocket(flow.wire) !== isWebSocket(request.via.transport))
    return { status: 400, reason: 'Via Names Another Transport' };
  if (flow.account === undefined) return undefined;
  return isBy(flow.account, request) ? undefined : { status: 403, reason: 'Not Your Account' };
}

/** Inside a dialog its tags are proof enough that it is the sender's, and From is what we called them. */
function isBy(account: string, request: SipRequest): boolean {
  const from = parseSipUri(uriOf(request.headers.first('from') ?? ''))?.user;
  if (request.toTag === '' && from !== account) return false;
  const credentials = [...request.headers.all('authorization'), ...request.headers.all('proxy-authorization')];
  return credentials.every((value) => namesIn(value).every((name) => name === account));
}

/** All that a reader could take for the user name. */
function namesIn(credentials: string): readonly string[] {
  const fields = credentials.matchAll(/username\s*=\s*(?:"([^"]*)"?|([^\s,]*))/gi);
  return [...fields].map((field) => field[1] ?? field[2] ?? '');
}

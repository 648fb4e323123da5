// What a 2xx of the application means beyond its transaction: a dialog stands, a subscription has its time, a connection has a name.

import type { AppMessage } from '../app-link/command';
import { reportCdr } from '../cdr';
import type { Core } from '../core';
import { noteExpiry } from '../dialog/subscription-end';
import { uriOf } from '../message/name-addr';
import { parameterOf, splitList } from '../message/parameter';
import type { SipRequest } from '../message/sip-message';
import { parseSipUri } from '../message/uri';
import type { Flow } from '../transport/flow';
import { confirmDialog } from './made-dialog';
import type { ReceivedRequest } from './received-request';

/** A 2xx has been sent: `text` is what went out. */
export function succeed(
  core: Core,
  received: ReceivedRequest,
  { message, text }: { message: AppMessage; text: string },
): void {
  const { request, dialog, flow } = received;
  confirmDialog(core, received, text);
  if (isNewInvite(received)) reportCdr(core, 'start', { source: 'application', note: 'uas', text });
  if (request.method === 'SUBSCRIBE' && dialog)
    noteExpiry(core, dialog, { granted: message.headers, asked: request.headers });
  if (request.method === 'REGISTER' || request.method === 'SUBSCRIBE') rememberFlow(core, request, flow);
}

/** True for the INVITE that begins a call. */
export function isNewInvite({ request }: ReceivedRequest): boolean {
  return request.method === 'INVITE' && request.toTag === '';
}

/** Requests to the name it registered go back over its connection; after it registered off, no more. */
function rememberFlow(core: Core, request: SipRequest, flow: Flow): void {
  if (flow.reliability !== 'reliable') return;
  const owner = ownerOf(request);
  for (const contact of request.headers.all('contact').flatMap(splitList)) {
    const expires = parameterOf(contact, 'expires', contact.lastIndexOf('>') + 1) ?? request.headers.first('expires');
    if (expires === '0') core.aliases.forget(uriOf(contact), owner);
    else core.aliases.remember(uriOf(contact), flow, owner);
  }
}

/** REGISTER names its account in To, others in From; the application has said yes to it. */
function ownerOf(request: SipRequest): string {
  const party = request.headers.first(request.method === 'REGISTER' ? 'to' : 'from') ?? '';
  return parseSipUri(uriOf(party))?.user ?? '';
}

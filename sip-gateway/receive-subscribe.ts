/**
 * SUBSCRIBE (RFC 6665 section 4.2.1): a phone of ours, or an office PBX, watches an extension, a park slot (RFC 4235) or its
 * own mailbox (RFC 3842). Whoever has proven an account may watch any extension: an office's keys show the office. A
 * provider watches nothing.
 */
import { userIdOf } from '../call-router/values/ids';
import { userPartOf } from '../call-router/values/number';
import type { Account } from './accounts';
import { ownerOf } from './bindings';
import { dialogInfoType } from './dialog-info';
import { escapedUser, paramsOf, parseNameAddr, parseUri } from './header-values';
import { messageSummaryType } from './message-summary';
import { provenSender, type SenderParts } from './sender';
import type { ReceivedRequest, SipLink } from './srf-link';
import { dialogIdOf, headerOf } from './srf-message';
import { type Subscriptions, subscriptionsMax, subscriptionsPerAccountMax, type Topic } from './subscriptions';
import { hostPort } from './trunk-headers';

export interface SubscribeParts extends SenderParts {
  readonly subscriptions: Subscriptions;
}

export const subscriptionMinS = 60;
/** A phone learns of our restart when it refreshes: its lamps are dark for so long at the most. */
export const subscriptionMaxS = 600;
const allowEvents = 'dialog, message-summary';
const retryAfterS = 60;

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Outside a dialog. */
export function receiveSubscribe(parts: SubscribeParts, request: ReceivedRequest, link: SipLink): void {
  const account = provenSender(parts, request, link);
  if (account === undefined) return;
  const topic = topicOf(account, request);
  const seconds = secondsAsked(request);
  const refusal = 'status' in topic ? topic : typeof seconds === 'number' ? overLimit(parts, account) : seconds;
  if (refusal !== undefined) return refuse(link, request, refusal);
  if ('status' in topic || typeof seconds !== 'number') return;
  const tag = parseNameAddr(headerOf(request, 'from') ?? '')?.params.get('tag') ?? '';
  const dialog = dialogIdOf(headerOf(request, 'call-id') ?? '', tag);
  link.reply(request, 200, { headers: { Expires: String(seconds) } });
  const { event } = eventOf(request);
  parts.subscriptions.add({ dialog, link, of: ownerOf(account), topic, event, seconds });
}

/** In a dialog that is no leg's. False: not a subscription's either. */
export function receiveInSubscription(parts: SubscribeParts, request: ReceivedRequest, link: SipLink): boolean {
  const known = parts.subscriptions.inDialog(request.stackDialogId);
  if (known === undefined) return false;
  if (request.method !== 'SUBSCRIBE') {
    link.reply(request, 405, { headers: { Allow: 'SUBSCRIBE' } });
    return true;
  }
  const seconds = secondsAsked(request);
  // One subscription a dialog (section 4.5.2): another event in it is none that we know.
  if (eventOf(request).event !== known.event) link.reply(request, 481);
  else if (typeof seconds !== 'number') refuse(link, request, seconds);
  else {
    link.reply(request, 200, { headers: { Expires: String(seconds) } });
    parts.subscriptions.refresh(request.stackDialogId, seconds);
  }
  return true;
}

function refuse(link: SipLink, request: ReceivedRequest, { status, headers = {} }: Refusal): void {
  link.reply(request, status, { headers });
}

function topicOf(account: Account, request: ReceivedRequest): Topic | Refusal {
  if (account.kind === 'trunk' && account.trunk.kind !== 'pbx') return { status: 403 };
  const uri = parseUri(request.uri);
  if (uri === undefined) return { status: 400 };
  const host = hostPort(uri.host, uri.port);
  const user = userPartOf(`${uri.user}@`);
  switch (eventOf(request).name) {
    case 'dialog':
      if (!accepts(request, dialogInfoType)) return { status: 406, headers: { Accept: dialogInfoType } };
      // An extension, or a park slot as it is dialled; whether anybody has it, the lamp says by staying dark.
      return /^[*#]?\d{2,10}$/.test(user) ? { is: 'dialog', entity: { user, host } } : { status: 404 };
    case 'message-summary': {
      if (!accepts(request, messageSummaryType)) return { status: 406, headers: { Accept: messageSummaryType } };
      if (account.kind === 'trunk') return { status: 404 };
      const { userId, username } = account.device;
      // Whatever mailbox the phone names, it is told of its person's own.
      const owner = userId === undefined ? undefined : userIdOf(userId);
      return { is: 'message-summary', user: owner, account: `sip:${escapedUser(username)}@${host}` };
    }
    default:
      return { status: 489, headers: { 'Allow-Events': allowEvents } };
  }
}

function overLimit({ subscriptions }: SubscribeParts, account: Account): Refusal | undefined {
  if (subscriptions.countOf(ownerOf(account)) >= subscriptionsPerAccountMax) return { status: 403 };
  if (subscriptions.size < subscriptionsMax) return undefined;
  return { status: 480, headers: { 'Retry-After': String(retryAfterS) } };
}

/** The package's name, and the value that goes back in each NOTIFY (section 8.2.1). */
function eventOf(request: ReceivedRequest): { readonly name: string; readonly event: string } {
  const [text = '', ...params] = (headerOf(request, 'event') ?? '').split(';');
  const name = text.trim().toLowerCase();
  const id = paramsOf(`;${params.join(';')}`).get('id') ?? '';
  return { name, event: /^[\w.%+-]{1,64}$/.test(id) ? `${name};id=${id}` : name };
}

/** Without the field any form will do. */
function accepts(request: ReceivedRequest, type: string): boolean {
  const text = headerOf(request, 'accept');
  if (text === undefined || text.trim() === '') return true;
  const types = text.split(',').map((one) => one.split(';', 1)[0]?.trim().toLowerCase());
  return types.some((one) => one === type || one === '*/*' || one === 'application/*');
}

/** What we grant: no more than asked. Too short is refused (section 4.2.1.1); 0 ends it, or asks once. */
function secondsAsked(request: ReceivedRequest): number | Refusal {
  const text = headerOf(request, 'expires')?.trim() ?? '';
  const asked = /^\d{1,10}$/.test(text) ? Number(text) : subscriptionMaxS;
  if (asked > 0 && asked < subscriptionMinS)
    return { status: 423, headers: { 'Min-Expires': String(subscriptionMinS) } };
  return Math.min(asked, subscriptionMaxS);
}

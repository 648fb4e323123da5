/**
 * REGISTER: the registrar of RFC 3261 section 10.3. A device, or a pbx trunk with a user name, binds contacts to its
 * account: several, each with its own expiry; `*` removes all; none asks for the list. Path is not used: the source is.
 */
import { userPartOf } from '../call-router/values/number';
import type { Account } from './accounts';
import { type AuthenticationParts, authenticate } from './authenticate';
import { type Bindings, newBindingId, ownerOf, type StoredBinding } from './bindings';
import type { GatewayClock } from './clock';
import { type NameAddr, parseNameAddr, parseUri, splitOutside } from './header-values';
import type { ReceivedRequest, SipLink } from './srf-link';
import { endOf, headerOf, webSocketOf } from './srf-message';

export interface RegistrarParts extends AuthenticationParts {
  readonly bindings: Bindings;
  readonly clock: GatewayClock;
}

export const registrationMinS = 60;
/** Short enough that a phone behind NAT that lost its mapping is found again soon. */
export const registrationMaxS = 600;
const contactsMax = 10;

type Change =
  | { readonly kind: 'apply'; readonly put: readonly StoredBinding[]; readonly drop: readonly string[] }
  | { readonly kind: 'refuse'; readonly status: 400 | 403 | 423 | 500 };

interface Registration {
  readonly request: ReceivedRequest;
  readonly link: SipLink;
  readonly account: Account;
  readonly existing: readonly StoredBinding[];
  readonly sipCallId: string;
  readonly cseq: number;
  readonly now: number;
}

export function receiveRegister(parts: RegistrarParts, request: ReceivedRequest, link: SipLink): void {
  const account = authenticate(parts, request, link);
  if (account === undefined) return;
  const username = account.kind === 'device' ? account.device.username : (account.trunk.username ?? '');
  if (userPartOf(headerOf(request, 'to') ?? '') !== username) return link.reply(request, 403);
  const of = ownerOf(account);
  const change = changeOf({
    request,
    link,
    account,
    existing: parts.bindings.ofAccount(of),
    sipCallId: headerOf(request, 'call-id') ?? '',
    cseq: Number.parseInt(headerOf(request, 'cseq') ?? '', 10),
    now: parts.clock.now(),
  });
  if (change.kind === 'refuse') {
    const headers = change.status === 423 ? { 'Min-Expires': String(registrationMinS) } : {};
    return link.reply(request, change.status, { headers });
  }
  if (change.put.length + change.drop.length > 0) parts.bindings.apply(of, change);
  // Where its first phone registers from is known by address and port from now on: the password was proven for that too.
  parts.failures.proven(parts.sourceOf(request));
  link.reply(request, 200, { headers: { Contact: contactList(parts.bindings.ofAccount(of), parts.clock.now()) } });
}

/** Checks the whole request before anything is changed (step 7). */
function changeOf(of: Registration): Change {
  const contacts = splitOutside(headerOf(of.request, 'contact') ?? '', ',');
  if (contacts.includes('*')) return contacts.length === 1 ? removeAll(of) : { kind: 'refuse', status: 400 };
  const put: StoredBinding[] = [];
  const drop: string[] = [];
  for (const text of contacts) {
    const contact = parseNameAddr(text);
    const uri = parseUri(contact?.uri ?? '');
    if (contact === undefined || uri === undefined || uri.host === '') return { kind: 'refuse', status: 400 };
    const old = of.existing.find((binding) => isSameContact(binding, contact));
    if (old !== undefined && isOutOfOrder(old, of)) return { kind: 'refuse', status: 500 };
    const seconds = secondsAsked(of.request, contact);
    if (seconds > 0 && seconds < registrationMinS) return { kind: 'refuse', status: 423 };
    if (seconds > 0) put.push(bindingOf(of, contact, { id: old?.id ?? newBindingId(), seconds }));
    else if (old !== undefined) drop.push(old.id);
  }
  const kept = of.existing.filter(({ id }) => !drop.includes(id) && !put.some((binding) => binding.id === id));
  if (kept.length + put.length > contactsMax) return { kind: 'refuse', status: 403 };
  return { kind: 'apply', put, drop };
}

/** `Contact: *` is allowed with Expires 0 only (section 10.2.2). */
function removeAll(of: Registration): Change {
  if (headerOf(of.request, 'expires')?.trim() !== '0') return { kind: 'refuse', status: 400 };
  if (of.existing.some((binding) => isOutOfOrder(binding, of))) return { kind: 'refuse', status: 500 };
  return { kind: 'apply', put: [], drop: of.existing.map(({ id }) => id) };
}

const isOutOfOrder = (old: StoredBinding, of: Registration): boolean =>
  old.sipCallId === of.sipCallId && of.cseq <= old.cseq;

/** The same URI (section 19.1.4, as far as phones differ), or the same phone at another address. */
function isSameContact(binding: StoredBinding, contact: NameAddr): boolean {
  const instance = contact.params.get('+sip.instance');
  if (instance !== undefined && binding.instance !== undefined) return instance === binding.instance;
  return comparable(binding.contact) === comparable(contact.uri);
}

function comparable(text: string): string {
  const uri = parseUri(text);
  if (uri === undefined) return text;
  const transport = uri.params.get('transport')?.toLowerCase() ?? 'udp';
  return `${uri.scheme}:${uri.user}@${uri.host}:${uri.port ?? 5060};${transport}`;
}

/** The contact's own parameter, else the Expires field, else the most we give; above that the most. */
function secondsAsked(request: ReceivedRequest, contact: NameAddr): number {
  const text = contact.params.get('expires') ?? headerOf(request, 'expires') ?? '';
  const asked = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : registrationMaxS;
  return Math.min(asked, registrationMaxS);
}

function bindingOf(
  of: Registration,
  contact: NameAddr,
  as: { readonly id: string; readonly seconds: number },
): StoredBinding {
  const { request } = of;
  const instance = contact.params.get('+sip.instance');
  const source = endOf(request);
  const isWebSocket = webSocketOf(request) !== undefined;
  return {
    id: as.id,
    of: ownerOf(of.account),
    contact: contact.uri,
    source,
    link: of.link.name,
    sipCallId: of.sipCallId,
    cseq: of.cseq,
    expiresAt: of.now + as.seconds * 1000,
    ...(instance === undefined ? {} : { instance }),
    ...(isWebSocket ? { media: 'webrtc' } : {}),
    ...(of.account.kind === 'device' ? { username: of.account.device.username } : {}),
  };
}

function contactList(bindings: readonly StoredBinding[], now: number): string | undefined {
  if (bindings.length === 0) return undefined;
  return bindings
    .map(({ contact, expiresAt }) => `<${contact}>;expires=${Math.max(0, Math.round((expiresAt - now) / 1000))}`)
    .join(', ');
}

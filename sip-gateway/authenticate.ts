/**
 * Asks the sender of a request to prove an account by digest (RFC 3261 section 22.2, RFC 7616, RFC 8760). An unknown user and a
 * wrong password are told apart by nothing: the same work, the same 403. Never a body, never a Server header.
 */
import type { Account, AccountBook } from './accounts';
import { type Authorization, isProvenBy, parseAuthorization, writeChallenge } from './digest';
import type { Failures } from './failures';
import { parseNameAddr, parseUri } from './header-values';
import type { Nonces } from './nonces';
import type { ReceivedRequest, SipLink } from './srf-link';
import { headerOf } from './srf-message';

export interface AuthenticationParts {
  readonly book: () => AccountBook;
  readonly nonces: Nonces;
  readonly failures: Failures;
  readonly realm: string;
  /** Names and addresses of this machine: phones may write any of them where they mean us. */
  readonly ownHosts: readonly string[];
  /** What failures of this request are counted under. */
  readonly sourceOf: (request: ReceivedRequest) => string;
  /** The account is registered from where the request came from. */
  readonly isRegisteredHere: (account: Account, request: ReceivedRequest) => boolean;
}

/** The account, or undefined: the request has been answered. */
export function authenticate(parts: AuthenticationParts, request: ReceivedRequest, link: SipLink): Account | undefined {
  const authorization = authorizationOf(request, parts.realm);
  if (authorization === undefined) {
    parts.failures.challenged(parts.sourceOf(request), request.method);
    return challenge(parts, { request, link, username: claimedUser(request) });
  }
  if (!isSignedFor(parts, authorization, request)) {
    parts.failures.failed(parts.sourceOf(request));
    link.reply(request, 400);
    return undefined;
  }
  const account = acceptable(parts, request, proven(parts.book(), authorization, request.method));
  const state = parts.nonces.stateOf(authorization.nonce);
  if (state !== 'fresh') {
    // A wrong guess with an old nonce is challenged like a right one: it tells nothing, and costs the guesser a failure.
    if (account === undefined) parts.failures.failed(parts.sourceOf(request));
    return challenge(parts, { request, link, username: authorization.username, stale: 'stale' });
  }
  if (account === undefined) {
    parts.failures.failed(parts.sourceOf(request));
    link.reply(request, 403);
    return undefined;
  }
  if (!parts.nonces.use(authorization.nonce, Number.parseInt(authorization.nc, 16)))
    return challenge(parts, { request, link, username: authorization.username, stale: 'stale' });
  parts.failures.proven(parts.sourceOf(request));
  return account;
}

/** Where passwords were guessed from a phone's own port, a right guess for another account is answered like a wrong one. */
function acceptable(
  parts: AuthenticationParts,
  request: ReceivedRequest,
  account: Account | undefined,
): Account | undefined {
  if (account === undefined || !parts.failures.isConfined(parts.sourceOf(request))) return account;
  return parts.isRegisteredHere(account, request) ? account : undefined;
}

export function authorizationOf(request: ReceivedRequest, realm: string): Authorization | undefined {
  for (const name of ['authorization', 'proxy-authorization']) {
    const value = headerOf(request, name);
    const found = value === undefined ? undefined : parseAuthorization(value, realm);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What was signed is what is asked (RFC 7616 section 3.4.6): a MAC for one number opens no call to another. Parameters are
 * left out of it; a host other than the request's must be a name of ours: some phones know us by name and by address.
 */
function isSignedFor(parts: AuthenticationParts, { uri }: Authorization, request: ReceivedRequest): boolean {
  if (uri === request.uri) return true;
  const [signed, asked] = [parseUri(uri), parseUri(request.uri)];
  if (signed === undefined || asked === undefined) return false;
  if (signed.scheme !== asked.scheme || signed.user !== asked.user) return false;
  const host = signed.host.replace(/^\[|\]$/g, '');
  if (signed.host !== asked.host && host !== parts.realm.toLowerCase() && !parts.ownHosts.includes(host)) return false;
  return signed.port === undefined || asked.port === undefined || signed.port === asked.port;
}

function proven(book: AccountBook, authorization: Authorization, method: string): Account | undefined {
  const account = book.byUsername.get(authorization.username);
  const expected = book.algorithmFor(authorization.username);
  // Nobody's HA1 for a name nobody has: the same work as for a known one.
  const ha1 = account === undefined ? nobody : book.ha1(account, authorization.algorithm);
  const isRight = isProvenBy(authorization, method, ha1);
  return isRight && expected === authorization.algorithm ? account : undefined;
}

const nobody = '0'.repeat(64);

function challenge(
  parts: AuthenticationParts,
  to: {
    readonly request: ReceivedRequest;
    readonly link: SipLink;
    readonly username: string;
    readonly stale?: 'stale';
  },
): undefined {
  const value = writeChallenge({
    realm: parts.realm,
    nonce: parts.nonces.make(),
    algorithm: parts.book().algorithmFor(to.username),
    ...(to.stale === undefined ? {} : { stale: to.stale }),
  });
  to.link.reply(to.request, 401, { headers: { 'WWW-Authenticate': value } });
}

/** Before a challenge nothing is proven; REGISTER names its account in To, others in From. */
function claimedUser(request: ReceivedRequest): string {
  const field = headerOf(request, request.method === 'REGISTER' ? 'to' : 'from') ?? '';
  const user = parseUri(parseNameAddr(field)?.uri ?? '')?.user ?? '';
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

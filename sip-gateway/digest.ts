/**
 * Digest access authentication, both roles, pure: RFC 7616 as SIP uses it (RFC 3261 section 22, RFC 8760 for SHA-256).
 * Only qop=auth. Nonces and their counts live in nonces.ts. drachtio-srf's own `auth` is not used: it knows MD5 only and
 * merges two challenges into one.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { quoted, unquoted } from './header-values';

const hashes = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;
export type DigestAlgorithm = keyof typeof hashes;

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  readonly algorithm: DigestAlgorithm;
  /** The `-sess` variant: HA1 covers nonce and cnonce too. */
  readonly perSession: boolean;
  /** As the server wrote it, echoed in the answer; undefined: it named none and means MD5. */
  readonly algorithmAsWritten?: string;
  /** False: a server of RFC 2069, without nonce count. */
  readonly qop: boolean;
  readonly stale: boolean;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What an Authorization or Proxy-Authorization field says. */
export interface Authorization {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly cnonce: string;
  /** Hexadecimal as sent; eight digits. */
  readonly nc: string;
}

const hex = (algorithm: DigestAlgorithm, text: string): string =>
  createHash(hashes[algorithm]).update(text).digest('hex');

/** H(username:realm:password), what the database keeps instead of a password. */
export function ha1Of(of: Credentials & { readonly realm: string }, algorithm: DigestAlgorithm): string {
  return hex(algorithm, `${of.username}:${of.realm}:${of.password}`);
}

/** RFC 7616 section 3.4.1 with qop=auth; without `nc` the form of RFC 2069. */
export function responseOf(of: {
  readonly algorithm: DigestAlgorithm;
  readonly ha1: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  readonly nc?: string;
  readonly cnonce?: string;
}): string {
  const ha2 = hex(of.algorithm, `${of.method}:${of.uri}`);
  const between = of.nc === undefined ? of.nonce : `${of.nonce}:${of.nc}:${of.cnonce ?? ''}:auth`;
  return hex(of.algorithm, `${of.ha1}:${between}:${ha2}`);
}

/** True if whoever made it knows the password. Takes the same time for a right and a wrong one. */
export function isProvenBy(authorization: Authorization, method: string, ha1: string): boolean {
  const expected = Buffer.from(responseOf({ ...authorization, ha1, method }));
  const given = Buffer.from(authorization.response.toLowerCase());
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The WWW-Authenticate value for one algorithm. `stale`: the password was right, only the nonce is used up. */
export function writeChallenge(of: {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly stale?: 'stale';
}): string {
  const stale = of.stale === undefined ? '' : ', stale=true';
  return `Digest realm=${quoted(of.realm)}, nonce="${of.nonce}", algorithm=${of.algorithm}, qop="auth"${stale}`;
}

/** Reads credentials with qop=auth for our realm; undefined: none such, or not readable. */
export function parseAuthorization(text: string, realm: string): Authorization | undefined {
  for (const params of digestFields(text)) {
    const algorithm = algorithmNamed(params.get('algorithm'));
    const nc = params.get('nc') ?? '';
    if (params.get('realm') !== realm || algorithm === undefined || algorithm.perSession) continue;
    if (params.get('qop') !== 'auth' || !/^[0-9a-f]{8}$/i.test(nc)) continue;
    return {
      username: params.get('username') ?? '',
      realm,
      nonce: params.get('nonce') ?? '',
      uri: params.get('uri') ?? '',
      response: params.get('response') ?? '',
      algorithm: algorithm.name,
      cnonce: params.get('cnonce') ?? '',
      nc,
    };
  }
  return undefined;
}

/** The strongest challenge we can answer among those of a 401 or 407 (several fields arrive joined by commas). */
export function parseChallenges(text: string): Challenge | undefined {
  const strength: Readonly<Record<DigestAlgorithm, number>> = { MD5: 1, 'SHA-512-256': 2, 'SHA-256': 3 };
  let best: Challenge | undefined;
  for (const params of digestFields(text)) {
    const challenge = challengeOf(params);
    if (challenge === undefined) continue;
    if (best === undefined || strength[challenge.algorithm] > strength[best.algorithm]) best = challenge;
  }
  return best;
}

function challengeOf(params: ReadonlyMap<string, string>): Challenge | undefined {
  const written = params.get('algorithm');
  const algorithm = algorithmNamed(written);
  const qops = params
    .get('qop')
    ?.split(',')
    .map((qop) => qop.trim().toLowerCase());
  const realm = params.get('realm');
  const nonce = params.get('nonce');
  const opaque = params.get('opaque');
  if (algorithm === undefined || realm === undefined || nonce === undefined) return undefined;
  if (qops !== undefined && !qops.includes('auth')) return undefined; // auth-int alone: we do not
  return {
    realm,
    nonce,
    algorithm: algorithm.name,
    perSession: algorithm.perSession,
    qop: qops !== undefined,
    stale: params.get('stale')?.toLowerCase() === 'true',
    ...(opaque === undefined ? {} : { opaque }),
    ...(written === undefined ? {} : { algorithmAsWritten: written }),
  };
}

/** The Authorization value that answers a challenge. `count` is how often this nonce was used, from 1. */
export function answerChallenge(of: {
  readonly challenge: Challenge;
  readonly credentials: Credentials;
  readonly method: string;
  readonly uri: string;
  readonly count: number;
  readonly cnonce: string;
}): string {
  const { challenge, credentials, method, uri, cnonce } = of;
  const { algorithm, realm, nonce } = challenge;
  const plain = ha1Of({ ...credentials, realm }, algorithm);
  const ha1 = challenge.perSession ? hex(algorithm, `${plain}:${nonce}:${cnonce}`) : plain;
  const nc = of.count.toString(16).padStart(8, '0');
  const response = responseOf({ algorithm, ha1, method, uri, nonce, ...(challenge.qop ? { nc, cnonce } : {}) });
  const parts = [
    `username=${quoted(credentials.username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
  ];
  if (challenge.algorithmAsWritten !== undefined) parts.push(`algorithm=${challenge.algorithmAsWritten}`);
  if (challenge.qop) parts.push('qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`);
  else if (challenge.perSession) parts.push(`cnonce="${cnonce}"`);
  if (challenge.opaque !== undefined) parts.push(`opaque=${quoted(challenge.opaque)}`);
  return `Digest ${parts.join(', ')}`;
}

function algorithmNamed(name: string | undefined): { name: DigestAlgorithm; perSession: boolean } | undefined {
  const upper = (name ?? 'MD5').toUpperCase();
  const perSession = upper.endsWith('-SESS');
  const bare = perSession ? upper.slice(0, -5) : upper;
  return bare === 'MD5' || bare === 'SHA-256' || bare === 'SHA-512-256' ? { name: bare, perSession } : undefined;
}

/** `Digest a="1", b=2, Digest a="3"` → one map for each scheme that is Digest. */
function digestFields(text: string): Map<string, string>[] {
  const fields: Map<string, string>[] = [];
  let current: Map<string, string> | undefined;
  const token = /\s*(?:([A-Za-z][\w-]*)\s+(?=[\w-]+\s*=))?([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]*)\s*(?:,|$)/gy;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[1] !== undefined) {
      current = found[1].toLowerCase() === 'digest' ? new Map() : undefined;
      if (current !== undefined) fields.push(current);
    }
    const name = (found[2] ?? '').toLowerCase();
    const value = found[3] ?? '';
    if (current !== undefined && !current.has(name)) current.set(name, value.startsWith('"') ? unquoted(value) : value);
  }
  return fields;
}

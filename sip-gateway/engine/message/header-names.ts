// Header names: from what stands on the wire (any case, compact forms) to one lower-case key, and how we write them.
// RFC 3261 §7.3.3 and §20; compact forms of RFC 3261, 3265 (event), 3515 (refer-to), 3892 (referred-by), 4028 (session-expires).

const COMPACT: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
  o: 'event',
  u: 'allow-events',
  r: 'refer-to',
  b: 'referred-by',
  x: 'session-expires',
  a: 'accept-contact',
  j: 'reject-contact',
  d: 'request-disposition',
};

const WRITTEN: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  rack: 'RAck',
  rseq: 'RSeq',
  'mime-version': 'MIME-Version',
  'min-se': 'Min-SE',
};

/** Names seen so far, exactly as they stood on the wire: a look-up instead of lower-casing every header again. */
const keysSeen = new Map<string, string>();
const KEYS_SEEN_MAX = 2000;

/** The key (lower case, long form) of a header name. */
export function headerKey(name: string): string {
  const known = keysSeen.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const key = COMPACT[lower] ?? lower;
  if (keysSeen.size < KEYS_SEEN_MAX && name.length <= 64) keysSeen.set(name, key);
  return key;
}

const written = new Map<string, string>();

/** How we write a header the application named: `X-` names untouched, others with a capital after each dash. */
export function writtenName(name: string): string {
  const known = written.get(name);
  if (known !== undefined) return known;
  const key = headerKey(name);
  const text =
    WRITTEN[key] ?? (key.startsWith('x-') ? name : key.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()));
  if (written.size < KEYS_SEEN_MAX && name.length <= 64) written.set(name, text);
  return text;
}

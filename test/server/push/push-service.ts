/**
 * A push service on loopback with the browser behind it: checks who sends (VAPID, RFC 8292) and opens what was sent with the
 * browser's own key (RFC 8291, RFC 8188), as a real browser does.
 */
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Pushed {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The claims of a token whose signature is right; undefined: it is not. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
}

export interface PushService {
  readonly origin: string;
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  /** Resolves with the next message that nobody has taken yet. */
  readonly next: () => Promise<Pushed>;
  readonly count: () => number;
  /** What it answers from now on. */
  status: number;
  readonly close: () => Promise<void>;
}

export async function startPushService(): Promise<PushService> {
  const browser = createECDH('prime256v1');
  const auth = randomBytes(16);
  browser.generateKeys();
  const came: Pushed[] = [];
  const waiting: ((pushed: Pushed) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      count += 1;
      const text = opened(browser, auth, Buffer.concat(chunks));
      const pushed: Pushed = { headers: request.headers, text, claims: claimsOf(request.headers.authorization ?? '') };
      const taker = waiting.shift();
      if (taker === undefined) came.push(pushed);
      else taker(pushed);
      response.writeHead(service.status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const keys = { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') };
  const service: PushService = {
    origin,
    subscription: { endpoint: `${origin}/one`, keys },
    next: () => {
      const pushed = came.shift();
      return pushed === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(pushed);
    },
    count: () => count,
    status: 201,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return service;
}

/** RFC 8188 section 2: salt, record size, the sender's public key, one record. */
function opened(browser: ECDH, auth: Buffer, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32));
  const key = hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', Buffer.from(key), Buffer.from(nonce));
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
}

function claimsOf(authorization: string): Pushed['claims'] {
  const { t: token = '', k: key = '' } = /^vapid t=(?<t>[^,]+), ?k=(?<k>.+)$/.exec(authorization)?.groups ?? {};
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isRight = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isRight ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>) : undefined;
}

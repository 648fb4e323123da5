/** The listeners on real sockets: HTTPS with our authority, its change without a restart, plain HTTP, and bad senders. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { connect as tlsConnect } from 'node:tls';
import { type CertificateAndKey, issueLeaf, makeRoot } from '../../../server/certificate/authority';
import { type Certificates, openCertificates } from '../../../server/certificate/certificates';
import { type Listeners, startListeners } from '../../../server/api/listeners';
import { type Config, readConfig } from '../../../server/config';
import { startTestService, type TestService } from './service';

let service: TestService;
let certificates: Certificates;
let listeners: Listeners;
let swap: (next: CertificateAndKey) => void;
beforeAll(async () => {
  service = await startTestService();
  const { config, clock, log } = service.deps;
  const own = await openCertificates({ config, clock, log });
  certificates = { ...own, onChange: (take) => void (swap = take) };
  listeners = await startListeners({ app: service.app, config: listenAt({}), certificates, clock });
});
afterAll(async () => {
  certificates.close();
  await listeners.close();
  await service.close();
});

function listenAt(more: Record<string, string>): Config {
  const folder = service.deps.config.dataFolder;
  const config = readConfig({
    TRUNKLINE_DATA: folder,
    TRUNKLINE_HTTP: '127.0.0.1:0',
    TRUNKLINE_HTTPS: '127.0.0.1:0',
    ...more,
  });
  if (!config.ok) throw new Error('wrong configuration in a test');
  return config.value;
}

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
const get = (
  path: string,
  options: object,
  ask: typeof httpRequest | typeof httpsRequest = httpRequest,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const sent = ask({ host: '127.0.0.1', path, agent: false, ...options }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, headers: response.headers, body }), reject);
    });
    sent.on('error', reject);
    sent.end();
  });
const getSecure = (path: string, options: object = {}): Promise<Reply> =>
  get(path, { port: listeners.https.port, ca: certificates.root(), ...options }, httpsRequest);

/** Writes text to the socket and reads what comes until it is closed. */
function raw(port: number, written: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(written));
    text(socket).then(resolve, reject);
  });
}

test('a browser that knows our root trusts HTTPS by name and by address; one that does not, does not', async () => {
  expect(await getSecure('/healthz')).toMatchObject({ status: 200, body: '{"status":"up"}' });
  expect((await getSecure('/healthz', { servername: 'localhost', host: 'localhost', family: 4 })).status).toBe(200);
  await expect(getSecure('/healthz', { ca: undefined })).rejects.toThrow(/self.signed|unable to/i);
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' };
  await expect(getSecure('/healthz', old)).rejects.toThrow();
});

test('a new certificate is shown without a restart', async () => {
  const shown = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = tlsConnect({ host: '127.0.0.1', port: listeners.https.port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.on('error', reject);
    });
  const before = await shown();
  swap(await issueLeaf(await makeRoot(Date.now()), ['localhost'], Date.now()));
  expect(await shown()).not.toBe(before);
  swap(certificates.current());
  expect(await shown()).toBe(before);
});

test('the cookie of HTTPS is __Host-, and a change is taken with the Origin of HTTPS only', async () => {
  const body = JSON.stringify({ login: 'admin', password: 'correct horse battery' });
  const send = (path: string, headers: Record<string, string>, payload: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: listeners.https.port,
        path,
        method: 'POST',
        agent: false,
        ca: certificates.root(),
      };
      const sent = httpsRequest(
        { ...options, headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          text(response).then(
            (answer) => resolve({ status: response.statusCode, headers: response.headers, body: answer }),
            reject,
          );
        },
      );
      sent.on('error', reject);
      sent.end(payload);
    });
  const login = await send('/api/login', {}, body);
  const cookie = String(login.headers['set-cookie']).split(';', 1)[0] ?? '';
  expect(cookie).toMatch(/^__Host-trunkline=/);
  const own = `https://127.0.0.1:${listeners.https.port}`;
  expect((await send('/api/contacts', { cookie, origin: own }, '{"name":"A"}')).status).toBe(201);
  expect((await send('/api/contacts', { cookie, origin: own.replace('https', 'http') }, '{"name":"A"}')).status).toBe(
    403,
  );
  expect((await send('/api/contacts', { cookie }, '{"name":"A"}')).status).toBe(403);
});

test('plain HTTP on loopback serves everything', async () => {
  expect((await get('/readyz', { port: listeners.http.port })).status).toBe(200);
  expect((await get('/api/me', { port: listeners.http.port })).status).toBe(401);
});

test('plain HTTP bound elsewhere leads to HTTPS and serves nothing', async () => {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  const host = address ?? '0.0.0.0';
  const config = listenAt({ TRUNKLINE_HTTP: `${host}:0` });
  const bound = await startListeners({ app: service.app, config, certificates, clock: service.deps.clock });
  const options = { host: address ?? '127.0.0.1', port: bound.http.port };
  const answer = await get('/api/me?x=1', { ...options, headers: { host: 'pbx.example:80' } });
  expect(answer).toMatchObject({ status: 308, body: '' });
  expect(answer.headers.location).toBe(`https://pbx.example:${bound.https.port}/api/me?x=1`);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect((await get('/', { ...options, headers: { host: 'evil.example/\\@x' } })).status).toBe(400);
  await bound.close();
});

test('an address that is taken stops the start with the name of its key', async () => {
  const config = listenAt({ TRUNKLINE_HTTPS: `127.0.0.1:${listeners.https.port}` });
  const start = startListeners({ app: service.app, config, certificates, clock: service.deps.clock });
  await expect(start).rejects.toThrow(/^TRUNKLINE_HTTPS: cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)$/);
});

test('10 MB announced or sent in chunks gets 413 from a real socket', async () => {
  const head = `POST /api/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${String(service.deps.config.apiToken)}\r\n`;
  const announced = await raw(listeners.http.port, `${head}Content-Length: 10485760\r\nConnection: close\r\n\r\n{`);
  expect(announced).toMatch(/^HTTP\/1\.1 413 /);
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
  const chunked = await raw(
    listeners.http.port,
    `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}${chunk}`,
  );
  expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
});

test.each([
  ['what is no HTTP', 'HELLO\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['headers of 64 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(65_536)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  [
    'two lengths',
    'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    /^HTTP\/1\.1 400 /,
  ],
  [
    'a length and chunks',
    'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    /^HTTP\/1\.1 400 /,
  ],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  [
    'climbing out of the folder',
    'GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    /^HTTP\/1\.1 40[04] /,
  ],
])('%s is answered with an error and the service stays up', async (_name, written, expected) => {
  expect(await raw(listeners.http.port, written)).toMatch(expected);
  expect((await get('/healthz', { port: listeners.http.port })).status).toBe(200);
});

// SIP over WebSocket (RFC 7118) with real clients: what is said, what keeps a connection alive, what ends one, and what a
// stranger can do.

import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { issueLeaf, makeRoot } from '../../../server/certificate/authority';
import { sipFixture } from './fixture';
import { TcpPeer } from './peer';
import type { App, AppDialog } from './srf-app';
import { connectRegistrar, connectSrf, deferred, settled, startTestEngine, type TestEngine } from './test-engine';
import { WsPeer } from './ws-peer';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n';
let engine: TestEngine;
let srf: App;
let port: number;
const peers: { close(): void }[] = [];

beforeEach(async () => {
  const tcp = { connectionsMax: 12, connectionsPerSourceMax: 6, idleMs: 600_000, patienceMs: 10_000 };
  engine = await startTestEngine({ listen: ['ws'], limits: { tcp, badMessagesPerSourcePerMinuteMax: 8 } });
  port = engine.portOf('ws');
  srf = await connectRegistrar(engine);
  srf.options((_req, res) => res.send(200));
  await settled();
});

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close();
  srf.disconnect();
  await settled();
  await engine.stop();
});

async function client(name?: string): Promise<WsPeer> {
  const peer = await WsPeer.open(port, name);
  peers.push(peer);
  return peer;
}

let registrations = 0;
async function registered(name?: string): Promise<WsPeer> {
  const page = await client(name);
  page.send(page.request('REGISTER', { callId: `r${++registrations}`, to: '<sip:anna@office>' }));
  await page.next('SIP/2.0 200');
  return page;
}

/** The application calls the page, which answers; gives the dialog and the INVITE. */
async function answeredBy(page: WsPeer, name: string) {
  const calling = srf.createUAC(`sip:peer@${name};transport=ws`, { localSdp: SDP });
  const invite = await page.next('INVITE');
  page.answer(invite, '200 OK', { body: SDP });
  const dialog = await calling;
  await page.next('ACK');
  return { dialog, invite };
}

test('a page registers and is called down its own connection, with WS in our Via and ws in our Contact', async () => {
  const page = await registered('x-called.invalid');
  const { dialog, invite } = await answeredBy(page, 'x-called.invalid');
  expect(invite.startLine).toBe('INVITE sip:peer@x-called.invalid;transport=ws SIP/2.0');
  expect(invite.header('Via')).toMatch(new RegExp(`^SIP/2\\.0/WS 127\\.0\\.0\\.1:${port};branch=z9hG4bK`));
  expect(invite.header('Contact')).toBe(`<sip:127.0.0.1:${port};transport=ws>`);
  void dialog.destroy();
  page.answer(await page.next('BYE'), '200 OK');
});

test('a page that comes back under its name gets the BYE of a dialog that began on the connection before', async () => {
  const page = await registered('x-back.invalid');
  const { dialog } = await answeredBy(page, 'x-back.invalid');
  page.close();
  await page.closed();
  const back = await registered('x-back.invalid');
  void dialog.destroy();
  const bye = await back.next('BYE');
  expect(bye.startLine).toBe('BYE sip:peer@x-back.invalid;transport=ws SIP/2.0');
  back.answer(bye, '200 OK');
});

test('where the old connection hangs half dead, the one it registered on last is taken', async () => {
  const page = await registered('x-twice.invalid');
  const { dialog } = await answeredBy(page, 'x-twice.invalid');
  const back = await registered('x-twice.invalid');
  void dialog.destroy();
  back.answer(await back.next('BYE'), '200 OK');
  expect(page.received).toEqual([]);
});

test('a page that is gone for good is looked for nowhere else, and its dialog ends at once', async () => {
  const page = await registered('x-gone.invalid');
  const { dialog } = await answeredBy(page, 'x-gone.invalid');
  page.close();
  await page.closed();
  await dialog.destroy();
  expect(await engine.counters()).toMatchObject({ dialogs: 0 });
});

test('a page that comes back hangs up over its new connection', async () => {
  const page = await registered('x-hangs.invalid');
  const { dialog, invite } = await answeredBy(page, 'x-hangs.invalid');
  const ended = deferred<undefined>();
  dialog.on('destroy', () => ended.resolve(undefined));
  page.close();
  const back = await registered('x-hangs.invalid');
  const from = `${invite.header('To')};tag=peer`;
  const bye = back.request('BYE', { callId: invite.header('Call-ID'), to: invite.header('From') });
  back.send(bye.replace(/^From: .*$/m, `From: ${from}`));
  await back.next('SIP/2.0 200');
  await ended.promise;
});

test('a page calls; text without Content-Length is one message to its end; all answers come back on the connection', async () => {
  const taken = deferred<AppDialog>();
  srf.invite((req, res) => {
    expect(req.body).toBe('v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n');
    void srf.createUAS(req, res, { localSdp: SDP }).then(taken.resolve);
  });
  await settled();
  const page = await client();
  page.send(sipFixture('invite-over-websocket-without-content-length.sip'));
  await page.next('SIP/2.0 100');
  const ok = await page.next('SIP/2.0 200');
  expect(ok.header('Contact')).toBe(`<sip:127.0.0.1:${port};transport=ws>`);
  expect(ok.header('Via')).toMatch(
    /^SIP\/2\.0\/WS df7jal23ls0d\.invalid;branch=z9hG4bK56sdasks.*;received=127\.0\.0\.1/,
  );
  const ack = page.request('ACK', { callId: 'asidkj3ss', to: ok.header('To') });
  page.send(ack.replace(/^From: .*$/m, 'From: <sip:anna@office.example>;tag=asdyka899'));
  const dialog = await taken.promise;
  void dialog.destroy();
  const bye = await page.next('BYE');
  expect(bye.startLine).toBe('BYE sip:anna@df7jal23ls0d.invalid;transport=ws;ob SIP/2.0');
  page.answer(bye, '200 OK');
});

test('a browser behind a proxy that ends TLS says WSS, and is heard', async () => {
  const page = await client();
  page.send(sipFixture('register-over-websocket.sip'));
  await page.next('SIP/2.0 200');
});

test('binary frames are messages too; ours are text, but where they would not be UTF-8', async () => {
  const page = await client('x-binary.invalid');
  page.socket.send(Buffer.from(page.request('REGISTER', { callId: 'bin', to: '<sip:anna@office>' })));
  await page.next('SIP/2.0 200');
  const odd = page.request('OPTIONS', { callId: 'latin', lines: 'Subject: caf\xe9\r\n' });
  page.socket.send(Buffer.from(odd.replace('To: <sip:service', 'To: "caf\xe9" <sip:service'), 'latin1'));
  await page.next('SIP/2.0 200');
  expect(page.frames).toEqual([false, true]);
});

test('two line ends are answered with one (RFC 5626), and a ping with a pong', async () => {
  const page = await client();
  page.send('\r\n\r\n');
  await page.pong();
  page.socket.ping();
  await once(page.socket, 'pong');
});

test('a far end that answers no ping is hung up on, and the gateway is told whose connection it was', async () => {
  const [page, sleeper] = [await registered(), await registered()];
  const local = (sleeper.socket as unknown as { _socket: { localPort: number } })._socket.localPort;
  sleeper.socket.pause();
  engine.clock.forward(15_000);
  await once(page.socket, 'ping');
  await settled();
  engine.clock.forward(15_000);
  sleeper.socket.resume();
  expect(await sleeper.closed()).toBe(1006);
  await settled();
  expect(engine.said).toContainEqual({ type: 'flow-lost', wire: 'ws', address: '127.0.0.1', port: local });
  expect(page.socket.readyState).toBe(WebSocket.OPEN);
});

test('the gateway may have a connection ended', async () => {
  const page = await registered();
  const local = (page.socket as unknown as { _socket: { localPort: number } })._socket.localPort;
  engine.tell({ type: 'end-flow', address: '127.0.0.1', port: local });
  expect(await page.closed()).toBe(1006);
});

test.each([
  ['UDP over a WebSocket', (page: WsPeer) => page.request('REGISTER', { callId: 'lie' }).replace('2.0/WS', '2.0/UDP')],
  ['TCP over a WebSocket', (page: WsPeer) => page.request('INVITE', { callId: 'lie' }).replace('2.0/WS', '2.0/TCP')],
])('a Via that says %s is refused: what speaks there is known by it', async (_, request) => {
  const page = await client();
  page.send(request(page));
  expect((await page.next('SIP/2.0 4')).startLine).toBe('SIP/2.0 400 Via Names Another Transport');
});

test('and so is a Via that says WebSocket over TCP', async () => {
  const phone = await TcpPeer.open(engine.tcpPort);
  peers.push(phone);
  phone.send(phone.request('REGISTER', { callId: 'lie' }).replace('2.0/TCP', '2.0/WS'));
  expect((await phone.next('SIP/2.0 4')).startLine).toBe('SIP/2.0 400 Via Names Another Transport');
});

describe('a stranger', () => {
  const refusedStatus = (protocols: string[]): Promise<number | undefined> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, protocols);
      peers.push({ close: () => socket.terminate() });
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_request, response) => {
        socket.terminate();
        resolve(response.statusCode);
      });
    });

  test('who asks for no subprotocol, or another, is refused; a plain request is told to upgrade', async () => {
    expect(await refusedStatus([])).toBe(400);
    expect(await refusedStatus(['chat'])).toBe(400);
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 426 /);
  });

  test('who sends a frame larger than any message is hung up on, in one frame or in a thousand', async () => {
    const [whole, pieces, good] = [await client(), await client(), await client()];
    whole.send('x'.repeat(70_000));
    for (let i = 0; i < 1000; i++) pieces.socket.send('y'.repeat(100), { fin: false });
    expect(await Promise.all([whole.closed(), pieces.closed()])).toEqual([1009, 1009]);
    good.send(good.request('OPTIONS', { callId: 'good' }));
    await good.next('SIP/2.0 200');
    expect((await engine.counters()).framingBroken).toBe(2);
  });

  test('a message in fragments is read whole', async () => {
    const page = await client();
    const request = page.request('OPTIONS', { callId: 'pieces' });
    for (let at = 0; at < request.length; at += 50)
      page.socket.send(request.slice(at, at + 50), { fin: at + 50 >= request.length });
    await page.next('SIP/2.0 200');
  });

  test('binary garbage is counted; who sends nothing else is silenced, and its next connection refused', async () => {
    const page = await client();
    for (let i = 0; i < 20; i++) page.socket.send(Buffer.alloc(500, i));
    page.send(page.request('OPTIONS', { callId: 'silenced' }));
    page.socket.ping();
    await once(page.socket, 'pong');
    expect(page.received).toEqual([]);
    expect(await engine.counters()).toMatchObject({ garbage: 9 });
    const late = new WebSocket(`ws://127.0.0.1:${port}/`, ['sip']);
    late.on('error', () => undefined);
    await new Promise((resolve) => late.on('close', resolve));
    expect((await engine.counters()).connectionsRefused).toBe(1);
  });

  test('who breaks the framing of WebSocket itself is hung up on', async () => {
    const page = await client();
    const { _socket: raw } = page.socket as unknown as { _socket: { write(bytes: Buffer): void } };
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    expect(await page.closed()).toBe(1002);
  });

  test('who opens a thousand connections and says nothing keeps six, and those not for long', async () => {
    const open = Array.from({ length: 1000 }, () => new WebSocket(`ws://127.0.0.1:${port}/`, ['sip']));
    const ends = open.map(
      (socket) =>
        new Promise<string>((resolve) => {
          socket.on('error', () => undefined);
          socket.on('open', () => resolve('open'));
          socket.on('close', () => resolve('refused'));
        }),
    );
    const all = await Promise.all(ends);
    expect(all.filter((end) => end === 'open')).toHaveLength(6);
    expect((await engine.counters()).connectionsRefused).toBe(994);
    const phone = await TcpPeer.open(engine.tcpPort); // other doors have their own count
    peers.push(phone);
    phone.send(phone.request('OPTIONS', { callId: 'phone' }));
    await phone.next('SIP/2.0 200');
    const closing = Promise.all(
      open.filter((one) => one.readyState === WebSocket.OPEN).map((one) => once(one, 'close')),
    );
    engine.clock.forward(15_000);
    await closing;
    await registered();
  });
});

test('TLS and secure WebSocket show a certificate, and the next one without a restart', async () => {
  const [root, nextRoot] = [await makeRoot(Date.now()), await makeRoot(Date.now())];
  const leaf = (of: typeof root) => issueLeaf(of, ['127.0.0.1'], Date.now());
  const secure = await startTestEngine({ listen: ['tls', 'wss'], certificate: await leaf(root) });
  const app = await connectSrf(secure);
  app.options((_req, res) => res.send(200));
  await settled();
  const tls = await TcpPeer.openTls(secure.portOf('tls'), root.cert);
  const wss = await WsPeer.openTls(secure.portOf('wss'), root.cert);
  for (const peer of [tls, wss]) {
    peer.send(peer.request('OPTIONS', { callId: `on-${peer.wire}` }));
    await peer.next('SIP/2.0 200');
  }
  secure.tell({ type: 'certificate', certificate: await leaf(nextRoot) });
  await expect(TcpPeer.openTls(secure.portOf('tls'), root.cert)).rejects.toThrow(/certificate/);
  const next = [
    await TcpPeer.openTls(secure.portOf('tls'), nextRoot.cert),
    await WsPeer.openTls(secure.portOf('wss'), nextRoot.cert),
  ];
  for (const peer of [tls, wss, ...next]) peer.close();
  app.disconnect();
  await settled();
  await secure.stop();
});

test('a phone on TLS is called over its connection; without one we open none', async () => {
  const root = await makeRoot(Date.now());
  const certificate = await issueLeaf(root, ['127.0.0.1'], Date.now());
  const secure = await startTestEngine({ listen: ['tls'], certificate });
  const app = await connectSrf(secure);
  app.register((req, res) => res.send(200, { headers: { Contact: req.get('Contact'), Expires: '60' } }));
  await settled();
  const phone = await TcpPeer.openTls(secure.portOf('tls'), root.cert);
  phone.send(phone.request('REGISTER', { callId: 'tls' }));
  await phone.next('SIP/2.0 200');
  const target = `sip:peer@127.0.0.1:${phone.port};transport=tls`;
  const calling = app.createUAC(target, { localSdp: SDP }).catch((error: { status: number }) => error.status);
  const invite = await phone.next('INVITE');
  expect(invite.header('Contact')).toBe(`<sip:127.0.0.1:${secure.portOf('tls')};transport=tls>`);
  phone.answer(invite, '486 Busy Here');
  expect(await calling).toBe(486);
  phone.close();
  await phone.closed();
  await settled();
  await expect(app.createUAC(target, { localSdp: SDP })).rejects.toThrow(/not available/);
  app.disconnect();
  await settled();
  await secure.stop();
});

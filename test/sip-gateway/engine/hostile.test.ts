// What strangers send: garbage, lies about length, floods, connections that say nothing. The engine answers what can be answered,
// counts the rest, and serves the next call as if nothing had been.

import { sipFixture } from './fixture';
import { type Peer, TcpPeer, UdpPeer } from './peer';
import type { App } from './srf-app';
import { connectSrf, settled, startTestEngine, type TestEngine } from './test-engine';

let engine: TestEngine;
let srf: App;
let peer: UdpPeer;

beforeEach(async () => {
  engine = await startTestEngine({
    limits: {
      badMessagesPerSourcePerMinuteMax: 8,
      newRequestsPerSourcePerSecondMax: 5,
      tcp: { connectionsMax: 10, connectionsPerSourceMax: 3, idleMs: 600_000, patienceMs: 10_000 },
    },
  });
  srf = await connectSrf(engine);
  srf.options((_req, res) => res.send(200));
  await settled();
  peer = await UdpPeer.open(engine.udpPort);
});

afterEach(async () => {
  peer.close();
  srf.disconnect();
  await settled();
  await engine.stop();
});

const options = (callId: string, from: Peer = peer) => from.request('OPTIONS', { callId });

test.each([
  ['bad-content-length-too-long.sip', '400 Bad Content-Length'],
  ['bad-cseq-other-method.sip', '400 Bad CSeq'],
  ['bad-request-uri-with-spaces.sip', '400 Bad Request-URI'],
  ['bad-version-7.sip', '505 Version Not Supported'],
])('%s is answered %s', async (name, status) => {
  peer.send(sipFixture(name));
  expect((await peer.next('SIP/2.0')).startLine).toBe(`SIP/2.0 ${status}`);
  expect((await engine.counters()).malformed).toBe(1);
});

test('garbage is dropped and counted, keep-alives are neither', async () => {
  for (const text of ['\r\n\r\n', '\0\0', 'GET / HTTP/1.0\r\n\r\n', '{"jsonrpc":"2.0"}{"jsonrpc":"2.0"}'])
    peer.send(text);
  peer.send(options('after'));
  await peer.next('SIP/2.0 200');
  expect(await engine.counters()).toMatchObject({ keepAlives: 2, garbage: 2, malformed: 0 });
  expect(peer.received).toEqual([]);
});

test('a source that sends nothing but garbage is silenced for a while', async () => {
  for (let i = 0; i < 12; i++) peer.send('nonsense nonsense nonsense');
  await settled();
  peer.send(options('silenced'));
  await settled();
  expect((await engine.counters()).silenced).toBeGreaterThan(0);
  engine.clock.forward(60_001);
  peer.send(options('again'));
  await peer.next('SIP/2.0 200');
});

test('a source that sends good messages too is not silenced for its bad ones', async () => {
  for (let i = 0; i < 12; i++) {
    peer.send('nonsense nonsense nonsense');
    if (i % 4 === 0) peer.send(options(`good${i}`));
  }
  for (let i = 0; i < 3; i++) await peer.next('SIP/2.0 200');
  expect((await engine.counters()).silenced).toBe(0);
});

test('who has proven itself is not silenced by garbage in its name', async () => {
  srf.register((_req, res) => res.send(200));
  await settled();
  peer.send(peer.request('REGISTER', { callId: 'phone' }));
  await peer.next('SIP/2.0 200');
  for (let i = 0; i < 40; i++) peer.send('nonsense nonsense nonsense');
  peer.send(options('still-known'));
  await peer.next('SIP/2.0 200');
  expect((await engine.counters()).silenced).toBe(0);
});

test('a source silenced on command hears nothing until it is lifted', async () => {
  engine.silence('127.0.0.1', 60_000);
  peer.send(options('banned'));
  await settled();
  expect(peer.received).toEqual([]);
  engine.silence('127.0.0.1', 0);
  peer.send(options('free'));
  await peer.next('SIP/2.0 200');
});

test('new requests above the rate of a source are dropped, and served again a second later', async () => {
  for (let i = 0; i < 9; i++) peer.send(options(`flood${i}`));
  for (let i = 0; i < 5; i++) await peer.next('SIP/2.0 200');
  await settled();
  expect(peer.received).toEqual([]);
  expect((await engine.counters()).overRate).toBe(4);
  engine.clock.forward(1000);
  peer.send(options('later'));
  await peer.next('SIP/2.0 200');
});

test('a source that registered, whose call rang, or that answered us is no stranger: its rate has no limit', async () => {
  srf.register((_req, res) => res.send(200));
  srf.invite((_req, res) => res.send(180));
  await settled();
  const flood = (name: string, size: number) => {
    for (let i = 0; i < size; i++) peer.send(options(`${name}${i}`));
  };
  const ways = [
    () => peer.send(peer.request('REGISTER', { callId: 'phone' })),
    () => peer.send(peer.request('INVITE', { callId: 'trunk' })),
    () => srf.request(`sip:127.0.0.1:${peer.port}`, { method: 'OPTIONS' }, () => undefined),
  ];
  for (const [at, prove] of ways.entries()) {
    flood(`stranger${at}-`, 9);
    for (let i = 0; i < 5; i++) await peer.next('SIP/2.0 200');
    expect((await engine.counters()).overRate).toBe(4 * (at + 1));
    engine.clock.forward(1_000);
    prove();
    if (at === 0) await peer.next('SIP/2.0 200');
    else if (at === 1) await peer.next('SIP/2.0 180');
    else peer.answer(await peer.next('OPTIONS'), '200 OK');
    await settled();
    flood(`known${at}-`, 20);
    for (let i = 0; i < 20; i++) await peer.next('SIP/2.0 200');
    engine.clock.forward(2 * 3_600_000); // and after long silence it is a stranger again
    peer.received.length = 0;
  }
});

test('who only fails stays a stranger, and the limit holds without being asked for', async () => {
  const plain = await startTestEngine();
  const app = await connectSrf(plain);
  app.register((_req, res) => res.send(403));
  await settled();
  const stranger = await UdpPeer.open(plain.udpPort);
  for (let i = 0; i < 130; i++) stranger.send(stranger.request('REGISTER', { callId: `guess${i}` }));
  for (let i = 0; i < 100; i++) await stranger.next('SIP/2.0 403');
  await settled();
  expect([stranger.received.length, (await plain.counters()).overRate]).toEqual([0, 30]);
  stranger.close();
  app.disconnect();
  await settled();
  await plain.stop();
});

test('an INVITE without Contact or From tag is refused 400; an unknown method 501', async () => {
  peer.send(peer.request('INVITE', { callId: 'nc' }).replace(/^Contact: .*\r\n/m, ''));
  expect((await peer.next('SIP/2.0 400')).startLine).toContain('Missing Contact');
  peer.send(peer.request('INVITE', { callId: 'nt' }).replace(/;tag=peer/, ''));
  expect((await peer.next('SIP/2.0 400')).startLine).toContain('Missing From Tag');
  peer.send(peer.request('DANCE', { callId: 'dance' }));
  await peer.next('SIP/2.0 501');
});

test('TCP: an unreadable Content-Length is answered 400 and the connection closed', async () => {
  const stranger = await TcpPeer.open(engine.tcpPort);
  stranger.send(options('tcp', stranger).replace('Content-Length: 0', 'Content-Length: lots'));
  await stranger.next('SIP/2.0 400');
  await stranger.closed();
  expect((await engine.counters()).framingBroken).toBe(1);
});

test('TCP: a message in pieces is read whole; half a message is dropped after a while, and counted', async () => {
  const slow = await TcpPeer.open(engine.tcpPort);
  const text = slow.request('OPTIONS', { callId: 'pieces' });
  slow.send(text.slice(0, 40));
  await settled();
  slow.send(text.slice(40));
  await slow.next('SIP/2.0 200');
  slow.send(text.slice(0, 40));
  await settled();
  engine.clock.forward(20_000);
  await slow.closed();
  await settled();
  expect((await engine.counters()).halfMessages).toBe(1);
});

test('TCP: connections that say nothing are closed, and no source gets more than its share', async () => {
  const silent = [];
  for (let i = 0; i < 3; i++) silent.push(await TcpPeer.open(engine.tcpPort));
  await settled();
  const fourth = await TcpPeer.open(engine.tcpPort);
  await fourth.closed();
  expect((await engine.counters()).connectionsRefused).toBe(1);
  engine.clock.forward(20_000);
  for (const one of silent) await one.closed();
});

test('a request repeated by a stack older than RFC 3261 (no magic cookie) is still recognised', async () => {
  const old = options('rfc2543').replace(/branch=[^;]*/, 'branch=1');
  peer.send(old);
  const first = await peer.next('SIP/2.0 200');
  peer.send(old);
  expect((await peer.next('SIP/2.0 200')).text).toBe(first.text);
  expect((await engine.counters()).requestsPassed).toBe(1);
});

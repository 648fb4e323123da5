// A name with several places: the next one gets its turn after 503, silence or a dead transport (RFC 3263 §4.3), and the
// application hears one call only.

import { UdpPeer } from './peer';
import type { App } from './srf-app';
import { connectSrf, settled, startTestEngine, type TestEngine } from './test-engine';

let engine: TestEngine;
let srf: App;
let first: UdpPeer;
let second: UdpPeer;

beforeEach(async () => {
  const ports: number[] = [];
  engine = await startTestEngine({
    names: {
      addresses: () => Promise.resolve(['127.0.0.1']),
      srv: () => Promise.resolve(ports.map((port, at) => ({ name: 'host.example', port, priority: at, weight: 0 }))),
      naptr: () => Promise.resolve([]),
    },
  });
  srf = await connectSrf(engine);
  [first, second] = [await UdpPeer.open(engine.udpPort), await UdpPeer.open(engine.udpPort)];
  ports.push(first.port, second.port);
});

afterEach(async () => {
  first.close();
  second.close();
  srf.disconnect();
  await settled();
  await engine.stop();
});

const call = () =>
  srf.createUAC('sip:x@trunk.example', { localSdp: 'v=0\r\n' }).then(
    () => 200,
    (error: { status: number }) => error.status,
  );

test('503 from the first: the second is called with the same Call-ID and another branch', async () => {
  const status = call();
  const tried = await first.next('INVITE');
  first.answer(tried, '503 Service Unavailable');
  const again = await second.next('INVITE');
  expect(again.header('Call-ID')).toBe(tried.header('Call-ID'));
  expect(again.header('Via')).not.toBe(tried.header('Via'));
  await first.next('ACK');
  second.answer(again, '200 OK', { body: 'v=0\r\n' });
  expect(await status).toBe(200);
});

test('silence of the first: the second is called; silence of both is 408', async () => {
  const status = call();
  await first.next('INVITE');
  engine.clock.forward(32_000);
  await second.next('INVITE');
  engine.clock.forward(32_000);
  expect(await status).toBe(408);
});

test('a busy callee is an answer: nobody else is called', async () => {
  const status = call();
  first.answer(await first.next('INVITE'), '486 Busy Here');
  expect(await status).toBe(486);
  await settled();
  expect(second.received).toEqual([]);
});

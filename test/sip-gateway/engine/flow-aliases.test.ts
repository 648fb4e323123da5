// Whose connection a call goes down: the names of browsers (RFC 7118 §5) lead to the connection that registered them and to no
// other, and no registration draws calls that were meant for somebody else.

import { TcpPeer, UdpPeer } from './peer';
import type { App } from './srf-app';
import { connectRegistrar, settled, startTestEngine, type TestEngine } from './test-engine';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n';
let engine: TestEngine;
let srf: App;
let provider: UdpPeer;
let phones: TcpPeer[];

beforeEach(async () => {
  engine = await startTestEngine();
  srf = await connectRegistrar(engine);
  provider = await UdpPeer.open(engine.udpPort);
  phones = [];
});

afterEach(async () => {
  for (const peer of [provider, ...phones]) peer.close();
  srf.disconnect();
  await settled();
  await engine.stop();
});

let registrations = 0;

async function registered(account: string, contact: string): Promise<TcpPeer> {
  const phone = await TcpPeer.open(engine.tcpPort);
  phones.push(phone);
  const to = `<sip:${account}@office>`;
  const request = phone.request('REGISTER', { callId: `r${++registrations}`, to });
  phone.send(request.replace(/^Contact: .*$/m, `Contact: ${contact}`));
  await phone.next('SIP/2.0 200');
  return phone;
}

/** Calls and gives the status; whoever is meant refuses by itself. */
const call = (uri: string, parts: object = {}) =>
  srf.createUAC(uri, { localSdp: SDP, ...parts }).then(
    () => 200,
    (error: { status: number }) => error.status,
  );

const refusing = (peer: TcpPeer | UdpPeer, status: string) => {
  peer.rule = (message) => {
    if (!message.startLine.startsWith('INVITE')) return false;
    peer.answer(message, status);
    return true;
  };
};

test('a Contact that names a number at a provider draws no call to that number', async () => {
  const number = `sip:+420700111222@127.0.0.1:${provider.port}`;
  const thief = await registered('thief', `<${number}>`);
  refusing(thief, '603 Decline');
  refusing(provider, '486 Busy Here');
  expect(await call(number)).toBe(486);
  expect(await call(number, { proxy: number })).toBe(486);
  expect(await call('sip:+420700111222@other.example', { proxy: number })).toBe(486);
});

test('an account cannot take the name of another while its connection stands; its own page may come back', async () => {
  const name = 'sip:abc@x1.invalid;transport=ws';
  const page = await registered('anna', `<${name}>`);
  const thief = await registered('thief', `<${name}>`);
  refusing(page, '480 Temporarily Unavailable');
  refusing(thief, '603 Decline');
  expect(await call(name)).toBe(480);
  const reloaded = await registered('anna', `<${name}>`);
  refusing(reloaded, '486 Busy Here');
  expect(await call(name)).toBe(486);
});

test('nobody takes the name of another off the list', async () => {
  const name = 'sip:abc@x1.invalid';
  const page = await registered('anna', `<${name}>`);
  await registered('thief', `<${name}>;expires=0`);
  refusing(page, '480 Temporarily Unavailable');
  expect(await call(name)).toBe(480);
});

test('a name whose connection is gone leads nowhere, whatever it says of other hosts', async () => {
  refusing(provider, '486 Busy Here');
  expect(await call(`sip:abc@gone.invalid:${provider.port};maddr=127.0.0.1`)).toBe(503);
});

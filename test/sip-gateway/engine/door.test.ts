// Flows that another thread holds: what goes over them, who may speak there, and how they end.

import type { FromEngine } from '../../../sip-gateway/engine/messages';
import type { App } from './srf-app';
import { connectRegistrar, settled, startTestEngine, type TestEngine } from './test-engine';
import { UdpPeer } from './peer';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n';
const anna = { wire: 'wss', remote: { address: '192.0.2.7', port: 40_001 }, account: 'k3y-anna' } as const;
const local = { address: '192.0.2.1', port: 8443 };
let engine: TestEngine;
let srf: App;

beforeEach(async () => {
  engine = await startTestEngine({ publicAddress: '203.0.113.5', localNetworks: ['127.0.0.0/8'] });
  srf = await connectRegistrar(engine);
  srf.options((_req, res) => res.send(200));
  await settled();
  engine.tell({ type: 'flow-opened', flow: 1, local, ...anna });
});

afterEach(async () => {
  srf.disconnect();
  await settled();
  await engine.stop();
});

interface Fields {
  readonly method?: string;
  readonly from?: string;
  readonly to?: string;
  readonly via?: string;
  readonly lines?: string;
}
let requests = 0;
function request({ method = 'REGISTER', from = 'k3y-anna', to = 'k3y-anna', via = 'WSS', lines = '' }: Fields = {}) {
  return (
    `${method} sip:office SIP/2.0\r\nVia: SIP/2.0/${via} x9.invalid;branch=z9hG4bKd${++requests}\r\nMax-Forwards: 70\r\n` +
    `From: <sip:${from}@office>;tag=a\r\nTo: <sip:${to}@office>\r\nCall-ID: door${requests}\r\nCSeq: 1 ${method}\r\n` +
    `Contact: <sip:abc@x9.invalid;transport=ws>\r\n${lines}Content-Length: 0\r\n\r\n`
  );
}

/** Speaks on the flow, and gives what the engine wrote to it since. */
async function say(text: string): Promise<readonly string[]> {
  engine.said.length = 0;
  engine.tell({ type: 'flow-read', flow: 1, text });
  // What the application answers comes back over its own socket.
  for (let turn = 0; turn < 40 && !wrote().some((one) => /^SIP\/2\.0 [2-6]/.test(one)); turn++) await settled();
  return wrote();
}

const isWritten = (message: FromEngine): message is Extract<FromEngine, { type: 'flow-write' }> =>
  message.type === 'flow-write';
const wrote = (): readonly string[] => engine.said.filter(isWritten).map(({ text }) => text);
const firstLine = (text: string | undefined): string | undefined => text?.split('\r\n')[0];

test('the account of the log-in registers, and is called down the flow with our public address', async () => {
  expect(firstLine((await say(request()))[0])).toBe('SIP/2.0 200 OK');
  engine.said.length = 0;
  const calling = srf.createUAC('sip:abc@x9.invalid;transport=ws', { localSdp: SDP });
  for (let turn = 0; turn < 40 && wrote().length === 0; turn++) await settled();
  const [invite = ''] = wrote();
  expect(firstLine(invite)).toBe('INVITE sip:abc@x9.invalid;transport=ws SIP/2.0');
  expect(invite).toContain('Via: SIP/2.0/WSS 203.0.113.5:8443;branch=');
  expect(invite).toContain('Contact: <sip:203.0.113.5:8443;transport=ws>');
  engine.tell({ type: 'flow-closed', flow: 1 });
  await expect(calling).rejects.toMatchObject({ status: 503 });
});

const digest = (username: string) => `Authorization: Digest username=${username}, realm="office", nonce="1"\r\n`;

test.each<[string, Fields]>([
  ['the name of a colleague in From', { method: 'OPTIONS', from: 'k3y-boris' }],
  ['no name', { method: 'OPTIONS', from: '' }],
  ['the password of a colleague', { lines: digest('"k3y-boris"') }],
  ['that password under another field', { lines: digest('"k3y-boris"').replace('Auth', 'Proxy-Auth') }],
  ['a second set of credentials', { lines: digest('"k3y-anna"') + digest('"k3y-boris"') }],
  ['a name written without quotes', { lines: digest('k3y-boris') }],
  ['a name written in another case of its field', { lines: digest('"k3y-boris"').replace('username', 'USERNAME ') }],
  ['a name written with escapes', { lines: digest('"k3y-ann\\a"') }],
  ['a name after a quoted decoy', { lines: digest('"k3y-anna"').replace('realm', 'username="k3y-boris", realm') }],
])('%s is refused on a person’s own socket', async (_, fields) => {
  expect(firstLine((await say(request(fields)))[0])).toBe('SIP/2.0 403 Not Your Account');
  expect((await engine.counters()).requestsPassed).toBe(0);
});

test('with the right credentials, or none yet, it is passed on', async () => {
  expect(firstLine((await say(request({ lines: digest('"k3y-anna"') })))[0])).toBe('SIP/2.0 200 OK');
  expect(firstLine((await say(request({ method: 'OPTIONS', to: 'someone-else' })))[0])).toBe('SIP/2.0 200 OK');
});

test('an office that comes back at once from one address is taken in whole', async () => {
  for (let flow = 2; flow < 302; flow++) {
    engine.tell({ type: 'flow-opened', flow, local, ...anna, remote: { ...anna.remote, port: flow } });
    engine.tell({ type: 'flow-read', flow, text: request() });
  }
  expect(await engine.counters()).toMatchObject({ requestsPassed: 300, overRate: 0 });
  for (let turn = 0; turn < 400 && wrote().length < 300; turn++) await settled();
  expect(wrote().filter((text) => text.startsWith('SIP/2.0 200'))).toHaveLength(300);
});

test('what speaks there cannot pass for a phone', async () => {
  expect(firstLine((await say(request({ via: 'UDP' })))[0])).toBe('SIP/2.0 400 Via Names Another Transport');
});

test('keep-alives are answered here, and garbage is nobody’s', async () => {
  expect(await say('\r\n\r\n')).toEqual(['\r\n']);
  expect(await say('nonsense that is no SIP at all')).toEqual([]);
  expect(await engine.counters()).toMatchObject({ garbage: 1, requestsPassed: 0 });
});

test('a flow that closes is told of once, and only if SIP was spoken on it', async () => {
  engine.tell({ type: 'flow-opened', flow: 2, local, ...anna, remote: { address: '192.0.2.8', port: 2 } });
  await say(request());
  engine.said.length = 0;
  for (const flow of [1, 1, 2]) engine.tell({ type: 'flow-closed', flow });
  expect(engine.said).toEqual([{ type: 'flow-lost', wire: 'wss', address: '192.0.2.7', port: 40_001 }]);
  engine.tell({ type: 'flow-read', flow: 1, text: request() });
  expect((await engine.counters()).requestsPassed).toBe(1);
});

test('the gateway may have one ended: its holder is asked to', () => {
  engine.tell({ type: 'end-flow', address: '192.0.2.7', port: 40_001 });
  expect(engine.said).toEqual([{ type: 'flow-end', flow: 1 }]);
});

test('nobody else is called at the address of a page', async () => {
  const phone = await UdpPeer.open(engine.udpPort);
  const target = { uri: 'sip:abc@192.0.2.7:40001;transport=tcp' };
  await expect(srf.createUAC(target.uri, { localSdp: SDP })).rejects.toMatchObject({ status: 503 });
  expect(wrote()).toEqual([]);
  phone.close();
});

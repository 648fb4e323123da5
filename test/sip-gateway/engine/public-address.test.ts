// TRUNKLINE_PUBLIC_ADDRESS towards whoever is outside the local networks: in every message that names us, the second INVITE with
// credentials, ACK, CANCEL and what the engine sends by itself included; and never towards who is inside.

import { type Peer, type PeerMessage, TcpPeer, UdpPeer } from './peer';
import type { App, AppDialog } from './srf-app';
import { connectRegistrar, deferred, settled, startTestEngine, type TestEngine } from './test-engine';
import { WsPeer } from './ws-peer';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n';
const PUBLIC = '203.0.113.5';
let engine: TestEngine;
let srf: App;
const peers: Peer[] = [];

/** With 127.0.0.1 outside the local networks, or inside. */
async function start(localNetworks: readonly string[]): Promise<void> {
  engine = await startTestEngine({ listen: ['ws'], publicAddress: PUBLIC, localNetworks });
  srf = await connectRegistrar(engine);
}
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close();
  srf.disconnect();
  await settled();
  await engine.stop();
});

const udp = async (): Promise<UdpPeer> => keep(await UdpPeer.open(engine.udpPort));
function keep<One extends Peer>(peer: One): One {
  peers.push(peer);
  return peer;
}

/** Every place where a message names who sends it. */
const namesOf = (message: PeerMessage): readonly string[] =>
  ['Via', 'Contact', 'From'].map(
    (name) => /(?:@|sip:| )(\d+\.\d+\.\d+\.\d+:\d+)/.exec(message.header(name))?.[1] ?? '',
  );

async function challenged(provider: UdpPeer): Promise<{ messages: PeerMessage[]; dialog: AppDialog }> {
  const identity = {
    From: '<sip:me@localhost>',
    Contact: '<sip:line@localhost>',
    'P-Asserted-Identity': '<sip:me@localhost>',
  };
  const uri = `sip:123@127.0.0.1:${provider.port}`;
  const calling = srf.createUAC(uri, { localSdp: SDP, headers: identity, auth: { username: 'u', password: 'p' } });
  const first = await provider.next('INVITE');
  provider.answer(first, '407 Proxy Authentication Required', {
    lines: 'Proxy-Authenticate: Digest realm="provider", nonce="1", qop="auth", algorithm=MD5\r\n',
  });
  const refused = await provider.next('ACK');
  const second = await provider.next('INVITE');
  provider.answer(second, '200 OK', { body: SDP });
  const dialog = await calling;
  return { messages: [first, refused, second, await provider.next('ACK')], dialog };
}

test('an INVITE, the same with credentials, ACKs and BYE name the public address', async () => {
  await start(['10.0.0.0/8']);
  const provider = await udp();
  const { messages, dialog } = await challenged(provider);
  void dialog.destroy();
  const bye = await provider.next('BYE');
  provider.answer(bye, '200 OK');
  const ours = `${PUBLIC}:${engine.udpPort}`;
  const [first, refused, second, ack] = messages;
  for (const invite of [first, second]) {
    expect(invite && namesOf(invite)).toEqual([ours, ours, ours]);
    expect(invite?.header('P-Asserted-Identity')).toBe(`<sip:me@${ours}>`);
  }
  expect(second?.header('Proxy-Authorization')).toContain('username="u"');
  for (const message of [refused, ack, bye]) expect(message && namesOf(message)).toEqual([ours, '', ours]);
  expect([...messages, bye].map(({ text }) => text).join('')).not.toMatch(/(?:Via|Contact|From): [^\r]*127\.0\.0\.1/);
});

test('a CANCEL and a re-INVITE name it too', async () => {
  await start(['10.0.0.0/8']);
  const provider = await udp();
  const ours = `${PUBLIC}:${engine.udpPort}`;
  const { dialog } = await challenged(provider);
  void dialog.modify(SDP);
  const again = await provider.next('INVITE');
  expect(namesOf(again)).toEqual([ours, ours, ours]);
  provider.answer(again, '200 OK', { body: SDP });
  expect(namesOf(await provider.next('ACK'))[0]).toBe(ours);
  const cancel = deferred<() => void>();
  const uri = `sip:124@127.0.0.1:${provider.port}`;
  const calling = srf
    .createUAC(uri, { localSdp: SDP }, { cbRequest: (_, sent) => cancel.resolve(() => sent.cancel(() => undefined)) })
    .catch((error: { status: number }) => error.status);
  const invite = await provider.next('INVITE');
  provider.answer(invite, '180 Ringing');
  (await cancel.promise)();
  const cancelled = await provider.next('CANCEL');
  expect(namesOf(cancelled)[0]).toBe(ours);
  provider.answer(cancelled, '200 OK');
  provider.answer(invite, '487 Request Terminated');
  expect(await calling).toBe(487);
});

test('what we answer names it in Contact; the Record-Route of the way stays as it came', async () => {
  await start(['10.0.0.0/8']);
  srf.invite((req, res) => {
    res.send(180);
    void srf.createUAS(req, res, { localSdp: SDP, headers: { Contact: '<sip:line@localhost>' } });
  });
  await settled();
  const lines = 'Record-Route: <sip:127.0.0.1;lr>\r\n';
  for (const peer of [await udp(), keep(await TcpPeer.open(engine.tcpPort))]) {
    peer.send(peer.request('INVITE', { callId: `in-${peer.wire}`, lines, body: SDP }));
    const [ringing, ok] = [await peer.next('SIP/2.0 180'), await peer.next('SIP/2.0 200')];
    const [port, transport] = peer.wire === 'UDP' ? [engine.udpPort, ''] : [engine.tcpPort, ';transport=tcp'];
    expect(ringing.header('Contact')).toBe(`<sip:${PUBLIC}:${port}${transport}>`);
    expect(ok.header('Contact')).toBe(`<sip:line@${PUBLIC}:${port}${transport}>`);
    for (const answer of [ringing, ok]) expect(answer.header('Record-Route')).toBe('<sip:127.0.0.1;lr>');
    const ack = peer.request('ACK', { callId: `in-${peer.wire}`, to: ok.header('To') });
    peer.send(ack);
  }
});

test('a page outside hears it on its socket', async () => {
  await start(['10.0.0.0/8']);
  const page = keep(await WsPeer.open(engine.portOf('ws'), 'x-out.invalid'));
  page.send(page.request('REGISTER', { callId: 'out', to: '<sip:anna@office>' }));
  await page.next('SIP/2.0 200');
  const calling = srf.createUAC('sip:peer@x-out.invalid;transport=ws', { localSdp: SDP }).catch(() => undefined);
  const invite = await page.next('INVITE');
  const ours = `${PUBLIC}:${engine.portOf('ws')}`;
  expect(namesOf(invite)).toEqual([ours, ours, ours]);
  expect(invite.header('Contact')).toBe(`<sip:${ours};transport=ws>`);
  page.answer(invite, '486 Busy Here');
  await calling;
});

test('who is inside the local networks hears the local address in all of them', async () => {
  await start(['127.0.0.0/8']);
  const provider = await udp();
  const { messages, dialog } = await challenged(provider);
  void dialog.destroy();
  const bye = await provider.next('BYE');
  provider.answer(bye, '200 OK');
  expect([...messages, bye].map(({ text }) => text).join('')).not.toContain(PUBLIC);
});

// Calls that go out: the real drachtio-srf calls through the engine, a raw peer answers. RFC 3261 §13.2, §9.1, §14, §22.

import { type Peer, type PeerMessage, TcpPeer, UdpPeer } from './peer';
import type { App, AppDialog } from './srf-app';
import { connectSrf, deferred, settled, startTestEngine, type TestEngine } from './test-engine';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\na=sendrecv\r\n';
let engine: TestEngine;
let srf: App;
let peer: UdpPeer;

beforeEach(async () => {
  engine = await startTestEngine();
  srf = await connectSrf(engine);
  peer = await UdpPeer.open(engine.udpPort);
});

afterEach(async () => {
  peer.close();
  srf.disconnect();
  await settled();
  await engine.stop();
});

const uri = (user: string) => `sip:${user}@127.0.0.1:${peer.port}`;
const statusOf = (promise: Promise<unknown>): Promise<number> =>
  promise.then(
    () => 200,
    (error: { status: number }) => error.status,
  );

/** A call set up and acknowledged. */
async function established(): Promise<{ dialog: AppDialog; invite: PeerMessage; ack: PeerMessage }> {
  const calling = srf.createUAC(uri('ok'), { localSdp: SDP });
  const invite = await peer.next('INVITE');
  peer.answer(invite, '200 OK', { body: SDP });
  const ack = await peer.next('ACK');
  return { dialog: await calling, invite, ack };
}

test('a call that is answered: 180, 200, ACK to the Contact, BYE; localhost becomes our address', async () => {
  const heard: number[] = [];
  const calling = srf.createUAC(
    uri('ok'),
    { localSdp: SDP, callingNumber: '777' },
    { cbProvisional: (res) => heard.push(res.status) },
  );
  const invite = await peer.next('INVITE');
  expect(invite.header('From')).toMatch(new RegExp(`^sip:777@127\\.0\\.0\\.1:${engine.udpPort};tag=\\w+$`));
  expect(invite.header('Content-Type')).toBe('application/sdp');
  peer.answer(invite, '100 Trying');
  peer.answer(invite, '180 Ringing');
  peer.answer(invite, '200 OK', { body: SDP });
  const ack = await peer.next('ACK');
  expect(ack.startLine).toBe(`ACK sip:peer@127.0.0.1:${peer.port} SIP/2.0`);
  expect(ack.header('CSeq')).toBe(invite.header('CSeq').replace('INVITE', 'ACK'));
  expect(heard).toEqual([180]);
  const dialog = await calling;
  const ended = dialog.destroy();
  peer.answer(await peer.next('BYE'), '200 OK');
  await ended;
  expect((await engine.counters()).dialogs).toBe(0);
});

test('a busy callee: the engine acknowledges, the caller hears 486', async () => {
  const status = statusOf(srf.createUAC(uri('busy'), { localSdp: SDP }));
  const invite = await peer.next('INVITE');
  peer.answer(invite, '486 Busy Here');
  expect(await status).toBe(486);
  const ack = await peer.next('ACK');
  expect(ack.header('Via')).toBe(invite.header('Via'));
  peer.answer(invite, '486 Busy Here');
  await peer.next('ACK');
});

test('the INVITE is repeated on UDP until something is heard, and 408 is the end', async () => {
  const status = statusOf(srf.createUAC(uri('silent'), { localSdp: SDP }));
  const first = await peer.next('INVITE');
  for (const waitMs of [500, 1000, 2000]) {
    engine.clock.forward(waitMs);
    expect((await peer.next('INVITE')).text).toBe(first.text);
  }
  engine.clock.forward(32_000);
  expect(await status).toBe(408);
});

test('a CANCEL before anything is heard waits for the first provisional response', async () => {
  const status = statusOf(
    srf.createUAC(uri('slow'), { localSdp: SDP }, { cbRequest: (_problem, req) => req.cancel(() => undefined) }),
  );
  const invite = await peer.next('INVITE');
  await settled();
  expect(peer.received).toEqual([]);
  peer.answer(invite, '180 Ringing');
  const cancel = await peer.next('CANCEL');
  expect(cancel.header('Via')).toBe(invite.header('Via'));
  peer.answer(cancel, '200 OK');
  peer.answer(invite, '487 Request Terminated');
  expect(await status).toBe(487);
  await peer.next('ACK');
});

test('200 wins over our CANCEL: the call is reported, acknowledged and ended with BYE at once', async () => {
  const destroyed = deferred<string>();
  const calling = srf.createUAC(
    uri('quick'),
    { localSdp: SDP },
    { cbRequest: (_problem, req) => req.cancel(() => undefined) },
  );
  const invite = await peer.next('INVITE');
  await settled();
  peer.answer(invite, '200 OK', { body: SDP });
  void calling.then((dialog) => dialog.on('destroy', (_message, reason) => destroyed.resolve(reason)));
  await peer.next('ACK');
  const bye = await peer.next('BYE');
  expect(bye.header('Reason')).toContain('ACK-BYE due to cancel race condition');
  expect(await destroyed.promise).toBe('ACK-BYE due to cancel race condition');
  peer.answer(bye, '200 OK');
  await settled();
  expect((await engine.counters()).dialogs).toBe(0);
});

test('a cancelled INVITE that nobody ends is over after 32 s', async () => {
  const sent = deferred<{ cancel(done: () => void): void }>();
  const status = statusOf(
    srf.createUAC(uri('mute'), { localSdp: SDP }, { cbRequest: (_problem, req) => sent.resolve(req) }),
  );
  peer.answer(await peer.next('INVITE'), '180 Ringing');
  await settled();
  (await sent.promise).cancel(() => undefined);
  await peer.next('CANCEL');
  engine.clock.forward(32_000);
  expect(await status).toBe(487);
});

test('two forks answer: the first is the call, the second gets ACK and BYE', async () => {
  const calling = srf.createUAC(uri('forked'), { localSdp: SDP });
  const invite = await peer.next('INVITE');
  peer.answer(invite, '180 Ringing', { tag: 'one' });
  peer.answer(invite, '180 Ringing', { tag: 'two' });
  peer.answer(invite, '200 OK', { tag: 'one', body: SDP });
  expect((await peer.next('ACK')).startLine).toContain('sip:one@');
  peer.answer(invite, '200 OK', { tag: 'two', body: SDP });
  expect((await peer.next('ACK')).startLine).toContain('sip:two@');
  const bye = await peer.next('BYE');
  expect(bye.startLine).toContain('sip:two@');
  peer.answer(bye, '200 OK');
  const dialog = await calling;
  expect(dialog.sip.remoteTag).toBe('one');
  const asked = dialog.request({ method: 'INFO' });
  const info = await peer.next('INFO');
  expect(info.startLine).toContain('sip:one@');
  peer.answer(info, '200 OK');
  await asked;
});

test('after a call and its timers nothing is left', async () => {
  const { dialog } = await established();
  const ended = dialog.destroy();
  peer.answer(await peer.next('BYE'), '200 OK');
  await ended;
  engine.clock.forward(64_000);
  expect(await engine.counters()).toMatchObject({ dialogs: 0, transactions: 0, internalErrors: 0 });
});

test('a repeated 200 gets the same ACK again', async () => {
  const { invite, ack } = await established();
  peer.answer(invite, '200 OK', { body: SDP });
  expect((await peer.next('ACK')).text).toBe(ack.text);
});

test('407 is answered by drachtio-srf: same Call-ID and From tag, next CSeq, its ACK carries the credentials', async () => {
  const calling = srf.createUAC(uri('auth'), {
    localSdp: SDP,
    auth: { username: 'u', password: 'p' },
    headers: { 'Call-ID': 'mine' },
  });
  const first = await peer.next('INVITE');
  expect(first.header('Call-ID')).toBe('mine');
  peer.answer(first, '407 Proxy Authentication Required', {
    lines: 'Proxy-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n',
  });
  await peer.next('ACK');
  const second = await peer.next('INVITE');
  expect(second.header('Call-ID')).toBe('mine');
  expect(second.text.match(/^Call-ID:/gm)).toHaveLength(1);
  expect(second.header('From')).toBe(first.header('From'));
  expect(Number.parseInt(second.header('CSeq'), 10)).toBe(Number.parseInt(first.header('CSeq'), 10) + 1);
  peer.answer(second, '200 OK', { tag: 'second', body: SDP });
  expect((await peer.next('ACK')).header('Proxy-Authorization')).toContain('username="u"');
  await calling;
});

test('183 with RSeq is answered with PRACK once, however often it comes', async () => {
  const calling = srf.createUAC(uri('rel'), { localSdp: SDP });
  const invite = await peer.next('INVITE');
  const lines = 'Require: 100rel\r\nRSeq: 7\r\n';
  peer.answer(invite, '183 Session Progress', { lines, body: SDP });
  const prack = await peer.next('PRACK');
  expect(prack.header('RAck')).toBe(`7 ${invite.header('CSeq')}`);
  peer.answer(invite, '183 Session Progress', { lines, body: SDP });
  peer.answer(prack, '200 OK');
  peer.answer(invite, '200 OK', { body: SDP });
  await calling;
  await settled();
  expect(peer.received.filter((message) => message.startLine.startsWith('PRACK'))).toHaveLength(0);
});

test('inside the dialog: INFO, re-INVITE with its ACK, BYE from the peer', async () => {
  const { dialog, invite } = await established();
  const destroyed = deferred<string>();
  dialog.on('destroy', (_message, reason) => destroyed.resolve(reason));
  const asked = dialog.request({
    method: 'INFO',
    headers: { 'Content-Type': 'text/plain', 'P-Asserted-Identity': '<sip:7@localhost>', 'X-After': 'kept' },
    body: 'ť',
  });
  const info = await peer.next('INFO');
  expect(info.header('P-Asserted-Identity')).toBe(`<sip:7@127.0.0.1:${engine.udpPort}>`);
  expect(info.header('X-After')).toBe('kept');
  expect(info.body).toBe('ť');
  peer.answer(info, '200 OK');
  await asked;
  const modified = dialog.modify(`${SDP}a=x\r\n`);
  const reinvite = await peer.next('INVITE');
  expect(reinvite.header('CSeq')).toBe(`${Number.parseInt(invite.header('CSeq'), 10) + 2} INVITE`);
  peer.answer(reinvite, '200 OK', { body: SDP });
  expect((await peer.next('ACK')).header('CSeq')).toBe(reinvite.header('CSeq').replace('INVITE', 'ACK'));
  await modified;
  peer.send(byeFrom(peer, invite));
  await peer.next('SIP/2.0 200');
  expect(await destroyed.promise).toBe('normal release');
});

/** A BYE of the callee: From and To the other way round. */
function byeFrom(from: Peer, invite: PeerMessage): string {
  const bye = from.request('BYE', { callId: invite.header('Call-ID'), seq: 1, to: invite.header('From') });
  return bye.replace(/^From: .*$/m, `From: ${invite.header('To')};tag=peer`);
}

test('glare: the peer gets 491 while our re-INVITE is open', async () => {
  const { dialog, invite } = await established();
  const modified = statusOf(dialog.modify(SDP));
  const ours = await peer.next('INVITE');
  const theirs = peer.request('INVITE', {
    callId: invite.header('Call-ID'),
    seq: 5,
    to: invite.header('From'),
    body: SDP,
  });
  peer.send(theirs.replace(/^From: .*$/m, `From: ${invite.header('To')};tag=peer`));
  expect((await peer.next('SIP/2.0 491')).header('CSeq')).toBe('5 INVITE');
  peer.answer(ours, '491 Request Pending');
  expect(await modified).toBe(491);
});

test('routes: Record-Route is followed in reverse, a strict router takes the place of the target', async () => {
  const proxy = await UdpPeer.open(engine.udpPort);
  const calling = srf.createUAC(uri('routed'), { localSdp: SDP });
  const invite = await peer.next('INVITE');
  const lines = `Record-Route: <sip:far.example;lr>, <sip:127.0.0.1:${proxy.port};lr>\r\n`;
  peer.answer(invite, '200 OK', { lines, body: SDP });
  const ack = await proxy.next('ACK');
  expect(ack.startLine).toBe(`ACK sip:peer@127.0.0.1:${peer.port} SIP/2.0`);
  expect(ack.text.match(/^Route: .*$/gm)).toEqual([
    `Route: <sip:127.0.0.1:${proxy.port};lr>`,
    'Route: <sip:far.example;lr>',
  ]);
  await calling;
  proxy.close();
});

test('REGISTER with its own Call-ID, over an existing TCP connection, with Contact naming TCP', async () => {
  const phone = await TcpPeer.open(engine.tcpPort);
  phone.send('\r\n\r\n');
  await phone.pong();
  srf.request(
    `sip:127.0.0.1:${phone.port};transport=tcp`,
    {
      method: 'REGISTER',
      headers: {
        'Call-ID': 'reg',
        From: '<sip:u@x>',
        To: '<sip:u@x>',
        Contact: '<sip:line1@localhost>',
        Expires: '60',
      },
    },
    () => undefined,
  );
  const register = await phone.next('REGISTER');
  expect(register.header('Call-ID')).toBe('reg');
  expect(register.header('Contact')).toBe(`<sip:line1@127.0.0.1:${engine.tcpPort};transport=tcp>`);
  expect(register.header('Via')).toMatch(/^SIP\/2\.0\/TCP /);
  phone.answer(register, '200 OK');
  phone.close();
});

test('a peer that registered over TCP is called over its connection, whatever its Contact says', async () => {
  srf.register((req, res) => res.send(200, { headers: { Contact: req.get('Contact'), Expires: '60' } }));
  await settled();
  const phone = await TcpPeer.open(engine.tcpPort);
  phone.send(
    phone.request('REGISTER', { callId: 'r' }).replace(/^Contact: .*$/m, 'Contact: <sip:abc@x1.invalid;transport=tcp>'),
  );
  await phone.next('SIP/2.0 200');
  const status = statusOf(srf.createUAC('sip:abc@x1.invalid;transport=tcp', { localSdp: SDP }));
  const invite = await phone.next('INVITE');
  expect(invite.startLine).toBe('INVITE sip:abc@x1.invalid;transport=tcp SIP/2.0');
  phone.answer(invite, '603 Decline');
  expect(await status).toBe(603);
  phone.close();
});

test('a TCP connection that cannot be made, or breaks before an answer, is a 503', async () => {
  const phone = await TcpPeer.open(engine.tcpPort);
  const target = `sip:a@127.0.0.1:${phone.port};transport=tcp`;
  const broken = statusOf(srf.createUAC(target, { localSdp: SDP }));
  await phone.next('INVITE');
  phone.close();
  expect(await broken).toBe(503);
  expect(await statusOf(srf.createUAC(target, { localSdp: SDP }))).toBe(503);
});

test('createB2BUA: an answered call through both sides, and BYE from the caller', async () => {
  const connected = deferred<{ uas: AppDialog; uac: AppDialog }>();
  srf.invite((req, res) => {
    void srf.createB2BUA(req, res, uri('b'), { localSdpB: req.body }).then((both) => {
      both.uas.on('destroy', () => void both.uac.destroy());
      connected.resolve(both);
    });
  });
  await settled();
  const caller = await UdpPeer.open(engine.udpPort);
  caller.send(caller.request('INVITE', { callId: 'b2b', body: SDP }));
  const invite = await peer.next('INVITE');
  peer.answer(invite, '180 Ringing');
  await caller.next('SIP/2.0 180');
  peer.answer(invite, '200 OK', { body: SDP });
  const ok = await caller.next('SIP/2.0 200');
  await peer.next('ACK');
  caller.send(caller.request('ACK', { callId: 'b2b', to: ok.header('To'), branch: 'z9hG4bKack' }));
  await connected.promise;
  caller.send(caller.request('BYE', { callId: 'b2b', seq: 2, to: ok.header('To') }));
  await caller.next('SIP/2.0 200');
  peer.answer(await peer.next('BYE'), '200 OK');
  await settled();
  expect((await engine.counters()).dialogs).toBe(0);
  caller.close();
});

test('SUBSCRIBE of ours: a NOTIFY that comes before the 200 is part of it, the last one ends it', async () => {
  const states: string[] = [];
  const subscribing = srf.createUAC(uri('sub'), {
    method: 'SUBSCRIBE',
    headers: { Event: 'presence', Expires: '60', From: '<sip:sub@127.0.0.1>' },
  });
  const subscribe = await peer.next('SUBSCRIBE');
  const notify = (seq: number, state: string) =>
    peer
      .request('NOTIFY', {
        callId: subscribe.header('Call-ID'),
        seq,
        to: subscribe.header('From'),
        lines: `Event: presence\r\nSubscription-State: ${state}\r\n`,
      })
      .replace(/^From: .*$/m, `From: ${subscribe.header('To')};tag=peer`);
  peer.answer(subscribe, '200 OK', { lines: 'Expires: 60\r\n' });
  const dialog = await subscribing;
  dialog.on('notify', (req, res) => {
    states.push(req.get('Subscription-State'));
    res.send(200);
  });
  peer.send(notify(1, 'active'));
  await peer.next('SIP/2.0 200');
  peer.send(notify(2, 'terminated;reason=timeout'));
  await peer.next('SIP/2.0 200');
  expect(states).toEqual(['active', 'terminated;reason=timeout']);
  await settled();
  expect((await engine.counters()).dialogs).toBe(0);
});

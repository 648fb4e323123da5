// Calls that come in: a raw peer calls, the real drachtio-srf answers through the engine. RFC 3261 §13.3, §9.2, §15, §17.2.

import { type Peer, TcpPeer, UdpPeer } from './peer';
import type { App } from './srf-app';
import { connectSrf, deferred, settled, startTestEngine, type TestEngine } from './test-engine';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=žluťoučký\r\n';
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

const ackOf = (from: Peer, ok: { header(name: string): string }, callId: string, seq = 1) =>
  from.request('ACK', { callId, seq, to: ok.header('To'), branch: `z9hG4bKack-${callId}-${seq}` });

test('OPTIONS is answered 200 with our tag, the Via and the port it came from', async () => {
  srf.options((_req, res) => res.send(200));
  await settled();
  peer.send(peer.request('OPTIONS', { callId: 'o1' }));
  const ok = await peer.next('SIP/2.0 200');
  expect(ok.header('Via')).toContain(`rport=${peer.port}`);
  expect(ok.header('To')).toMatch(/;tag=\w+$/);
});

test.each(['UDP', 'TCP'] as const)('a call over %s: 180, 200 with SDP, ACK, BYE from the caller', async (wire) => {
  const caller = wire === 'UDP' ? peer : await TcpPeer.open(engine.tcpPort);
  const destroyed = deferred<string>();
  const acked = deferred<void>();
  srf.invite((req, res) => {
    res.send(180);
    void srf.createUAS(req, res, { localSdp: SDP }).then((dialog) => {
      dialog.on('ack', () => acked.resolve());
      dialog.on('destroy', (_message, reason) => destroyed.resolve(reason));
    });
  });
  await settled();
  caller.send(caller.request('INVITE', { callId: 'c1', body: SDP }));
  await caller.next('SIP/2.0 100');
  const ringing = await caller.next('SIP/2.0 180');
  const ok = await caller.next('SIP/2.0 200');
  expect(ok.body).toBe(SDP);
  expect(ok.header('Content-Length')).toBe(String(Buffer.byteLength(SDP)));
  expect(ok.header('To')).toBe(ringing.header('To'));
  const port = wire === 'UDP' ? engine.udpPort : engine.tcpPort;
  expect(ok.header('Contact')).toBe(`<sip:127.0.0.1:${port}${wire === 'TCP' ? ';transport=tcp' : ''}>`);
  caller.send(ackOf(caller, ok, 'c1'));
  await acked.promise;
  caller.send(caller.request('BYE', { callId: 'c1', seq: 2, to: ok.header('To') }));
  await caller.next('SIP/2.0 200');
  expect(await destroyed.promise).toBe('normal release');
  expect((await engine.counters()).dialogs).toBe(0);
  if (caller !== peer) caller.close();
});

test('after calls and their timers nothing is left', async () => {
  srf.invite((req, res) => {
    if (req.get('Call-ID') === 'refused') res.send(486);
    else void srf.createUAS(req, res, { localSdp: SDP });
  });
  await settled();
  peer.send(peer.request('INVITE', { callId: 'refused', branch: 'z9hG4bKrefused' }));
  const busy = await peer.next('SIP/2.0 486');
  peer.send(peer.request('ACK', { callId: 'refused', branch: 'z9hG4bKrefused', to: busy.header('To') }));
  peer.send(peer.request('INVITE', { callId: 'talked' }));
  const ok = await peer.next('SIP/2.0 200');
  peer.send(ackOf(peer, ok, 'talked'));
  peer.send(peer.request('BYE', { callId: 'talked', seq: 2, to: ok.header('To') }));
  await peer.next('SIP/2.0 200');
  engine.clock.forward(64_000);
  expect(await engine.counters()).toMatchObject({ dialogs: 0, transactions: 0, internalErrors: 0 });
});

test('a repeated INVITE reaches the application once and gets the last response again', async () => {
  let invites = 0;
  srf.invite((_req, res) => {
    invites++;
    res.send(180);
  });
  await settled();
  const invite = peer.request('INVITE', { callId: 'again' });
  peer.send(invite);
  await peer.next('SIP/2.0 180');
  peer.send(invite);
  await peer.next('SIP/2.0 180');
  expect(invites).toBe(1);
});

test('the 200 is repeated until its ACK: T1, doubling, at most T2', async () => {
  srf.invite((req, res) => void srf.createUAS(req, res, { localSdp: SDP }));
  await settled();
  peer.send(peer.request('INVITE', { callId: 'repeat' }));
  const ok = await peer.next('SIP/2.0 200');
  for (const waitMs of [500, 1000, 2000, 4000, 4000]) {
    engine.clock.forward(waitMs - 1);
    await settled();
    expect(peer.received.filter((message) => message.startLine.startsWith('SIP/2.0 200'))).toHaveLength(0);
    engine.clock.forward(1);
    await peer.next('SIP/2.0 200');
  }
  peer.send(ackOf(peer, ok, 'repeat'));
  await settled();
  engine.clock.forward(4000);
  await settled();
  expect(peer.received.filter((message) => message.startLine.startsWith('SIP/2.0 200'))).toHaveLength(0);
});

test('a lost ACK: after 32 s the engine sends BYE and tells the application why', async () => {
  const destroyed = deferred<string>();
  srf.invite((req, res) => {
    void srf.createUAS(req, res, { localSdp: SDP }).then((dialog) => {
      dialog.on('destroy', (_message, reason) => destroyed.resolve(reason));
    });
  });
  await settled();
  peer.send(peer.request('INVITE', { callId: 'lost' }));
  await peer.next('SIP/2.0 200');
  engine.clock.forward(32_000);
  const bye = await peer.next('BYE');
  expect(bye.header('Reason')).toContain('ACK timeout');
  expect(await destroyed.promise).toBe('ACK timeout');
  peer.answer(bye, '200 OK');
  await settled();
  expect((await engine.counters()).acksMissing).toBe(1);
});

test('a BYE of ours waits for the ACK to our 200', async () => {
  srf.invite((req, res) => void srf.createUAS(req, res, { localSdp: SDP }).then((dialog) => dialog.destroy()));
  await settled();
  peer.send(peer.request('INVITE', { callId: 'hasty' }));
  const ok = await peer.next('SIP/2.0 200');
  await settled();
  expect(peer.received.filter((message) => message.startLine.startsWith('BYE'))).toHaveLength(0);
  peer.send(ackOf(peer, ok, 'hasty'));
  peer.answer(await peer.next('BYE'), '200 OK');
  await settled();
  expect((await engine.counters()).dialogs).toBe(0);
});

test.each(['before', 'after'] as const)('CANCEL %s our 180 ends the INVITE with 487 and is told once', async (when) => {
  const cancelled = deferred<void>();
  const invited = deferred<void>();
  srf.invite((req, res) => {
    req.on('cancel', () => cancelled.resolve());
    if (when === 'after') res.send(180);
    invited.resolve();
  });
  await settled();
  peer.send(peer.request('INVITE', { callId: 'gone', branch: 'z9hG4bKgone' }));
  await invited.promise;
  if (when === 'after') await peer.next('SIP/2.0 180');
  peer.send(peer.request('CANCEL', { callId: 'gone', branch: 'z9hG4bKgone' }));
  const ok = await peer.next('SIP/2.0 200');
  expect(ok.header('CSeq')).toBe('1 CANCEL');
  const terminated = await peer.next('SIP/2.0 487');
  expect(terminated.header('CSeq')).toBe('1 INVITE');
  expect(terminated.header('To')).toBe(ok.header('To'));
  await cancelled.promise;
  peer.send(peer.request('ACK', { callId: 'gone', branch: 'z9hG4bKgone', to: terminated.header('To') }));
  await settled();
  engine.clock.forward(20_000);
  await settled();
  expect(peer.received.map((message) => message.startLine)).toEqual(['SIP/2.0 100 Trying']);
});

test('200 wins over a CANCEL that crosses it: the CANCEL gets its 200 and the call stands', async () => {
  srf.invite((req, res) => void srf.createUAS(req, res, { localSdp: SDP }));
  await settled();
  peer.send(peer.request('INVITE', { callId: 'cross', branch: 'z9hG4bKcross' }));
  const ok = await peer.next('SIP/2.0 200');
  peer.send(peer.request('CANCEL', { callId: 'cross', branch: 'z9hG4bKcross' }));
  expect((await peer.next('SIP/2.0 200')).header('CSeq')).toBe('1 CANCEL');
  peer.send(ackOf(peer, ok, 'cross'));
  await settled();
  expect((await engine.counters()).dialogs).toBe(1);
});

test('a refusal is repeated until its ACK, which stays in the engine', async () => {
  srf.invite((_req, res) => res.send(486));
  await settled();
  peer.send(peer.request('INVITE', { callId: 'busy', branch: 'z9hG4bKbusy' }));
  const busy = await peer.next('SIP/2.0 486');
  engine.clock.forward(500);
  await peer.next('SIP/2.0 486');
  peer.send(peer.request('ACK', { callId: 'busy', branch: 'z9hG4bKbusy', to: busy.header('To') }));
  await settled();
  engine.clock.forward(4000);
  await settled();
  expect(peer.received.filter((message) => message.startLine.startsWith('SIP/2.0 486'))).toHaveLength(0);
});

test('BYE wins over an INVITE still open: the INVITE gets 487', async () => {
  srf.invite((_req, res) => res.send(180));
  await settled();
  peer.send(peer.request('INVITE', { callId: 'early' }));
  const ringing = await peer.next('SIP/2.0 180');
  peer.send(peer.request('BYE', { callId: 'early', seq: 2, to: ringing.header('To') }));
  expect((await peer.next('SIP/2.0 487')).header('CSeq')).toBe('1 INVITE');
});

test('re-INVITE and INFO reach the dialog; an old CSeq gets 500; a second INVITE at once gets 500', async () => {
  const infos: string[] = [];
  srf.invite((req, res) => {
    void srf.createUAS(req, res, { localSdp: SDP }).then((dialog) => {
      dialog.on('info', (info, answer) => {
        infos.push(info.body);
        answer.send(200);
      });
      dialog.on('modify', () => undefined);
    });
  });
  await settled();
  peer.send(peer.request('INVITE', { callId: 'in' }));
  const ok = await peer.next('SIP/2.0 200');
  const to = ok.header('To');
  peer.send(ackOf(peer, ok, 'in'));
  peer.send(peer.request('INFO', { callId: 'in', seq: 2, to, body: 'ščř' }));
  expect((await peer.next('SIP/2.0 200')).header('CSeq')).toBe('2 INFO');
  expect(infos).toEqual(['ščř']);
  peer.send(peer.request('INFO', { callId: 'in', seq: 1, to, branch: 'z9hG4bKold' }));
  expect((await peer.next('SIP/2.0 500')).header('CSeq')).toBe('1 INFO');
  peer.send(peer.request('INVITE', { callId: 'in', seq: 3, to, body: SDP }));
  await settled();
  peer.send(peer.request('INVITE', { callId: 'in', seq: 4, to, body: SDP }));
  expect((await peer.next('SIP/2.0 500')).header('CSeq')).toBe('4 INVITE');
});

test('reliable provisional: RSeq, repeated until PRACK; without 100rel the application is told', async () => {
  const problems: unknown[] = [];
  const pracked = deferred<void>();
  srf.invite((_req, res) => {
    res.send(
      183,
      { headers: { Require: '100rel' }, body: SDP },
      (problem) => problems.push(problem),
      () => pracked.resolve(),
    );
  });
  await settled();
  peer.send(peer.request('INVITE', { callId: 'plain' }));
  await settled();
  expect(problems).toEqual(['Remote endpoint does not support 100rel']);
  peer.send(peer.request('INVITE', { callId: 'rel', lines: 'Supported: 100rel\r\n' }));
  const progress = await peer.next('SIP/2.0 183');
  engine.clock.forward(500);
  expect((await peer.next('SIP/2.0 183')).header('RSeq')).toBe(progress.header('RSeq'));
  const to = progress.header('To');
  peer.send(peer.request('PRACK', { callId: 'rel', seq: 2, to, lines: 'RAck: 1 1 INVITE\r\n' }));
  await peer.next('SIP/2.0 481');
  peer.send(
    peer.request('PRACK', { callId: 'rel', seq: 3, to, lines: `RAck: ${progress.header('RSeq')} 1 INVITE\r\n` }),
  );
  expect((await peer.next('SIP/2.0 200')).header('CSeq')).toBe('3 PRACK');
  await pracked.promise;
});

test('SUBSCRIBE is answered 202, NOTIFY goes out in its dialog, and the last one ends it', async () => {
  srf.subscribe((req, res) => {
    void srf.createUAS(req, res, { localSdp: '' }).then(async (dialog) => {
      await dialog.request({ method: 'NOTIFY', headers: { Event: 'presence', 'Subscription-State': 'active' } });
      await dialog.destroy();
    });
  });
  await settled();
  peer.rule = (message) => {
    if (message.startLine.startsWith('NOTIFY')) peer.answer(message, '200 OK');
    return false;
  };
  peer.send(peer.request('SUBSCRIBE', { callId: 'sub', lines: 'Event: presence\r\nExpires: 60\r\n' }));
  expect((await peer.next('SIP/2.0 202')).header('Contact')).not.toBe('');
  expect((await peer.next('NOTIFY')).header('Subscription-State')).toBe('active');
  expect((await peer.next('NOTIFY')).header('Subscription-State')).toBe('terminated');
  await settled();
  expect((await engine.counters()).dialogs).toBe(0);
});

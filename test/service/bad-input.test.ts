/** What strangers and broken devices send to the running service, while a call lives: it stays up and the call stays whole. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { SipPhone } from '../../demo/phone/sip-phone';
import { answerChallenge, parseChallenges } from '../../sip-gateway/digest';
import { levelAt } from '../audio/goertzel';
import { sineOf } from '../audio/tone';
import { channelsOf, expectTone, lately, middleOf, pause, type Talk, talk } from './call-tools';
import { RawSip } from './raw-sip';
import { endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, deskHz, strangerHz] = [440, 1000, 2000];
const request = (lines: readonly string[]): string => [...lines, '', ''].join('\r\n');

const unreadable: readonly (readonly [string, Uint8Array | string])[] = [
  ['random bytes', Buffer.from(Array.from({ length: 1400 }, (_, i) => (i * 197 + 13) & 0xff))],
  ['nothing but line ends', '\r\n\r\n\r\n\r\n'],
  ['zeros', Buffer.alloc(2000)],
  ['a request line alone', 'INVITE sip:101@127.0.0.1 SIP/2.0\r\n\r\n'],
  ['another protocol', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a request cut off within a header', 'INVITE sip:101@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:5060;bra'],
  ['a body longer than the datagram', withLength('100')],
  ['a negative length', withLength('-1')],
  ['a length that is no number', withLength('many')],
  ['a length beyond all numbers', withLength('99999999999999999999')],
  ['a header of 60 kB', request(['OPTIONS sip:a@127.0.0.1 SIP/2.0', `X-Long: ${'a'.repeat(60_000)}`])],
  ['5,000 headers', request(['OPTIONS sip:a@127.0.0.1 SIP/2.0', ...Array.from({ length: 5000 }, () => 'X: y')])],
  [
    'a response to nothing',
    request(['SIP/2.0 200 OK', 'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1', 'CSeq: 1 INVITE']),
  ],
];

function withLength(length: string): string {
  const rest = ['Call-ID: 1', 'CSeq: 1 OPTIONS', 'From: <sip:a@b>;tag=1', 'To: <sip:a@b>', `Content-Length: ${length}`];
  return request(['OPTIONS sip:a@127.0.0.1 SIP/2.0', 'Via: SIP/2.0/UDP 127.0.0.2:9;branch=z9hG4bK2', ...rest]);
}

describe('bad input', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let lasting: Talk;

  beforeAll(async () => {
    office = await openOffice();
    [provider, anna] = [await office.provider(), await office.phone(office.anna.desk)];
    lasting = await talking('777700001');
  }, 60_000);
  afterAll(() => office?.close());

  const talking = (as: string): Promise<Talk> =>
    talk({ phone: provider, number: office.main, as, toneHz: customerHz }, { phone: anna, toneHz: deskHz });

  async function aCallWorks(as: string): Promise<void> {
    const { caller, callee } = await talking(as);
    await pause(300);
    await caller.hangUp();
    expect(await callee.ended).toEqual({ by: 'them' });
    expect(await endedCall(office, as)).toMatchObject({ cause: 'caller-hung-up' });
  }

  function expectCleanCopy(folder: string, names: readonly string[]): void {
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
    for (const name of names) copyFileSync(path.join(office.dataFolder, name), path.join(folder, name));
    const database = new Sqlite(path.join(folder, 'trunkline.db'));
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  }

  async function counter(part: 'gateway' | 'media', name: string): Promise<number> {
    const text = (await office.service.api.bytes('/metrics')).bytes.toString('utf8');
    return Number(new RegExp(`^trunkline_${part}_total\\{of="${name}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  }

  it('unreadable SIP over UDP', async () => {
    const stranger = await RawSip.open('127.0.0.2', office.service.ports.sip);
    for (const [, bytes] of unreadable) stranger.send(bytes);
    await aCallWorks('777700002');
    stranger.close();
  });

  it.each(unreadable)('over TCP: %s, and then the line is cut', async (_, bytes) => {
    const socket = connect({ port: office.service.ports.sip, host: '127.0.0.1', localAddress: '127.0.0.6' });
    socket.on('error', () => undefined); // the service may close it first
    await once(socket, 'connect');
    socket.write(bytes);
    await pause(20);
    socket.destroy();
  });

  it('a TCP peer that never ends its header is cut off', async () => {
    const socket = connect({ port: office.service.ports.sip, host: '127.0.0.1', localAddress: '127.0.0.6' });
    let isClosed = false;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      isClosed = true;
    });
    await once(socket, 'connect');
    socket.write('INVITE sip:101@127.0.0.1 SIP/2.0\r\n');
    for (let sent = 0; sent < 4000 && !isClosed; sent += 1) {
      socket.write(`X-${sent}: ${'a'.repeat(1000)}\r\n`);
      if (sent % 50 === 0) await pause(5);
    }
    await until(
      async () => isClosed,
      (closed) => closed,
    );
    await aCallWorks('777700003');
  });

  it('an INVITE from nowhere gets a bare 401; ten of them, and there is silence; others are served', async () => {
    const stranger = await RawSip.open('127.0.0.3', office.service.ports.sip);
    const [first = ''] = (await stranger.ask('INVITE', { to: office.main })).filter((text) => !text.includes(' 100 '));
    expect(first).toMatch(/^SIP\/2\.0 401 /);
    expect(first).toMatch(/^WWW-Authenticate: Digest /m);
    expect(first).not.toMatch(/^(Server|User-Agent|Allow|Supported|Contact):/im);
    for (let count = 2; count <= 10; count += 1) await stranger.ask('INVITE', { to: office.main });
    expect(await stranger.ask('INVITE', { to: office.main })).toEqual([]);
    expect(await stranger.ask('OPTIONS')).toEqual([]);
    stranger.close();
    expect(await counter('gateway', 'bans')).toBe(1);
    await aCallWorks('777700004');
  });

  it('wrong credentials get 403, alike for accounts that exist and those that do not', async () => {
    const stranger = await RawSip.open('127.0.0.4', office.service.ports.sip);
    const refusals: string[] = [];
    for (const username of [office.anna.desk.username, '101-nobody', "' OR 1=1 --"]) {
      const [challenged = ''] = await stranger.ask('REGISTER', { to: '101', from: '101' });
      const challenge = parseChallenges(/^WWW-Authenticate: (.*)$/m.exec(challenged)?.[1] ?? '');
      if (challenge === undefined) throw new Error(`no challenge: ${challenged}`);
      const uri = `sip:101@127.0.0.1:${office.service.ports.sip}`;
      const credentials = { username, password: 'wrong' };
      const answer = answerChallenge({ challenge, credentials, method: 'REGISTER', uri, count: 1, cnonce: 'abc' });
      const [refused = ''] = await stranger.ask('REGISTER', {
        to: '101',
        from: '101',
        extra: `Authorization: ${answer}\r\n`,
      });
      refusals.push(refused.replace(/^(Via|From|To|Call-ID|Date):.*\r\n/gim, ''));
    }
    stranger.close();
    expect(refusals[0]).toMatch(/^SIP\/2\.0 403 /);
    expect(new Set(refusals).size).toBe(1);
  });

  it('RTP from a stranger is neither heard nor recorded, and is counted', async () => {
    const port = Number(/^m=audio (\d+)/m.exec(lasting.callee.invite.body)?.[1]);
    const before = await counter('media', 'strangers');
    const packet = Buffer.concat([
      Buffer.from([0x80, 8, 0, 1, 0, 0, 0, 160, 1, 2, 3, 4]),
      sineOf('PCMA', { frequencyHz: strangerHz, samples: 160 }),
    ]);
    const sockets = await Promise.all(
      ['127.0.0.5', '127.0.0.1'].map(async (address) => {
        const socket = createSocket('udp4').bind(0, address);
        await once(socket, 'listening');
        return socket;
      }),
    );
    for (let sequence = 0; sequence < 50; sequence += 1) {
      packet.writeUInt16BE(sequence, 2);
      packet.writeUInt32BE(sequence * 160, 4);
      for (const socket of sockets) socket.send(packet, port, '127.0.0.1');
      await pause(20);
    }
    for (const socket of sockets) socket.close();
    expectTone(lately(lasting.caller.audio.heard()), deskHz, customerHz);
    expect(levelAt(strangerHz, lately(lasting.caller.audio.heard()))).toBeLessThan(-45);
    await until(
      () => counter('media', 'strangers'),
      (count) => count >= before + 100,
    );
  });

  it('the database file copied away while calls come and go opens clean, with its log and without', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-copy-'));
    anna.onCall = (call) => call.refuse(486);
    for (let round = 0; round < 10; round += 1) {
      const calls = await Promise.all([0, 1, 2].map(() => provider.call(office.main, { from: `7777001${round}0` })));
      for (const names of [['trunkline.db'], ['trunkline.db', 'trunkline.db-wal']]) expectCleanCopy(folder, names);
      await Promise.all(calls.map((call) => call.ended));
    }
    rmSync(folder, { recursive: true });
  });

  it('the call that lived through all of it ends as it should, and its recording holds its two voices alone', async () => {
    await lasting.caller.hangUp();
    const call = await endedCall(office, '777700001');
    expect(call).toMatchObject({ cause: 'caller-hung-up' });
    const { left, right } = await channelsOf(office, call);
    expect(Math.abs(left.length / 8 - call.talkMs)).toBeLessThan(300);
    expectTone(middleOf(left), customerHz, deskHz);
    expectTone(middleOf(right), deskHz, customerHz);
    for (const side of [left, right]) expect(levelAt(strangerHz, middleOf(side))).toBeLessThan(-45);
  });
});

/** No leg of ours is led to send to another of ours, and nobody can tell which port is lent next. */
import { networkInterfaces } from 'node:os';
import { sdpOf } from '../../call-router/values/ids';
import { SourceLock } from '../../media/engine/source-lock';
import { readDescription } from '../../media/negotiate';
import { createOwnPorts } from '../../media/own-ports';
import { MediaBench, legOf, portIn } from './media-bench';
import { RtpEnd } from './rtp-end';

const publicAddress = '198.51.100.1';
const ownPorts = createOwnPorts({
  isLent: (port) => port >= 10_000 && port <= 19_999,
  addressTowards: () => publicAddress,
  bindAddress: '192.0.2.77',
  now: () => 0,
});
const described = (host: string, port: number, more = '') => {
  const family = host.includes(':') ? 'IP6' : 'IP4';
  const head = `v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN ${family} ${host}\r\nt=0 0\r\n`;
  return sdpOf(`${head}m=audio ${port} RTP/AVP 8\r\n${more}`);
};
const isTaken = (sdp: ReturnType<typeof sdpOf>) => readDescription(sdp, ownPorts).ok;
const ofInterfaces = Object.values(networkInterfaces()).flatMap((rows) => (rows ?? []).map((row) => row.address));

test.each([
  publicAddress,
  '192.0.2.77',
  '127.0.0.1',
  '127.9.9.9',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  ...ofInterfaces,
])('%s with a port that is lent is refused, and taken with another', (host) => {
  expect([10_000, 14_321, 19_999].map((port) => isTaken(described(host, port)))).toEqual([false, false, false]);
  expect([9000, 20_000, 40_000].map((port) => isTaken(described(host, port)))).toEqual([true, true, true]);
  expect(isTaken(described(host, 40_000, 'a=rtcp:10001\r\n'))).toBe(false);
  expect(isTaken(described(host, 9999))).toBe(false);
});

test('the same ports of others are taken', () => {
  expect(isTaken(described('192.0.2.10', 10_000))).toBe(true);
  expect(isTaken(described('2001:db8::10', 10_000))).toBe(true);
});

test("a packet of another leg of ours is a stranger's", () => {
  const lock = new SourceLock((port) => port === 12_000);
  lock.open(['127.0.0.1', '192.0.2.10'], undefined, ownPorts.among(['127.0.0.1', '192.0.2.10']));
  expect(lock.judge('127.0.0.1', 12_000, 1, 0)).toBe('stranger');
  expect(lock.isOwn('127.0.0.1', 12_000)).toBe(true);
  expect(lock.judge('192.0.2.10', 12_000, 1, 0)).toBe('new-source');
  lock.open(['127.0.0.1'], undefined, ownPorts.among(['127.0.0.1']));
  expect(lock.judge('127.0.0.1', 40_000, 1, 0)).toBe('new-source');
});

test('two legs cannot be led to each other; ports are lent in no order', async () => {
  const media = await MediaBench.start({ rtpPorts: { from: 24_700, to: 24_899 }, workers: 2 });
  const end = await RtpEnd.open('PCMA');
  const ports: number[] = [];
  for (let n = 0; n < 12; n++) ports.push(portIn(await media.answering(legOf('order', n), end)));
  expect(ports).not.toEqual(ports.toSorted((a, b) => a - b));
  const leg = legOf('order', 0);
  const offer = sdpOf(end.sdp().replace(/m=audio \d+/, `m=audio ${ports[1]}`));
  media.run({ to: 'media', do: 'take-reoffer', leg, offer });
  expect(await media.happened('offer-refused', leg)).toMatchObject({ problem: 'bad-description' });
  const other = legOf('loop', 1);
  media.run({ to: 'media', do: 'open-answering-leg', leg: other, offer, codecs: ['PCMA'], towards: '127.0.0.1' });
  expect(await media.happened('leg-not-opened', other)).toMatchObject({ problem: 'bad-description' });
  media.run({ to: 'media', do: 'open-offering-leg', over: 'rtp', leg: other, codecs: ['PCMA'], towards: '127.0.0.1' });
  await media.happened('leg-opened', other);
  media.run({ to: 'media', do: 'set-answer', leg: other, answer: offer });
  expect(await media.happened('answer-refused', other)).toMatchObject({ problem: 'bad-description' });
  end.close();
  await media.stop();
});

/** Quality of a leg, five seconds at a time: told while it is watched, summed up at the end, each way for itself. */
import type { QualityNow } from '../../../media/engine/messages';
import { until } from '../media-bench';
import type { RtpEnd } from '../rtp-end';
import { JoinedEnds } from './joined-ends';
import { settingOf } from './engine-bench';

let ends: JoinedEnds;
beforeEach(() => {
  ends = new JoinedEnds(23_560);
});
afterEach(() => ends.stop());

const told = (leg: string): QualityNow[] =>
  ends.engine.said.flatMap((one) => (one.type === 'quality' && one.leg === leg ? [one.quality] : []));

/** A receiver report of this end: so much was lost, 0..1, with this jitter in ticks. */
function reportOf(
  end: RtpEnd,
  ssrc: number,
  { lost, jitter }: { readonly lost: number; readonly jitter: number },
): Buffer {
  const report = Buffer.alloc(32);
  report.writeUInt16BE(0x81c9, 0);
  report.writeUInt16BE(7, 2);
  report.writeUInt32BE(end.ssrc, 4);
  report.writeUInt32BE(ssrc, 8);
  report.writeUInt8(Math.round(lost * 256), 12);
  report.writeIntBE(10, 13, 3);
  report.writeUInt32BE(jitter, 20);
  return report;
}

test('what comes is counted, told while it is watched, and not before or after', async () => {
  const a = await ends.open('a');
  await ends.speak(20, [a, 440]);
  await ends.pass(5000);
  expect(told('a')).toEqual([]);
  await ends.tell({ type: 'watch-quality', leg: 'a', is: 'on' });
  await ends.speak(60, [a, 440]);
  await ends.pass(4000);
  await until(() => told('a').length === 1);
  const [{ received } = {}] = told('a');
  expect(received).toMatchObject({ lossRatio: 0, jitterMs: 0 });
  expect(received?.mos).toBeCloseTo(4.37, 1);
  await ends.tell({ type: 'watch-quality', leg: 'a', is: 'off' });
  await ends.speak(60, [a, 440]);
  await ends.pass(4000);
  expect(told('a')).toHaveLength(1);
});

test('the worst five seconds are kept at the end, with the mean of all', async () => {
  const a = await ends.open('a');
  await ends.tell({ type: 'watch-quality', leg: 'a', is: 'on' });
  await ends.speak(60, [a, 440]);
  await ends.pass(4000);
  // One in five is lost on the way.
  for (let i = 0; i < 12; i++) {
    await ends.speak(4, [a, 440]);
    a.end.sequence = (a.end.sequence + 1) & 0xffff;
    a.end.timestamp = (a.end.timestamp + 160) >>> 0;
    ends.engine.clock.advance(20);
  }
  await ends.pass(3900);
  await ends.speak(60, [a, 440]);
  await ends.pass(3900);
  await until(() => told('a').length === 3);
  const [first, second, third] = told('a').map(({ received }) => received);
  expect([first?.lossRatio, third?.lossRatio].map((loss) => (loss ?? 1) < 0.03)).toEqual([true, true]);
  expect(second?.lossRatio).toBeGreaterThan(0.17);
  expect(second?.mos).toBeLessThan(2.8);
  await ends.tell({ type: 'close', leg: 'a' });
  const { quality } = await ends.engine.heard('closed', 'a');
  const mos = [first, second, third].map((one) => one?.mos ?? 0);
  expect(quality.received).toMatchObject({ mosMin: second?.mos, worst: second });
  expect(quality.received?.mosMean).toBeCloseTo(mos.reduce((sum, one) => sum + one, 0) / 3, 1);
  expect(quality.sent).toBeUndefined();
});

test('what the far end hears is what it reported; without a report nobody knows', async () => {
  const a = await ends.open('a');
  await ends.tell(
    { type: 'watch-quality', leg: 'a', is: 'on' },
    { type: 'play', leg: 'a', tone: 'dial', country: 'CZ' },
  );
  await ends.pass(5200);
  await until(() => told('a').length === 1);
  expect(told('a')).toEqual([{}]);
  const ssrc = a.end.heard[0]?.ssrc ?? 0;
  a.end.sendReport(a.to + 1, reportOf(a.end, ssrc, { lost: 0.25, jitter: 240 }));
  await ends.pass(5200);
  await until(() => told('a').length === 2);
  expect(told('a')[1]).toMatchObject({ sent: { lossRatio: 0.25, jitterMs: 30 } });
  expect(told('a')[1]?.sent?.mos).toBeLessThan(2.5);
  expect(told('a')[1]).not.toHaveProperty('received');
  await ends.pass(5200);
  await until(() => told('a').length === 3);
  expect(told('a')[2]).not.toHaveProperty('sent');
});

test('of a browser the reports on loopback count for nothing, those to mediasoup do', async () => {
  const a = await ends.open('a');
  await ends.tell(
    { type: 'set', leg: 'a', setting: { ...settingOf(a.end), isBrowser: true } },
    { type: 'watch-quality', leg: 'a', is: 'on' },
    { type: 'play', leg: 'a', tone: 'dial', country: 'CZ' },
  );
  await ends.pass(1000);
  a.end.sendReport(a.to + 1, reportOf(a.end, a.end.heard[0]?.ssrc ?? 0, { lost: 0.9, jitter: 9000 }));
  await ends.tell({ type: 'far-report', leg: 'a', fractionLost: 0.02, lossRatio: 0.01, roundTripMs: 300 });
  await ends.pass(4200);
  await until(() => told('a').length === 1);
  expect(told('a')).toEqual([{ roundTripMs: 300, sent: { lossRatio: 0.02, mos: expect.any(Number) } }]);
  await ends.tell({ type: 'close', leg: 'a' });
  const { quality } = await ends.engine.heard('closed', 'a');
  expect(quality).toMatchObject({ sentLossRatio: 0.01, roundTripMs: 300, sent: { worst: { lossRatio: 0.02 } } });
});

test.each([
  [60, true],
  [30, false],
])('of a call that is shorter than a window %d packets are enough for a sum: %s', async (packets, isEnough) => {
  const a = await ends.open('a');
  await ends.speak(packets, [a, 440]);
  await ends.tell({ type: 'close', leg: 'a' });
  const { quality } = await ends.engine.heard('closed', 'a');
  expect(quality.received !== undefined).toBe(isEnough);
});

/** The watch over a leg whose browser may have gone: silence is told once, and so is the first sound after it. */
import { until } from '../media-bench';
import { JoinedEnds } from './joined-ends';

const silences = (ends: JoinedEnds): readonly string[] =>
  ends.engine.said.flatMap(({ type }) => (type === 'audio-lost' || type === 'audio-back' ? [type] : []));

const ends = new JoinedEnds(23_700, 8);
afterAll(() => ends.stop());

/** A report of the far end: an empty one (RFC 3550 section 6.4.2). */
function report(ssrc: number): Buffer {
  const packet = Buffer.alloc(8);
  packet.set([0x80, 201, 0, 1]);
  packet.writeUInt32BE(ssrc, 4);
  return packet;
}

test('what comes after the silence is told once, also while nobody watches any more', async () => {
  const a = await ends.open('a');
  await ends.speak(1, [a, 440]);
  await ends.tell({ type: 'watch', leg: 'a', audioLostMs: 1500 });
  await ends.pass(2000);
  expect(silences(ends)).toEqual(['audio-lost']);
  await ends.tell({ type: 'watch', leg: 'a', audioLostMs: 0 });
  await ends.pass(2000);
  await ends.speak(3, [a, 440]);
  await until(() => silences(ends).length > 1);
  expect(silences(ends)).toEqual(['audio-lost', 'audio-back']);
});

test('a leg that is watched anew is not silent any more: its next sound is nothing new', async () => {
  const b = await ends.open('b');
  ends.engine.said.splice(0);
  await ends.tell({ type: 'watch', leg: 'b', audioLostMs: 1500 });
  await ends.pass(2000);
  await ends.tell({ type: 'watch', leg: 'b', audioLostMs: 30_000 });
  await ends.speak(3, [b, 440]);
  await ends.pass(100);
  expect(silences(ends)).toEqual(['audio-lost']);
});

test.each([
  ['a sign of life', undefined, []],
  ['none where RTP alone counts', 'rtp-alone', ['audio-lost']],
] as const)('reports without audio are %s', async (_, counts, told) => {
  const leg = counts ?? 'reports';
  const c = await ends.open(leg);
  await ends.speak(1, [c, 440]);
  ends.engine.said.splice(0);
  await ends.tell({ type: 'watch', leg, audioLostMs: 1500, ...(counts === undefined ? {} : { counts }) });
  for (let s = 0; s < 3; s++) {
    await ends.pass(1000);
    c.end.sendReport(c.to + 1, report(c.end.ssrc));
    // Two rounds: the socket of the reports is read by then.
    await ends.pass(40);
  }
  expect(silences(ends)).toEqual(told);
  await ends.tell({ type: 'watch', leg, audioLostMs: 0 });
});

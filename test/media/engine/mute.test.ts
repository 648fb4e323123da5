/** A muted leg: the other end hears a line that is still there and says nothing; its keys come through. */
import type { Codec } from '../../../media/engine/messages';
import { levelAt, loudness } from '../../audio/goertzel';
import { until } from '../media-bench';
import { CodecEnd } from './codec-end';
import { EngineBench } from './engine-bench';
import { JoinedEnds } from './joined-ends';

const codecs: readonly Codec[] = ['PCMU', 'PCMA', 'G722', 'opus'];

test.each(codecs.flatMap((one) => [[one, 'PCMA'] as const, [one, one] as const]))(
  'of %s is silence at %s, packet by packet, and is heard again when the mute ends',
  async (one, other) => {
    const engine = new EngineBench(Array.from({ length: 4 }, (_, i) => 23_660 + i * 2));
    const [muted, hears] = [await CodecEnd.open(engine, 'a', one), await CodecEnd.open(engine, 'b', other)];
    const speak = async (packets: number): Promise<void> => {
      for (let i = 0; i < packets; i++) {
        const before = (await engine.counters()).packetsReceived;
        muted.speak(600);
        while ((await engine.counters()).packetsReceived === before);
        engine.clock.advance(20);
      }
    };
    engine.tell({ type: 'join', a: 'a', b: 'b' });
    engine.tell({ type: 'mute', leg: 'a', is: 'on' });
    await speak(50);
    await until(() => hears.end.heard.length >= 48);
    expect(loudness(hears.heard())).toBeLessThan(-60);
    const before = hears.heard().length;
    engine.tell({ type: 'mute', leg: 'a', is: 'off' });
    await speak(50);
    await until(() => hears.end.heard.length >= 96);
    expect(levelAt(600, hears.heard().subarray(before + 1600))).toBeGreaterThan(-12);
    for (const end of [muted, hears]) end.close();
    await engine.stop();
    expect(engine.clock.running).toBe(0);
  },
);

test('is recorded as silence, and its keys reach the other end', async () => {
  const ends = new JoinedEnds(23_668, 6);
  const [a, b] = [await ends.open('a'), await ends.open('b')];
  await ends.join(a, b);
  await ends.tell({ type: 'record', call: 'c', customer: 'a', ours: 'b' }, { type: 'mute', leg: 'a', is: 'on' });
  await ends.speak(50, [a, 440]);
  await ends.press(a, '5');
  await until(() => b.end.heard.some(({ payloadType }) => payloadType === 101));
  expect(ends.told()).toEqual(['5 80 ms']);
  await ends.tell({ type: 'stop-recording', call: 'c' });
  const blocks = ends.engine.recorded.flatMap((one) => (one.type === 'block' ? [...one.stereo] : []));
  expect(blocks.length).toBeGreaterThan(8000);
  expect(blocks.filter((code) => code !== 0xd5)).toEqual([]);
  await ends.stop();
});

/** Keys as tones through the engine, from a far end without telephone-event: told once, and kept by the gate. */
import { levelAt, loudness } from '../../audio/goertzel';
import { toALaw } from '../../audio/g711';
import { until } from '../media-bench';
import { settingOf } from './engine-bench';
import { type FarEnd, JoinedEnds } from './joined-ends';

let ends: JoinedEnds;
let trunk: FarEnd;
let other: FarEnd;

beforeEach(async () => {
  ends = new JoinedEnds(23_600);
  [trunk, other] = [await ends.open('trunk'), await ends.open('other')];
  const { digitsPayloadType: _, ...setting } = settingOf(trunk.end);
  await ends.tell({ type: 'set', leg: 'trunk', setting });
  await ends.join(trunk, other);
});

afterEach(() => ends.stop());

/** 100 ms of a key of the row 941 Hz or 770 Hz, then 100 ms of silence. */
async function press(key: '*' | '5'): Promise<void> {
  const [low, high] = key === '*' ? [941, 1209] : [770, 1336];
  for (let packet = 0; packet < 10; packet++) {
    const payload = Uint8Array.from({ length: 160 }, (_, i) => {
      const at = (2 * Math.PI * (packet * 160 + i)) / 8000;
      return toALaw(packet < 5 ? Math.round(9000 * Math.sin(low * at) + 9000 * Math.sin(high * at)) : 0);
    });
    const before = (await ends.engine.counters()).packetsReceived;
    trunk.end.send(trunk.to, 8, payload);
    trunk.end.timestamp += 160;
    while ((await ends.engine.counters()).packetsReceived === before);
    ends.engine.clock.advance(20);
  }
}

const untilHeard = (packets: number): Promise<void> => until(() => other.end.heard.length >= packets);

test('it is told once, and the other leg has the tone alone, no event beside it', async () => {
  await press('5');
  expect(ends.told()).toEqual([expect.stringMatching(/^5 (89|102|115) ms$/)]);
  await untilHeard(10);
  expect(other.end.heard.every(({ payloadType }) => payloadType === 8)).toBe(true);
  expect(levelAt(770, other.end.audio().subarray(0, 800))).toBeGreaterThan(-13);
});

test('from a star on the gate keeps it: the other leg hears its first 40 ms at the most, and gets it as an event when it was no code', async () => {
  await ends.tell({ type: 'gate-digits', leg: 'trunk' });
  await press('*');
  await press('5');
  expect(ends.told().map((line) => line.replace(/\d+ ms/, ''))).toEqual(['*  withheld', '5  withheld']);
  await untilHeard(6);
  const audio = other.end.audio();
  let heard = 0;
  for (let at = 0; at < audio.length; at += 160) heard += loudness(audio.subarray(at, at + 160)) > -30 ? 20 : 0;
  expect(heard).toBeLessThanOrEqual(80);
  await ends.tell({ type: 'replay-digits', leg: 'trunk' });
  await ends.pass(600);
  await until(
    () =>
      new Set(other.end.heard.filter(({ payloadType }) => payloadType === 101).map(({ timestamp }) => timestamp))
        .size === 2,
  );
});

test('a code that is closed while its last key sounds leaves no key down', async () => {
  await ends.tell({ type: 'gate-digits', leg: 'trunk' });
  await press('*');
  await ends.tell({ type: 'swallow-digits', leg: 'trunk' });
  await press('5');
  await ends.pass(500);
  other.end.heard.splice(0);
  await ends.speak(5, [trunk, 440]);
  await untilHeard(5);
  expect(other.end.heard.every(({ payloadType }) => payloadType === 8)).toBe(true);
});

test('one that is told by INFO as well counts once', async () => {
  await press('5');
  await ends.tell({ type: 'take-digit', leg: 'trunk', digit: '5', durationMs: 100 });
  expect(ends.told()).toHaveLength(1);
});

/** Who is in a recording and when: legs that change, a side without one, a pause. One timeline through all of it. */
import { linearOf } from '../../audio/g711';
import { levelAt, loudness } from '../../audio/goertzel';
import { until } from '../media-bench';
import { type FarEnd, JoinedEnds } from './joined-ends';

const second = 50;
let ends: JoinedEnds;
let customer: FarEnd;
let ours: FarEnd;
let colleague: FarEnd;

beforeEach(async () => {
  ends = new JoinedEnds(22_600);
  customer = await ends.open('customer', 'PCMU');
  ours = await ends.open('ours');
  colleague = await ends.open('colleague');
  await ends.join(customer, ours);
});

afterEach(() => ends.stop());

const record = (right?: string) =>
  ends.tell({ type: 'record', call: 'c', customer: 'customer', ...(right === undefined ? {} : { ours: right }) });
const everybody = (packets: number) => ends.speak(packets, [customer, 440], [ours, 1000], [colleague, 1700]);

/** Stops, and gives each second of both channels. */
async function recorded(seconds: number): Promise<{ readonly left: Int16Array[]; readonly right: Int16Array[] }> {
  await ends.tell({ type: 'stop-recording', call: 'c' });
  const ended = () => ends.engine.recorded.filter((one) => one.type === 'end' && one.call === 'c');
  await until(() => ended().length > 0);
  expect(ended()[0]).toEqual({ type: 'end', call: 'c', totalSamples: seconds * 8000 });
  const stereo = Buffer.alloc(seconds * 16_000, 0xd5);
  for (const one of ends.engine.recorded) if (one.type === 'block') stereo.set(one.stereo, one.startSample * 2);
  const channel = (side: number) => {
    const samples = linearOf(
      'PCMA',
      stereo.filter((_, i) => i % 2 === side),
    );
    return Array.from({ length: seconds }, (_, i) => samples.subarray(i * 8000, (i + 1) * 8000));
  };
  return { left: channel(0), right: channel(1) };
}

/** Which of the three is in it; `-` for silence. */
function whoIsIn(samples: Int16Array): string {
  if (loudness(samples) < -60) return '-';
  const heard = [440, 1000, 1700].filter((hz) => levelAt(hz, samples) > -11);
  return heard.join('+');
}

test('our side may be nobody, then one, then another, then nobody again: silence where nobody was', async () => {
  await record();
  await everybody(second);
  await record('ours');
  await everybody(second);
  await record('colleague');
  await everybody(second);
  await record();
  await everybody(second);
  const { left, right } = await recorded(4);
  expect(left.map(whoIsIn)).toEqual(['440', '440', '440', '440']);
  expect(right.map(whoIsIn)).toEqual(['-', '1000', '1700', '-']);
});

test('a pause is as long as it was, silent on both sides, and the calls go on', async () => {
  await record('ours');
  await everybody(second);
  await ends.tell({ type: 'pause-recording', call: 'c' });
  await everybody(second * 2);
  expect(await ends.engine.counters()).toMatchObject({ recordings: 1 });
  await record('ours');
  await everybody(second);
  const { left, right } = await recorded(4);
  expect(left.map(whoIsIn)).toEqual(['440', '-', '-', '440']);
  expect(right.map(whoIsIn)).toEqual(['1000', '-', '-', '1000']);
  expect(ours.end.audio()).toHaveLength(4 * 8000);
});

test('who resumes may be somebody else, and a pause that nobody ends lasts to the end', async () => {
  await record('ours');
  await everybody(second);
  await ends.tell({ type: 'pause-recording', call: 'c' }, { type: 'pause-recording', call: 'c' });
  await everybody(second);
  await record('colleague');
  await everybody(second);
  await ends.tell({ type: 'pause-recording', call: 'c' });
  await everybody(second);
  const { left, right } = await recorded(4);
  expect(left.map(whoIsIn)).toEqual(['440', '-', '440', '-']);
  expect(right.map(whoIsIn)).toEqual(['1000', '-', '1700', '-']);
});

test('a pause of a call that is not recorded begins no recording', async () => {
  await ends.tell({ type: 'pause-recording', call: 'other' });
  expect(await ends.engine.counters()).toMatchObject({ recordings: 0 });
  await record('ours');
  await recorded(0);
});

test('a leg that another recording took over is not taken back by a pause of the first', async () => {
  await record('ours');
  await ends.tell({ type: 'record', call: 'second', customer: 'customer', ours: 'ours' });
  await ends.tell({ type: 'pause-recording', call: 'c' });
  await everybody(second);
  await ends.tell({ type: 'stop-recording', call: 'second' });
  await until(() => ends.engine.recorded.some((one) => one.type === 'end' && one.call === 'second'));
  expect(ends.engine.recorded.filter((one) => one.type === 'block' && one.call === 'second')).toHaveLength(2);
  await recorded(1);
});

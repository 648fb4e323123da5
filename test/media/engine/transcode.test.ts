/** Each pair of codecs, joined: a tone arrives at its frequency and level, without a click, on one unbroken stream. */
import type { Codec } from '../../../media/engine/messages';
import { linearOf } from '../../audio/g711';
import { levelAt, loudness } from '../../audio/goertzel';
import { sineOf } from '../../audio/tone';
import { keyPayloads, spelled } from '../keys';
import { until } from '../media-bench';
import { CodecEnd } from './codec-end';
import { EngineBench } from './engine-bench';

let engine: EngineBench;
let ends: CodecEnd[];

beforeEach(() => {
  engine = new EngineBench(Array.from({ length: 10 }, (_, i) => 23_700 + i * 2));
  ends = [];
});

afterEach(async () => {
  for (const end of ends) end.close();
  await engine.stop();
  expect(engine.clock.running).toBe(0);
});

async function open(...codecs: Codec[]): Promise<CodecEnd[]> {
  for (const [i, codec] of codecs.entries()) ends.push(await CodecEnd.open(engine, `leg${i}`, codec));
  return ends;
}

async function speak(packets: number, ...who: readonly (readonly [CodecEnd, number])[]): Promise<void> {
  for (let i = 0; i < packets; i++) {
    const before = (await engine.counters()).packetsReceived;
    for (const [end, hz] of who) end.speak(hz);
    while ((await engine.counters()).packetsReceived < before + who.length);
    engine.clock.advance(20);
  }
  await engine.arrived();
}

/** The tone alone, without what a codec rings in with. */
function expectTone(audio: Int16Array, hz: number): void {
  const steady = audio.subarray(1600, audio.length - 160);
  // Whole periods, so that nothing leaks.
  expect(Math.abs(levelAt(hz, steady.subarray(0, 8000)) + 10)).toBeLessThan(1.5);
  for (let at = 0; at + 800 <= steady.length; at += 800)
    expect(Math.abs(levelAt(hz, steady.subarray(at, at + 800)) + 10)).toBeLessThan(1.5);
}

/** A click is a sample that no sine of this frequency and level leads to. */
function clicks(audio: Int16Array, hz: number): number {
  const cos2 = 2 * Math.cos((2 * Math.PI * hz) / 8000);
  let count = 0;
  for (let i = 1802; i < audio.length - 160; i++) {
    const expected = cos2 * (audio[i - 1] ?? 0) - (audio[i - 2] ?? 0);
    if (Math.abs(expected - (audio[i] ?? 0)) > 4000) count++;
  }
  return count;
}

const codecs: readonly Codec[] = ['PCMU', 'PCMA', 'G722', 'opus'];
const pairs = codecs.flatMap((a) => codecs.map((b) => [a, b] as const));

test.each(pairs)('%s to %s', async (one, other) => {
  const [a, b] = await open(one, other);
  if (a === undefined || b === undefined) throw new Error('no ends');
  engine.tell({ type: 'join', a: 'leg0', b: 'leg1' });
  await engine.counters();
  await speak(75, [a, 500], [b, 1000]);
  await until(() => a.end.heard.length >= 73 && b.end.heard.length >= 73);
  expectTone(b.heard(), 500);
  expectTone(a.heard(), 1000);
  expect([clicks(b.heard(), 500), clicks(a.heard(), 1000)]).toEqual([0, 0]);
  const step = other === 'opus' ? 960 : 160;
  const steps = b.end.heard
    .slice(1)
    .map((packet, i) => [
      (packet.sequence - (b.end.heard[i]?.sequence ?? 0)) & 0xffff,
      (packet.timestamp - (b.end.heard[i]?.timestamp ?? 0)) | 0,
    ]);
  expect(steps).toEqual(steps.map(() => [1, step]));
});

test.each(codecs.filter((codec) => codec !== 'PCMU'))(
  'a lost packet stays lost towards %s, and a late one is left out',
  async (other) => {
    const [a, b] = await open(other === 'PCMA' ? 'G722' : 'PCMU', other);
    if (a === undefined || b === undefined) throw new Error('no ends');
    engine.tell({ type: 'join', a: 'leg0', b: 'leg1' });
    await speak(10, [a, 500]);
    a.pass();
    a.end.sequence++;
    await speak(10, [a, 500]);
    expect(b.end.heard).toHaveLength(20);
    const sequences = b.end.heard.map(({ sequence }) => (sequence - (b.end.heard[0]?.sequence ?? 0)) & 0xffff);
    expect(sequences.filter((sequence, i) => i > 0 && sequence - (sequences[i - 1] ?? 0) !== 1)).toHaveLength(1);
    const before = b.end.heard.length;
    a.end.timestamp -= a.codec === 'opus' ? 4800 : 800;
    await speak(1, [a, 500]);
    expect(b.end.heard.length).toBe(before);
  },
);

test('what comes in 30 ms leaves in 20 ms', async () => {
  const [a, b] = await open('PCMA', 'opus');
  if (a === undefined || b === undefined) throw new Error('no ends');
  engine.tell({ type: 'join', a: 'leg0', b: 'leg1' });
  for (let i = 0; i < 40; i++) {
    a.end.send(a.to, 8, sineOf('PCMA', { frequencyHz: 500, samples: 240, fromSample: i * 240 }));
    a.end.timestamp += 240;
    await engine.counters();
    engine.clock.advance(30);
  }
  await until(() => b.end.heard.length >= 58);
  expectTone(b.heard(), 500);
});

test('prompts, a room and a recording with a wide-band leg in it', async () => {
  const [a, b, c] = await open('opus', 'G722', 'PCMA');
  if (a === undefined || b === undefined || c === undefined) throw new Error('no ends');
  const sounds = [sineOf('PCMA', { frequencyHz: 700, samples: 9600 })];
  engine.tell({ type: 'play-sounds', leg: 'leg0', sounds, prompt: { tag: 't', untilDigit: false, isWhole: true } });
  await engine.counters();
  engine.clock.advance(1220);
  await until(() => a.end.heard.length >= 60);
  expectTone(a.heard(), 700);
  for (const end of ends) {
    end.end.heard.splice(0);
    engine.tell({ type: 'enter-room', room: 'r', leg: end.leg, role: { kind: 'speaks' } });
  }
  engine.tell({ type: 'record-room', call: 'x', customer: 'leg0' });
  await speak(75, [a, 500], [b, 1000], [c, 1500]);
  await until(() => c.end.heard.length >= 70 && a.end.heard.length >= 70 && b.end.heard.length >= 70);
  for (const [end, hz] of [
    [a, [1000, 1500]],
    [b, [500, 1500]],
    [c, [500, 1000]],
  ] as const)
    for (const one of hz) expect(Math.abs(levelAt(one, end.heard().subarray(3200, 11_200)) + 10)).toBeLessThan(1.5);
  expect(levelAt(500, a.heard().subarray(3200, 11_200))).toBeLessThan(-35);
  engine.tell({ type: 'stop-recording', call: 'x' });
  await until(() => engine.recorded.at(-1)?.type === 'end');
  const blocks = engine.recorded.flatMap((one) => (one.type === 'block' ? [one] : []));
  const left = linearOf('PCMA', Buffer.concat(blocks.map(({ stereo }) => stereo.filter((_, i) => i % 2 === 0))));
  expect(Math.abs(levelAt(500, left.subarray(3200, 11_200)) + 10)).toBeLessThan(1.5);
  expect(loudness(left)).toBeGreaterThan(-15);
});

test('keys with a clock of 48 kHz are told and made anew in milliseconds', async () => {
  const [a, b] = await open('opus', 'PCMA');
  if (a === undefined || b === undefined) throw new Error('no ends');
  const setting = { ...a.setting(), digitsPayloadType: 102, digitsClockHz: 48_000 } as const;
  const receives = [...setting.receives, { payloadType: 102, codec: 'telephone-event/48000' } as const];
  engine.tell({ type: 'set', leg: 'leg0', setting: { ...setting, receives } });
  engine.tell({ type: 'join', a: 'leg0', b: 'leg1' });
  for (const payload of keyPayloads('5', 80)) {
    payload.writeUInt16BE(payload.readUInt16BE(2) * 6, 2);
    a.end.send(a.to, 102, payload);
    await engine.counters();
    engine.clock.advance(20);
  }
  expect(await engine.heard('digit')).toMatchObject({ digit: '5', durationMs: 80 });
  engine.clock.advance(200);
  await until(() => spelled(b.end.heard)[0] === '5 80 ms');
  engine.tell({ type: 'send-digits', leg: 'leg0', digits: '7' });
  await engine.counters();
  engine.clock.advance(300);
  await until(() => spelled(a.end.heard, 102)[0] === '7 600 ms');
});

test('what is no Opus packet is lost like one', async () => {
  const [a, b] = await open('opus', 'PCMA');
  if (a === undefined || b === undefined) throw new Error('no ends');
  engine.tell({ type: 'join', a: 'leg0', b: 'leg1' });
  a.end.send(a.to, 107, Buffer.from([0xff, 0xff, 0xff]));
  a.end.send(a.to, 107, Buffer.alloc(5000, 3));
  await speak(30, [a, 500]);
  await until(() => b.end.heard.length >= 29);
  expect(engine.said.filter((one) => one.type === 'failed')).toEqual([]);
});

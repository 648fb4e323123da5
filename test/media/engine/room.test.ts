/** Rooms by content: who hears whom, at which level, whatever the network does, and what a recording of it has. */
import { linearOf } from '../../audio/g711';
import { levelAt, loudness } from '../../audio/goertzel';
import { sineOf } from '../../audio/tone';
import { until } from '../media-bench';
import { type FarEnd, JoinedEnds } from './joined-ends';
import type { SeatRole } from '../../../media/engine/messages';

let ends: JoinedEnds;

beforeEach(() => {
  ends = new JoinedEnds(23_400, 40);
});

afterEach(async () => {
  await ends.stop();
  expect(ends.engine.clock.running).toBe(0);
});

const enter = (who: FarEnd, role: SeatRole = { kind: 'speaks' }) =>
  ends.tell({ type: 'enter-room', room: 'r', leg: who.leg, role });

/** Level at each frequency of what came to this end since `from`. */
function levels({ end }: FarEnd, hz: readonly number[], packets = 30): readonly number[] {
  const audio = end.audio().subarray(-packets * 160);
  return hz.map((frequency) => Math.round(levelAt(frequency, audio)));
}

const isThere = (level: number | undefined): boolean => level !== undefined && level >= -11 && level <= -9;
const isGone = (level: number | undefined): boolean => level !== undefined && level < -40;

/** `+` heard as it was said, `-` not heard, for each frequency. */
function heard(who: FarEnd, hz: readonly number[]): string {
  return levels(who, hz)
    .map((level) => (isThere(level) ? '+' : isGone(level) ? '-' : `${level}`))
    .join(' ');
}

/** They all speak, and everybody in the room has heard it. */
async function talk(packets: number, ...who: readonly (readonly [FarEnd, number])[]): Promise<void> {
  await ends.speak(packets, ...who);
  await ends.pass(100);
  await new Promise((resolve) => setImmediate(resolve));
}

test('three hear each other and not themselves, each in its own law, on one stream without a gap', async () => {
  const [a, b, c] = [await ends.open('a', 'PCMU'), await ends.open('b'), await ends.open('c')];
  for (const one of [a, b, c]) await enter(one);
  await talk(60, [a, 440], [b, 1000], [c, 1700]);
  const hz = [440, 1000, 1700];
  // The last 5 packets are the silence behind it.
  for (const one of [a, b, c]) one.end.heard.splice(-10);
  expect([heard(a, hz), heard(b, hz), heard(c, hz)]).toEqual(['- + +', '+ - +', '+ + -']);
  for (const { end } of [a, b, c]) {
    const steps = end.heard
      .slice(1)
      .map((one, i) => [
        (one.sequence - (end.heard[i]?.sequence ?? 0)) & 0xffff,
        one.timestamp - (end.heard[i]?.timestamp ?? 0),
      ]);
    expect(steps).toEqual(steps.map(() => [1, 160]));
  }
});

test('who listens is not heard, who whispers is heard by one, and a role changes in its seat', async () => {
  const [agent, customer, boss] = [await ends.open('agent'), await ends.open('customer'), await ends.open('boss')];
  await enter(agent);
  await enter(customer);
  const hz = [440, 1000, 1700];
  const said = [[agent, 440] as const, [customer, 1000] as const, [boss, 1700] as const];
  const result = async (role: SeatRole): Promise<readonly string[]> => {
    await enter(boss, role);
    await ends.speak(45, ...said);
    return [agent, customer, boss].map((one) => heard(one, hz));
  };
  expect(await result({ kind: 'listens' })).toEqual(['- + -', '+ - -', '+ + -']);
  expect(await result({ kind: 'whispers', to: 'agent' })).toEqual(['- + +', '+ - -', '+ + -']);
  expect(await result({ kind: 'speaks' })).toEqual(['- + +', '+ - +', '+ + -']);
});

test('thirty-two at full scale do not wrap: each is heard, as loud as the others, and nothing beside them', async () => {
  const hz = Array.from({ length: 32 }, (_, i) => 300 + i * 90);
  const members: FarEnd[] = [];
  for (let i = 0; i < 32; i++) members.push(await ends.open(`m${i}`, i % 2 === 0 ? 'PCMA' : 'PCMU'));
  for (const member of members) await enter(member);
  for (let packet = 0; packet < 50; packet++) {
    const before = (await ends.engine.counters()).packetsReceived;
    members.forEach(({ end, to }, i) => {
      const what = { frequencyHz: hz[i] ?? 0, samples: 160, fromSample: packet * 160, levelDbfs: 0 };
      end.send(to, i % 2 === 0 ? 8 : 0, sineOf(end.law, what));
      end.timestamp += 160;
    });
    while ((await ends.engine.counters()).packetsReceived < before + 32);
    ends.engine.clock.advance(20);
  }
  const [first] = members;
  if (first === undefined) throw new Error('nobody');
  await until(() => first.end.heard.length >= 45);
  const [own = 0, ...others] = levels(first, hz, 25);
  expect(own).toBeLessThan(-50);
  expect(Math.max(...others) - Math.min(...others)).toBeLessThan(4);
  expect(Math.min(...others)).toBeGreaterThan(-34);
  expect(Math.max(...levels(first, [3300, 3500, 3700], 25))).toBeLessThan(-50);
}, 60_000);

test('a lost packet is bridged, late ones are heard in their order, and the delay stays within 60 ms', async () => {
  const [a, b] = [await ends.open('a'), await ends.open('b')];
  await enter(a);
  await enter(b);
  // 40 ms late every seventh packet, each twentieth lost.
  const late: { at: number; packet: number }[] = [];
  for (let beat = 0; beat < 150; beat++) {
    const due = late.filter(({ at }) => at === beat).map(({ packet }) => packet);
    if (beat % 20 !== 19) {
      if (beat % 7 === 3) late.push({ at: beat + 2, packet: beat });
      else due.push(beat);
    }
    const before = (await ends.engine.counters()).packetsReceived;
    for (const packet of due) {
      a.end.sequence = packet;
      a.end.timestamp = packet * 160;
      a.end.send(a.to, 8, sineOf('PCMA', { frequencyHz: 500, samples: 160, fromSample: packet * 160 }));
    }
    while ((await ends.engine.counters()).packetsReceived < before + due.length);
    ends.engine.clock.advance(20);
  }
  await until(() => b.end.heard.length >= 150);
  const audio = b.end.audio().subarray(20 * 160, 145 * 160);
  // 5 % lost and bridged at half: the tone stands where it was said, in phase.
  expect(levelAt(500, audio)).toBeGreaterThan(-10.8);
  const silent = Array.from({ length: 125 }, (_, i) => loudness(audio.subarray(i * 160, i * 160 + 160))).filter(
    (level) => level < -40,
  );
  expect(silent.length).toBeLessThanOrEqual(2);
});

test('a member that hears a prompt does not hear the room, the room hears it, and it comes back by itself', async () => {
  const [a, b] = [await ends.open('a'), await ends.open('b')];
  await enter(a);
  await enter(b);
  const sounds = [sineOf('PCMA', { frequencyHz: 600, samples: 8000 })];
  await ends.tell({ type: 'play-sounds', leg: 'a', sounds, prompt: { tag: 't', untilDigit: false, isWhole: true } });
  await ends.speak(45, [a, 440], [b, 1000]);
  expect([heard(a, [600, 1000]), heard(b, [440])]).toEqual(['+ -', '+']);
  await ends.speak(50, [a, 440], [b, 1000]);
  expect(heard(a, [600, 1000])).toBe('- +');
});

test('a recording of a room has one leg left and what it hears right, on the timeline it had before', async () => {
  const [a, b, c] = [await ends.open('a'), await ends.open('b', 'PCMU'), await ends.open('c')];
  await ends.join(a, b);
  await ends.tell({ type: 'record', call: 'x', customer: 'a', ours: 'b' });
  await ends.speak(50, [a, 440], [b, 1000]);
  await ends.tell({ type: 'record-room', call: 'x', customer: 'a' });
  for (const one of [a, b, c]) await enter(one);
  await ends.speak(50, [a, 440], [b, 1000], [c, 1700]);
  await ends.tell({ type: 'leave-room', room: 'r', leg: 'c' });
  await ends.join(a, b);
  await ends.tell({ type: 'record', call: 'x', customer: 'a', ours: 'b' });
  await ends.speak(50, [a, 440], [b, 1000]);
  await ends.tell({ type: 'stop-recording', call: 'x' });
  await until(() => ends.engine.recorded.at(-1)?.type === 'end');
  expect(ends.engine.recorded.at(-1)).toMatchObject({ totalSamples: 24_000 });
  const second = (side: number, from: number, hz: number): number =>
    levelAt(hz, channel(side).subarray(from, from + 7000));
  for (const from of [500, 8500, 16_500]) expect(second(0, from, 440)).toBeCloseTo(-10, 0);
  for (const from of [500, 8900, 16_900]) expect(second(1, from, 1000)).toBeCloseTo(-10, 0);
  expect([second(1, 500, 1700), second(1, 16_900, 1700)].every((level) => level < -40)).toBe(true);
  expect(second(1, 8900, 1700)).toBeCloseTo(-10, 0);
  expect(second(1, 8900, 440)).toBeLessThan(-40);
});

test('who leaves or closes is not heard any more, and with the last the room is gone', async () => {
  const [a, b, c] = [await ends.open('a'), await ends.open('b'), await ends.open('c')];
  for (const one of [a, b, c]) await enter(one);
  expect((await ends.engine.counters()).rooms).toBe(1);
  await ends.speak(20, [a, 440], [b, 1000], [c, 1700]);
  await ends.tell({ type: 'close', leg: 'c' });
  await ends.tell({ type: 'leave-room', room: 'another', leg: 'b' });
  await ends.speak(40, [a, 440], [b, 1000]);
  expect(heard(a, [1000, 1700])).toBe('+ -');
  await ends.tell({ type: 'leave-room', room: 'r', leg: 'b' });
  const before = b.end.heard.length;
  await ends.speak(20, [a, 440], [b, 1000]);
  expect(b.end.heard.length).toBe(before);
  await ends.tell({ type: 'leave-room', room: 'r', leg: 'a' });
  expect((await ends.engine.counters()).rooms).toBe(0);
});

test('a key of a member is told and is not spread', async () => {
  const [a, b] = [await ends.open('a'), await ends.open('b')];
  await enter(a);
  await enter(b);
  await ends.press(a, '5');
  expect(ends.told()).toEqual(['5 80 ms']);
  expect(b.end.heard.every(({ payloadType }) => payloadType === 8)).toBe(true);
});

test('a held member is sent nothing and everybody else hears on', async () => {
  const [a, b, c] = [await ends.open('a'), await ends.open('b'), await ends.open('c')];
  for (const one of [a, b, c]) await enter(one);
  await ends.hold(c);
  const before = c.end.heard.length;
  await ends.speak(45, [a, 440], [b, 1000]);
  expect(c.end.heard.length).toBe(before);
  expect(heard(a, [1000])).toBe('+');
});

function channel(side: number): Int16Array {
  const bytes = new Uint8Array(24_000).fill(0xd5);
  for (const one of ends.engine.recorded) {
    if (one.type !== 'block') continue;
    one.stereo.forEach((byte, i) => {
      if (i % 2 === side) bytes[one.startSample + (i >> 1)] = byte;
    });
  }
  return linearOf('PCMA', bytes);
}

test('a room that is full takes nobody more, and who stands before it is not lost', async () => {
  const many = new JoinedEnds(23_900, 66);
  const members: FarEnd[] = [];
  for (let i = 0; i < 65; i++) members.push(await many.open(`m${i}`));
  for (const { leg } of members) await many.tell({ type: 'enter-room', room: 'r', leg, role: { kind: 'listens' } });
  expect(many.engine.said.filter((one) => one.type === 'failed')).toMatchObject([
    { error: { message: 'a room is full' } },
  ]);
  expect(await many.engine.counters()).toMatchObject({ legs: 65, rooms: 1 });
  await many.stop();
});

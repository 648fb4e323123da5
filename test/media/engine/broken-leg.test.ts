/** Whatever breaks at one leg costs that leg: the others of the thread talk on, and the ports come back. */
import { setTimeout as pause } from 'node:timers/promises';
import type { LegSetting, ToEngine } from '../../../media/engine/messages';
import { MediaBench, legOf, portIn, until } from '../media-bench';
import { RtpEnd } from '../rtp-end';
import { EngineBench, settingOf } from './engine-bench';

let engine: EngineBench;
let ends: RtpEnd[];
let toA: number;

beforeEach(async () => {
  engine = new EngineBench(
    Array.from({ length: 10 }, (_, i) => 22_400 + i * 2),
    0,
  );
  ends = await Promise.all([RtpEnd.open('PCMA'), RtpEnd.open('PCMA'), RtpEnd.open('PCMA')]);
  toA = await engine.leg('a', endAt(0));
  await engine.leg('b', endAt(1));
  engine.tell({ type: 'join', a: 'a', b: 'b' });
});

afterEach(async () => {
  for (const end of ends) end.close();
  await engine.stop();
  expect(engine.clock.running).toBe(0);
});

function endAt(i: number): RtpEnd {
  const end = ends[i];
  if (end === undefined) throw new RangeError('no such end');
  return end;
}

/** `a` is still heard by `b`, and nothing is left of the third leg. */
async function othersTalkOn(): Promise<void> {
  const before = endAt(1).heard.length;
  endAt(0).speak(toA, 440);
  await until(() => endAt(1).heard.length > before);
  expect(await engine.counters()).toMatchObject({ legs: 2, sockets: 4, portsFree: 8 });
}

/** What a mistake of ours on the main side could send. */
const broken = (message: unknown): ToEngine => message as ToEngine;

test.each([0, 70_000, -1])('port %s is not sent to, and no leg is lost', async (port) => {
  const nowhere = { host: '127.0.0.1', port };
  await engine.leg('c', endAt(2), { rtp: nowhere, rtcp: nowhere });
  engine.tell({ type: 'play', leg: 'c', tone: 'ringback', country: 'DE' });
  await engine.counters();
  engine.clock.advance(20_000);
  engine.tell({ type: 'close', leg: 'c' });
  await engine.heard('closed', 'c');
  await othersTalkOn();
  expect(engine.said.filter((one) => one.type === 'failed')).toEqual([]);
});

test('a leg whose report cannot be made is lost alone', async () => {
  await engine.leg('c', endAt(2), broken({ rtcp: null }) as unknown as Partial<LegSetting>);
  engine.clock.advance(8000);
  expect((await engine.heard('failed', 'c')).error.message).toMatch(/null/);
  await othersTalkOn();
});

test('a command that cannot be carried out costs its leg', async () => {
  await engine.leg('c', endAt(2));
  engine.tell(broken({ type: 'set', leg: 'c', setting: { ...settingOf(endAt(2)), receives: null } }));
  await engine.heard('failed', 'c');
  await othersTalkOn();
});

test('a leg that cannot be bound is told lost', async () => {
  engine.tell(broken({ type: 'open', leg: 'c', bindAddress: null }));
  await engine.heard('failed', 'c');
  expect(await engine.counters()).toMatchObject({ legs: 2, sockets: 4 });
});

test('a=rtcp:0 of one far end ends no call', async () => {
  const errors: Error[] = [];
  const media = await MediaBench.start({
    rtpPorts: { from: 22_440, to: 22_479 },
    failed: (error) => errors.push(error),
  });
  const [bad, good] = [legOf('rtcp-0', 1), legOf('rtcp-0', 2)];
  const sdp = endAt(2)
    .sdp()
    .replace(/a=rtcp:\d+/, 'a=rtcp:0');
  await media.answering(bad, endAt(2), { sdp });
  const toGood = portIn(await media.answering(good, endAt(1)));
  media.run({ to: 'media', do: 'join', a: bad, b: good });
  media.run({ to: 'media', do: 'close-leg', leg: bad });
  await media.happened('leg-closed', bad);
  endAt(1).speak(toGood, 440);
  await media.happened('first-packet', good);
  await pause(0);
  expect(await media.server?.counters()).toMatchObject({ legs: 1 });
  expect(errors).toEqual([]);
  await media.stop();
});

/** Two real UDP ends through a media worker: audio by content, both ways, with and without a table between the laws. */
import { levelAt } from '../audio/goertzel';
import { MediaBench, each20ms, legOf, portIn, until } from './media-bench';
import { RtpEnd } from './rtp-end';

let media: MediaBench;
let caller: RtpEnd;
let callee: RtpEnd;

beforeAll(async () => {
  media = await MediaBench.start();
});
afterAll(() => media.stop());
afterEach(() => {
  caller.close();
  callee.close();
});

test.each([
  ['PCMU', 'PCMA'],
  ['PCMA', 'PCMA'],
] as const)('a %s caller and a %s callee hear each other and not themselves', async (one, other) => {
  [caller, callee] = [await RtpEnd.open(one), await RtpEnd.open(other)];
  const [a, b] = [legOf(`talk-${one}`, 1), legOf(`talk-${one}`, 2)];
  const toCaller = portIn(await media.answering(a, caller));
  const toCallee = portIn(await media.offering(b, callee));
  media.run({ to: 'media', do: 'join', a, b });
  await each20ms(50, () => {
    caller.speak(toCaller, 440);
    callee.speak(toCallee, 1000);
  });
  await until(() => caller.heard.length >= 45 && callee.heard.length >= 45);
  expect(levelAt(440, callee.audio())).toBeGreaterThan(-11);
  expect(levelAt(1000, callee.audio())).toBeLessThan(-45);
  expect(levelAt(1000, caller.audio())).toBeGreaterThan(-11);
  expect(levelAt(440, caller.audio())).toBeLessThan(-45);
  await media.happened('first-packet', a);
  await media.happened('first-packet', b);
  media.run({ to: 'media', do: 'close-leg', leg: a });
  media.run({ to: 'media', do: 'close-leg', leg: b });
  const { quality } = await media.happened('leg-closed', a);
  expect(quality).toMatchObject({ codec: one, receivedLossRatio: 0, packetsReceived: 50 });
  expect(quality.receivedJitterMs).toBeLessThan(20);
  await media.happened('leg-closed', b);
});

/** Ports and sockets: lent, skipped, rested and given back; and what is left when a worker dies. */
import type { Worker } from 'node:worker_threads';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { epochMs, sdpOf } from '../../call-router/values/ids';
import type { MediaEvent } from '../../call-router/event';
import { EngineThread } from '../../media/engine-thread';
import { createBrowserSides } from '../../media/browser-sides';
import { startWebrtcWorkers } from '../../media/webrtc-workers';
import { createLegs } from '../../media/legs';
import type { MediaContext } from '../../media/media-context';
import { createOwnPorts } from '../../media/own-ports';
import { receiveRtpEvents } from '../../media/receive-rtp-events';
import { runMediaEffect } from '../../media/run-media-effect';
import { createSounds } from '../../media/sounds';
import type { MediaSettings } from '../../media/media-server';
import { MediaBench, legOf, portIn, until } from './media-bench';
import { RtpEnd } from './rtp-end';
import { sdpFixture } from './sdp-fixture';

let end: RtpEnd;
let media: MediaBench | undefined;
beforeAll(async () => {
  end = await RtpEnd.open('PCMA');
});
afterAll(() => end.close());
afterEach(async () => {
  await media?.stop();
  media = undefined;
});

/** Stopped after each test, whatever became of it. */
async function start(settings: Partial<MediaSettings>): Promise<MediaBench> {
  media = await MediaBench.start(settings);
  return media;
}

test('200 legs opened and closed leave no leg, no socket and no port', async () => {
  const bench = await start({ rtpPorts: { from: 23_000, to: 23_999 } });
  const legs = Array.from({ length: 200 }, (_, n) => legOf('many', n));
  await Promise.all(legs.map((leg) => bench.answering(leg, end)));
  expect(await bench.server?.counters()).toMatchObject({ legs: 200, sockets: 400, portsFree: 300 });
  for (const leg of legs) bench.run({ to: 'media', do: 'close-leg', leg });
  await Promise.all(legs.map((leg) => bench.happened('leg-closed', leg)));
  expect(await bench.server?.counters()).toMatchObject({ legs: 0, sockets: 0, portsFree: 300, portsResting: 200 });
  expect(bench.events).toEqual([]);
});

test('ports of other programs are skipped; when none is free the leg is refused; a used one rests', async () => {
  const taken = createSocket('udp4').bind(24_003, '127.0.0.1');
  await once(taken, 'listening');
  const bench = await start({ rtpPorts: { from: 23_999, to: 24_005 }, portRestMs: 300 });
  const ports = [await bench.answering(legOf('p', 1), end), await bench.answering(legOf('p', 2), end)].map(portIn);
  // 24002 cannot be had: its odd one is another's.
  expect(ports.toSorted((a, b) => a - b)).toEqual([24_000, 24_004]);
  const refused = () =>
    bench.run({
      to: 'media',
      do: 'open-offering-leg',
      over: 'rtp',
      leg: legOf('p', 3),
      codecs: ['PCMA'],
      towards: '127.0.0.1',
    });
  refused();
  expect(await bench.happened('leg-not-opened')).toMatchObject({ problem: 'no-free-port' });
  bench.run({ to: 'media', do: 'close-leg', leg: legOf('p', 1) });
  await bench.happened('leg-closed');
  refused();
  expect(await bench.happened('leg-not-opened')).toMatchObject({ problem: 'no-free-port' });
  await until(() => {
    refused();
    return bench.events.some((event) => event.type === 'leg-opened');
  });
  expect(portIn((await bench.happened('leg-opened')).sdp ?? '')).toBe(ports[0]);
  taken.close();
});

test('two workers share the ports, and the legs of a call are together', async () => {
  const bench = await start({ rtpPorts: { from: 24_600, to: 24_699 }, workers: 2 });
  expect(await bench.server?.counters()).toMatchObject({ portsFree: 50 });
  const [a, b] = [legOf('pair', 1), legOf('pair', 2)];
  const ports = [await bench.answering(a, end), await bench.offering(b, end)].map(portIn);
  // Every other pair is the other worker's.
  expect((ports[1] ?? 0) % 4).toBe((ports[0] ?? 0) % 4);
});

test('a leg closed while its ports are being bound is closed, and says so', async () => {
  const bench = await start({ rtpPorts: { from: 24_100, to: 24_199 } });
  const leg = legOf('quick', 1);
  bench.run({ to: 'media', do: 'open-offering-leg', over: 'rtp', leg, codecs: ['PCMA'], towards: '127.0.0.1' });
  bench.run({ to: 'media', do: 'close-leg', leg });
  await bench.happened('leg-closed', leg);
  expect(await bench.server?.counters()).toMatchObject({ legs: 0, sockets: 0 });
  expect(bench.events).toEqual([]);
});

test('each effect that awaits an answer gets one, also for a leg that is gone', async () => {
  const bench = await start({ rtpPorts: { from: 24_200, to: 24_299 } });
  const leg = legOf('gone', 1);
  bench.run({ to: 'media', do: 'accept-offer', leg });
  expect(await bench.happened('offer-refused', leg)).toMatchObject({ problem: 'engine-lost' });
  bench.run({ to: 'media', do: 'set-answer', leg, answer: sdpOf('') });
  expect(await bench.happened('answer-refused', leg)).toMatchObject({ problem: 'engine-lost' });
  bench.run({
    to: 'media',
    do: 'open-answering-leg',
    leg,
    offer: sdpOf('garbage'),
    codecs: ['PCMA'],
    towards: '127.0.0.1',
  });
  expect(await bench.happened('leg-not-opened', leg)).toMatchObject({ problem: 'bad-description' });
  bench.run({
    to: 'media',
    do: 'open-answering-leg',
    leg,
    offer: sdpFixture('no-common-codec'),
    codecs: ['PCMA'],
    towards: 'x',
  });
  expect(await bench.happened('leg-not-opened', leg)).toMatchObject({ problem: 'no-common-codec' });
  bench.run({ to: 'media', do: 'close-leg', leg });
  await bench.happened('leg-closed', leg);
});

test('a re-offer we cannot take leaves the leg as it was', async () => {
  const bench = await start({ rtpPorts: { from: 24_300, to: 24_399 } });
  const leg = legOf('re', 1);
  const before = await bench.answering(leg, end);
  bench.run({ to: 'media', do: 'take-reoffer', leg, offer: sdpFixture('no-common-codec') });
  expect(await bench.happened('offer-refused')).toMatchObject({ problem: 'no-common-codec' });
  bench.run({ to: 'media', do: 'take-reoffer', leg, offer: sdpOf(end.sdp()) });
  expect((await bench.happened('offer-accepted')).sdp).toBe(before);
  bench.run({ to: 'media', do: 'take-reoffer', leg, offer: sdpOf(end.sdp({ extra: 'a=sendonly\r\n' })) });
  expect(await bench.happened('offer-accepted')).toMatchObject({ far: 'holds' });
  bench.run({ to: 'media', do: 'offer-again', leg });
  expect((await bench.happened('offer-made')).sdp).toMatch(/m=audio \d+ RTP\/AVP 8 0 101\r\n[^]*a=sendrecv/);
});

test('when a worker dies its legs are told lost, and the next leg opens in a new one', async () => {
  const events: MediaEvent[] = [];
  const workers: Worker[] = [];
  const media: MediaContext = {
    legs: createLegs(),
    post: (event) => events.push(event),
    now: () => epochMs(1),
    addressTowards: () => '127.0.0.1',
    bindAddress: '127.0.0.1',
    bindAddress6: '::1',
    ownPorts: createOwnPorts({
      isLent: () => false,
      addressTowards: () => '127.0.0.1',
      bindAddress: '127.0.0.1',
      now: () => 0,
    }),
    threadForNewCall: () => thread,
    recordings: new Map(),
    sounds: createSounds({ prompts: '/nonexistent', uploads: '/nonexistent' }),
    recordingFiles: () => [],
    soundsAwaited: new Map(),
    browsers: createBrowserSides(),
    webrtc: startWebrtcWorkers(
      undefined,
      { after: () => () => undefined },
      { failed: () => undefined, died: () => undefined },
    ),
    failed: () => undefined,
  };
  const after = (ms: number, fire: () => void) => {
    const timer = setTimeout(fire, ms / 10);
    return () => clearTimeout(timer);
  };
  const thread = new EngineThread({
    rtpPorts: [24_400, 24_402],
    portRestMs: 0,
    recorder: () => undefined,
    clock: { after },
    listen: (own, worker) => {
      workers.push(worker);
      receiveRtpEvents(media, own, worker, () => undefined);
    },
  });
  const open = (n: number) =>
    runMediaEffect(media, {
      to: 'media',
      do: 'open-offering-leg',
      over: 'rtp',
      leg: legOf('lost', n),
      codecs: ['PCMA'],
      towards: 'x',
    });
  open(1);
  await until(() => events.length === 1);
  await workers[0]?.terminate();
  await until(() => events.length === 2);
  expect(events[1]).toMatchObject({ type: 'leg-not-opened', leg: legOf('lost', 1), problem: 'engine-lost' });
  open(2);
  expect(events[2]).toMatchObject({ type: 'leg-not-opened', leg: legOf('lost', 2), problem: 'engine-lost' });
  await until(() => workers.length === 2 && thread.isReady);
  open(3);
  await until(() => events.length === 4);
  expect(events[3]).toMatchObject({ type: 'leg-opened', leg: legOf('lost', 3) });
  await thread.stop();
});

/**
 * Real Chromium against the media server, descriptions handed over by hand: audio by content both ways, with offers in both
 * directions, over one port; hold, ICE restart, and a worker that is killed in the middle of it.
 */
import { createSocket } from 'node:dgram';
import { observer, type types } from 'mediasoup';
import type { Browser } from 'playwright-core';
import type { AudioCodec } from '../../call-router/state/directory';
import { type LegId, type Sdp, sdpOf } from '../../call-router/values/ids';
import { levelAt } from '../audio/goertzel';
import { describeWithTool } from '../require-tool';
import { BrowserEnd, openAudioBrowser } from './browser-end';
import { freePorts } from './free-ports';
import { MediaBench, each20ms, legOf, portIn, until } from './media-bench';
import { RtpEnd, rtpPacket } from './rtp-end';

const codecs: readonly AudioCodec[] = ['PCMA', 'PCMU', 'G722', 'opus'];
let calls = 0;

describeWithTool(['chromium', 'mediasoup-worker'], 'browser audio', () => {
  let browser: Browser;
  let media: MediaBench;
  let port = 0;
  const ends: { close: () => unknown }[] = [];
  const workers: number[] = [];
  const alive = new Set<types.Worker>();
  const note = (worker: types.Worker): void => {
    workers.push(worker.pid);
    alive.add(worker);
    worker.observer.once('close', () => alive.delete(worker));
  };

  beforeAll(async () => {
    observer.on('newworker', note);
    browser = await openAudioBrowser();
    [port = 0] = await freePorts(1);
    media = await MediaBench.start({
      rtpPorts: { from: 25_000, to: 25_199 },
      webrtc: { host: '127.0.0.1', ports: [port] },
    });
  });
  afterAll(async () => {
    await media?.stop();
    await browser?.close();
    observer.off('newworker', note);
    for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end.close();
  });

  async function page(hz: number): Promise<BrowserEnd> {
    const end = await BrowserEnd.open(browser, hz);
    ends.push(end);
    return end;
  }

  async function phone(law: 'PCMA' | 'PCMU'): Promise<RtpEnd> {
    const end = await RtpEnd.open(law);
    ends.push(end);
    return end;
  }

  /** A leg where we offer to a browser. */
  async function offering(leg: LegId, end: BrowserEnd, like?: LegId): Promise<Sdp> {
    const to = like === undefined ? {} : { like };
    media.run({ to: 'media', do: 'open-offering-leg', leg, over: 'webrtc', codecs, towards: '127.0.0.1', ...to });
    const { sdp = sdpOf('') } = await media.happened('leg-opened', leg);
    media.run({ to: 'media', do: 'set-answer', leg, answer: await end.answer(sdp) });
    await media.happened('answer-set', leg);
    return sdp;
  }

  /** Both ends of a joined call of a browser (600 Hz) and a phone (1000 Hz) that goes on until it is stopped. */
  async function talk(law: 'PCMA' | 'PCMU', who: 'browser' | 'we') {
    const name = `talk${++calls}`;
    const [a, b] = [legOf(name, 1), legOf(name, 2)];
    const [end, far] = [await page(600), await phone(law)];
    const answerer = who === 'browser' ? undefined : far;
    let to = answerer === undefined ? 0 : portIn(await media.answering(b, far));
    const sdp = who === 'browser' ? undefined : await offering(a, end, b);
    if (to === 0) {
      media.run({
        to: 'media',
        do: 'open-answering-leg',
        leg: a,
        offer: await end.offer(),
        codecs,
        towards: '127.0.0.1',
      });
      await media.happened('leg-opened', a);
      to = portIn(await media.offering(b, far));
      media.run({ to: 'media', do: 'accept-offer', leg: a, like: b });
      await end.takeAnswer((await media.happened('offer-accepted', a)).sdp);
    }
    media.run({ to: 'media', do: 'join', a, b });
    let isOver = false;
    const speaking = (async () => {
      while (!isOver) await each20ms(5, () => far.speak(to, 1000));
    })();
    const over = async (): Promise<void> => {
      isOver = true;
      await speaking;
      for (const leg of [a, b]) media.run({ to: 'media', do: 'close-leg', leg });
      for (const leg of [a, b]) await media.happened('leg-closed', leg);
    };
    return { a, b, end, far, over, sdp };
  }

  async function heardByPhone(far: RtpEnd): Promise<void> {
    far.heard.length = 0;
    await until(() => far.heard.length >= 50);
    expect(levelAt(600, far.audio())).toBeGreaterThan(-12);
    expect(levelAt(1000, far.audio())).toBeLessThan(-45);
  }

  test.each([
    ['PCMA', 'browser'],
    ['PCMU', 'browser'],
    ['PCMA', 'we'],
    ['PCMU', 'we'],
  ] as const)('a phone with %s and a browser hear each other untouched where the %s offers', async (law, who) => {
    const { end, far, over } = await talk(law, who);
    await end.hears(1000, 600);
    await heardByPhone(far);
    expect(await end.codecHeard()).toBe(`audio/${law}`);
    // As the phone's packets: nothing was made of them.
    expect(new Set(far.heard.map(({ payloadType, payload }) => `${payloadType} ${payload.length}`))).toEqual(
      new Set([`${law === 'PCMA' ? 8 : 0} 160`]),
    );
    await over();
  });

  /** The browser's re-INVITE. */
  async function reoffered(leg: LegId, end: BrowserEnd, options?: RTCOfferOptions) {
    media.run({ to: 'media', do: 'take-reoffer', leg, offer: await end.offer(options) });
    const accepted = await media.happened('offer-accepted', leg);
    await end.takeAnswer(accepted.sdp);
    return accepted;
  }

  test.each(['browser', 'we'] as const)('hold by direction and back, where the %s offered first', async (who) => {
    const { a, end, far, over } = await talk('PCMA', who);
    await end.hears(1000, 600);
    await end.turn('sendonly');
    const held = await reoffered(a, end);
    expect(held.far).toBe('holds');
    expect(held.sdp).toContain('a=recvonly');
    await end.hearsNothingOf(1000);
    await end.turn('inactive');
    expect(await reoffered(a, end)).toMatchObject({ far: 'holds' });
    await end.turn('sendrecv');
    expect(await reoffered(a, end)).toMatchObject({ far: 'speaks-and-hears' });
    await end.hears(1000, 600);
    await heardByPhone(far);
    await over();
  });

  test.each(['browser', 'we'] as const)('our later offer, where the %s offered first', async (who) => {
    const { a, end, far, over } = await talk('PCMU', who);
    await end.hears(1000, 600);
    media.run({ to: 'media', do: 'offer-again', leg: a });
    const { sdp } = await media.happened('offer-made', a);
    media.run({ to: 'media', do: 'set-answer', leg: a, answer: await end.answer(sdp) });
    expect(await media.happened('answer-set', a)).toMatchObject({ far: 'speaks-and-hears' });
    await end.hears(1000, 600);
    await heardByPhone(far);
    await over();
  });

  test('an ICE restart of the browser: new credentials, and both are heard again', async () => {
    const { a, end, far, over, sdp = '' } = await talk('PCMA', 'we');
    await end.hears(1000, 600);
    const restarted = await reoffered(a, end, { iceRestart: true });
    expect(ufragIn(restarted.sdp)).not.toBe(ufragIn(sdp));
    await end.hears(1000, 600);
    await heardByPhone(far);
    expect(await end.state()).toBe('connected');
    // Without a restart they stay.
    expect(ufragIn((await reoffered(a, end)).sdp)).toBe(ufragIn(restarted.sdp));
    await over();
  });

  test.each(['browser', 'we'] as const)(
    'the worker is killed: another takes its legs, and audio is back (%s offered first)',
    async (who) => {
      const { a, end, far, over } = await talk('PCMA', who);
      await end.hears(1000, 600);
      process.kill(workers.at(-1) ?? 0, 'SIGKILL');
      const { sdp } = await media.happened('leg-remade', a);
      media.run({ to: 'media', do: 'set-answer', leg: a, answer: await end.answer(sdp) });
      await media.happened('answer-set', a);
      far.heard.length = 0;
      await until(() => far.heard.length >= 10);
      await end.hears(1000, 600);
      await heardByPhone(far);
      // The next offer of the browser finds everything in order.
      expect(await reoffered(a, end)).toMatchObject({ far: 'speaks-and-hears' });
      await end.hears(1000, 600);
      await over();
    },
  );

  test('the worker is killed before the browser has answered: it is told after its answer', async () => {
    const leg = legOf('unanswered', 1);
    const end = await page(600);
    media.run({ to: 'media', do: 'open-offering-leg', leg, over: 'webrtc', codecs, towards: '127.0.0.1' });
    const { sdp = sdpOf('') } = await media.happened('leg-opened', leg);
    process.kill(workers.at(-1) ?? 0, 'SIGKILL');
    const remade = await media.happened('leg-remade', leg);
    // Its answer to the first offer is on its way; the gateway sends the second one after it.
    media.run({ to: 'media', do: 'set-answer', leg, answer: await end.answer(sdp) });
    await media.happened('answer-set', leg);
    media.run({ to: 'media', do: 'set-answer', leg, answer: await end.answer(remade.sdp) });
    await media.happened('answer-set', leg);
    media.run({ to: 'media', do: 'play', leg, tone: 'dial', country: 'CZ' });
    await end.hears(425, 600);
    media.run({ to: 'media', do: 'close-leg', leg });
    await media.happened('leg-closed', leg);
  });

  test('two browsers speak Opus to each other, which passes as it is', async () => {
    const [a, b] = [legOf('opus', 1), legOf('opus', 2)];
    const [one, other] = [await page(600), await page(1000)];
    media.run({
      to: 'media',
      do: 'open-answering-leg',
      leg: a,
      offer: await one.offer(),
      codecs,
      towards: '127.0.0.1',
    });
    await media.happened('leg-opened', a);
    media.run({ to: 'media', do: 'open-offering-leg', leg: b, over: 'webrtc', codecs, towards: '127.0.0.1', like: a });
    const { sdp = sdpOf('') } = await media.happened('leg-opened', b);
    expect(sdp).toMatch(/^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 107 /m);
    // Behind each other, as when a call is answered.
    media.run({ to: 'media', do: 'set-answer', leg: b, answer: await other.answer(sdp) });
    media.run({ to: 'media', do: 'accept-offer', leg: a, like: b });
    await one.takeAnswer((await media.happened('offer-accepted', a)).sdp);
    media.run({ to: 'media', do: 'join', a, b });
    await one.hears(1000, 600);
    await other.hears(600, 1000);
    expect([await one.codecHeard(), await other.codecHeard()]).toEqual(['audio/opus', 'audio/opus']);
    for (const leg of [a, b]) media.run({ to: 'media', do: 'close-leg', leg });
    const { quality } = await media.happened('leg-closed', a);
    expect(quality).toMatchObject({ codec: 'opus', receivedLossRatio: 0 });
    await media.happened('leg-closed', b);
  });

  test('how it sounds is measured each way while it is watched, the browser’s side by its own reports', async () => {
    const { a, b, end, over } = await talk('PCMA', 'we');
    await end.hears(1000, 600);
    for (const leg of [a, b]) media.run({ to: 'media', do: 'watch-quality', leg });
    // The first window may end before the browser has reported, and before it has answered a report of ours.
    let measured = (await media.happened('quality-measured', a)).quality;
    while (measured.sent === undefined || measured.roundTripMs === undefined)
      measured = (await media.happened('quality-measured', a)).quality;
    expect(measured.received?.mos).toBeGreaterThan(4);
    expect(measured.sent).toMatchObject({ lossRatio: 0 });
    expect(measured.sent?.mos).toBeGreaterThan(4);
    expect(measured.roundTripMs).toBeLessThan(500);
    expect((await media.happened('quality-measured', b)).quality.received?.mos).toBeGreaterThan(4);
    for (const leg of [a, b]) media.run({ to: 'media', do: 'close-leg', leg });
    const { quality } = await media.happened('leg-closed', a);
    expect(quality.received?.mosMin).toBeGreaterThan(4);
    expect(quality.sent?.worst.lossRatio).toBe(0);
    await media.happened('leg-closed', b);
    await over();
  });

  test('what comes to the port without the credentials of a leg is not answered and changes nothing', async () => {
    const { end, far, over } = await talk('PCMA', 'we');
    await end.hears(1000, 600);
    const stranger = createSocket('udp4');
    const heard: Buffer[] = [];
    stranger.on('message', (packet) => heard.push(packet));
    // The record of a DTLS ClientHello, and RTP with any source.
    const hello = Buffer.concat([Buffer.from('16fefd0000000000000000003d', 'hex'), Buffer.alloc(61, 1)]);
    for (let i = 0; i < 20; i++) for (const packet of [hello, rtpOf(i)]) stranger.send(packet, port, '127.0.0.1');
    await heardByPhone(far);
    await end.hears(1000, 600);
    expect(heard).toEqual([]);
    stranger.close();
    await over();
  });

  test('nothing is left over: no leg, port, transport or worker process', async () => {
    const counters = await media.server?.counters();
    expect(counters).toMatchObject({ legs: 0, sockets: 0 });
    expect(counters?.strangers).toBe(0);
    for (const worker of alive) {
      const { routerIds, webRtcServerIds } = await worker.dump();
      expect([routerIds.length, webRtcServerIds.length]).toEqual([0, 1]);
    }
    expect(media.server?.browserLegs()).toBe(0);
  });
});

const ufragIn = (sdp: string): string | undefined => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];

const rtpOf = (sequence: number): Buffer =>
  rtpPacket({ payloadType: 8, sequence, timestamp: sequence * 160, ssrc: 0x5757_5757 }, Buffer.alloc(160, 0xd5));

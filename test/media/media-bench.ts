/** A media server for tests, with its events at hand: `happened` waits for one, `call` brings two ends into a joined call. */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MediaEffect } from '../../call-router/media-effect';
import type { MediaEvent } from '../../call-router/event';
import { type LegId, callIdOf, epochMs, legIdOf, sdpOf } from '../../call-router/values/ids';
import { type MediaServer, type MediaSettings, startMedia } from '../../media/media-server';
import type { RtpEnd } from './rtp-end';

type EventOf<Type> = Extract<MediaEvent, { type: Type }>;

export class MediaBench {
  readonly events: MediaEvent[] = [];
  server: MediaServer | undefined;
  private readonly waiting = new Set<() => void>();

  static async start(settings: Partial<MediaSettings> = {}): Promise<MediaBench> {
    const bench = new MediaBench();
    bench.server = await startMedia({
      rtpPorts: { from: 21_000, to: 21_999 },
      addressTowards: () => '127.0.0.1',
      bindAddress: '127.0.0.1',
      clock: { now: () => epochMs(Date.now()), after: timer },
      post: (event) => bench.post(event),
      soundFolders: { prompts: path.join(__dirname, '../../media/prompts'), uploads: '/nonexistent' },
      recordingFiles: () => [],
      ...settings,
    });
    return bench;
  }

  run(effect: MediaEffect): void {
    if (this.server === undefined) throw new Error('not started');
    this.server.run(effect);
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  /** The next event of this type (for this leg) that nobody has taken yet. */
  async happened<Type extends MediaEvent['type']>(type: Type, leg?: LegId): Promise<EventOf<Type>> {
    for (;;) {
      const index = this.events.findIndex(
        (event) => event.type === type && (leg === undefined || ('leg' in event && event.leg === leg)),
      );
      const [event] = index < 0 ? [] : this.events.splice(index, 1);
      if (event !== undefined) return event as EventOf<Type>;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Opens a leg whose far end offers, and answers. Returns our SDP. */
  async answering(
    leg: LegId,
    end: RtpEnd,
    more: { readonly sdp?: string; readonly like?: LegId } = {},
  ): Promise<string> {
    const offer = sdpOf(more.sdp ?? end.sdp());
    this.run({ to: 'media', do: 'open-answering-leg', leg, offer, codecs: ['PCMA', 'PCMU'], towards: '127.0.0.1' });
    await this.happened('leg-opened', leg);
    this.run({ to: 'media', do: 'accept-offer', leg, ...(more.like === undefined ? {} : { like: more.like }) });
    return (await this.happened('offer-accepted', leg)).sdp;
  }

  /** Opens a leg where we offer and the far end answers. Returns our SDP. */
  async offering(leg: LegId, end: RtpEnd): Promise<string> {
    this.run({
      to: 'media',
      do: 'open-offering-leg',
      over: 'rtp',
      leg,
      codecs: ['PCMA', 'PCMU'],
      towards: '127.0.0.1',
    });
    const opened = await this.happened('leg-opened', leg);
    this.run({ to: 'media', do: 'set-answer', leg, answer: sdpOf(end.sdp()) });
    await this.happened('answer-set', leg);
    return opened.sdp ?? '';
  }

  private post(event: MediaEvent): void {
    this.events.push(event);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

export const legOf = (call: string, n: number): LegId => legIdOf(callIdOf(call), n);

/** Port of the audio in a description of ours. */
export const portIn = (sdp: string): number => Number(/m=audio (\d+)/.exec(sdp)?.[1]);

/** Real RTP has a pace: calls `send` every 20 ms. */
export async function each20ms(packets: number, send: (i: number) => void): Promise<void> {
  const start = performance.now();
  for (let i = 0; i < packets; i++) {
    send(i);
    await pause(Math.max(0, start + (i + 1) * 20 - performance.now()));
  }
}

/** Waits until something is so; the test's own time limit ends it. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}

function timer(ms: number, fire: () => void): () => void {
  const handle = setTimeout(fire, ms);
  return () => clearTimeout(handle);
}

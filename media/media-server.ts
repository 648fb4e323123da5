/**
 * Starts and stops the audio side: the RTP engine's worker threads and, where it is installed, mediasoup's worker for
 * browsers. All legs of a call live in one worker; a further one is used only when those before it are busy.
 */
import { randomInt } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import type { MediaEffect } from '../call-router/media-effect';
import type { MediaEvent } from '../call-router/event';
import type { Sound } from '../call-router/state/office';
import type { CallId, EpochMs } from '../call-router/values/ids';
import { EngineThread } from './engine-thread';
import type { EngineCounters } from './engine/messages';
import { createLegs } from './legs';
import type { MediaContext } from './media-context';
import { createOwnPorts } from './own-ports';
import type { WebrtcListening } from './listen-infos';
import { remakeLegs } from './negotiate-webrtc';
import { startBrowserReports } from './browser-reports';
import { createBrowserSides } from './browser-sides';
import { receiveRtpEvents } from './receive-rtp-events';
import { runMediaEffect } from './run-media-effect';
import { type SoundFolders, createSounds } from './sounds';
import { type WebrtcState, startWebrtcWorkers } from './webrtc-workers';

export interface MediaClock {
  readonly now: () => EpochMs;
  readonly after: (ms: number, fire: () => void) => () => void;
}

export interface MediaSettings {
  /** UDP ports for RTP and RTCP, both ends included. */
  readonly rtpPorts: { readonly from: number; readonly to: number };
  /** What we write into SDP towards a far end at this host: an IPv4 or IPv6 literal. */
  readonly addressTowards: (host: string) => string;
  /** Where sockets are bound; towards IPv6 it is `::` unless this is an IPv6 address itself. */
  readonly bindAddress: string;
  /** Where browsers reach us; without it there is no browser audio. */
  readonly webrtc?: WebrtcListening;
  readonly clock: MediaClock;
  readonly post: (event: MediaEvent) => void;
  /** Where sounds are read from; their files may come later. */
  readonly soundFolders: SoundFolders;
  /** Where a call's recording may lie, the likeliest first. */
  readonly recordingFiles: (call: CallId) => readonly string[];
  /**
   * The way to the recorder. A function is asked anew for each worker and after each death of one; a plain port serves
   * the first worker for its life. Without it nothing is recorded.
   */
  readonly recorderPort?: MessagePort | (() => MessagePort | undefined);
  /** Media workers at the most; 1 by default, which carries several hundred calls. */
  readonly workers?: number;
  /** A used port rests so long; 4000 by default. */
  readonly portRestMs?: number;
  /** Hears of workers that died: to be logged. */
  readonly failed?: (error: Error) => void;
}

export interface MediaReadiness {
  readonly engine: boolean;
  readonly webrtc: WebrtcState;
}

export interface MediaServer {
  /** Returns at once; outcomes come by `post`. */
  readonly run: (effect: MediaEffect) => void;
  /** The uploads that there are from now on. */
  readonly configure: (office: { readonly sounds: Iterable<Sound> }) => void;
  readonly ready: () => MediaReadiness;
  /** Asks `recorderPort` anew for each worker: the recorder at the other end was replaced. */
  readonly renewRecorder: () => void;
  /** Halves of browsers' legs that mediasoup has. */
  readonly browserLegs: () => number;
  /** Summed over all workers. */
  readonly counters: () => Promise<EngineCounters>;
  /** Closes all legs and threads. */
  readonly stop: () => Promise<void>;
}

/** A worker this busy gets no new call while there is another (DESIGN section 1). */
const busyRatioMax = 0.7;
const portRestMs = 4000;

/** Resolves when RTP can flow; browser audio may come a moment later. */
export async function startMedia(settings: MediaSettings): Promise<MediaServer> {
  const threads: EngineThread[] = [];
  const failed = settings.failed ?? (() => undefined);
  const legs = createLegs();
  const webrtc = startWebrtcWorkers(settings.webrtc, settings.clock, {
    failed,
    died: (worker) => remakeLegs(media, worker),
  });
  const media: MediaContext = {
    legs,
    browsers: createBrowserSides(),
    webrtc,
    failed,
    post: settings.post,
    now: settings.clock.now,
    addressTowards: settings.addressTowards,
    bindAddress: settings.bindAddress,
    bindAddress6: settings.bindAddress.includes(':') ? settings.bindAddress : '::',
    ownPorts: createOwnPorts({ ...settings, now: settings.clock.now, isLent: legs.holdPort }),
    threadForNewCall: () => leastBusy(threads),
    recordings: new Map(),
    sounds: createSounds(settings.soundFolders),
    soundsAwaited: new Map(),
    recordingFiles: settings.recordingFiles,
  };
  for (let i = 0; i < (settings.workers ?? 1); i++) threads.push(startThread(settings, media, i));
  const stopReports = startBrowserReports(media, settings.clock);
  await Promise.all(threads.map((thread) => thread.started));
  return {
    run: (effect) => runMediaEffect(media, effect),
    configure: ({ sounds }) => media.sounds.configure(sounds),
    ready: () => ({ engine: threads.every((thread) => thread.isReady), webrtc: webrtc.state() }),
    renewRecorder: () => {
      for (const thread of threads) thread.renewRecorder();
    },
    browserLegs: () => webrtc.count(),
    counters: async () => sum(await Promise.all(threads.map((thread) => thread.counters()))),
    stop: async () => {
      stopReports();
      await Promise.all(threads.map((thread) => thread.stop()));
      await media.browsers.idle();
      await webrtc.stop();
    },
  };
}

function startThread(settings: MediaSettings, media: MediaContext, number: number): EngineThread {
  return new EngineThread({
    rtpPorts: portsOf(settings, number),
    portRestMs: settings.portRestMs ?? portRestMs,
    recorder: recorderOf(settings, number),
    clock: settings.clock,
    listen: (thread, worker) => receiveRtpEvents(media, thread, worker, settings.failed ?? (() => undefined)),
  });
}

/** Even ports, dealt out among the workers; in no order, so that nobody can tell which is lent next. */
function portsOf({ rtpPorts, workers = 1 }: MediaSettings, number: number): readonly number[] {
  const ports: number[] = [];
  const first = rtpPorts.from + (rtpPorts.from % 2);
  for (let port = first + number * 2; port + 1 <= rtpPorts.to; port += workers * 2) ports.push(port);
  return shuffled(ports);
}

function shuffled(ports: number[]): readonly number[] {
  for (let i = ports.length - 1; i > 0; i--) {
    const other = randomInt(i + 1);
    [ports[i], ports[other]] = [ports[other] ?? 0, ports[i] ?? 0];
  }
  return ports;
}

function recorderOf({ recorderPort }: MediaSettings, number: number): () => MessagePort | undefined {
  if (typeof recorderPort === 'function') return recorderPort;
  // A port can be given away once.
  let left = number === 0 ? recorderPort : undefined;
  return () => {
    const port = left;
    left = undefined;
    return port;
  };
}

function leastBusy(threads: readonly EngineThread[]): EngineThread {
  const [first] = threads;
  if (first === undefined) throw new RangeError('at least one media worker is needed');
  if (threads.length === 1) return first;
  return threads.find((thread) => thread.isReady && thread.busyRatio < busyRatioMax) ?? first;
}

function sum(all: readonly (EngineCounters | undefined)[]): EngineCounters {
  const total: Record<keyof EngineCounters, number> = {
    legs: 0,
    sockets: 0,
    portsFree: 0,
    portsResting: 0,
    recordings: 0,
    rooms: 0,
    packetsReceived: 0,
    packetsSent: 0,
    strangers: 0,
    malformed: 0,
    blocksDropped: 0,
  };
  const names = Object.keys(total) as (keyof EngineCounters)[];
  for (const one of all) for (const name of names) total[name] += one?.[name] ?? 0;
  return total;
}

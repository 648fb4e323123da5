/** What /readyz and /metrics say, gathered from the parts. Counters of other threads are fetched every few seconds. */
import type { MediaServer } from '../media/media-server';
import type { Database } from '../prisma/database';
import type { StoreRunner } from '../prisma/run-store-effect';
import type { Recordings } from '../recordings/run-recording-effect';
import type { RecordingStorage } from '../recordings/storage';
import type { PartState, Readiness } from './api/deps';
import type { Clock } from './clock';
import type { RecordingLinks } from './link-recordings';
import type { Metrics, Sample } from './metrics';
import type { Sip } from './start-sip';
import type { Switchboard } from './switchboard';

export interface Parts {
  readonly board: Switchboard;
  readonly database: Database;
  readonly sip: Sip;
  readonly media: MediaServer;
  readonly recordings: Recordings;
  readonly storage: RecordingStorage;
  readonly links: RecordingLinks;
  readonly store: StoreRunner;
}

const fetchEveryMs = 5000;

export function readinessOf({ database, sip, media, recordings, links, store }: Parts): Readiness {
  const { engine, webrtc } = media.ready();
  return {
    database: stateOf(database.ready()),
    sip: stateOf(sip.gateway.ready()),
    media: stateOf(engine),
    webrtc: webrtc === 'ready' || webrtc === 'starting' ? webrtc : webrtc === 'no-worker' ? 'off' : 'failed',
    // Calls go on; their records and recordings wait in memory until it takes them.
    alarms: [...recordings.alarms(), ...(store.isFailing() || links.isFailing() ? ['database-failing'] : [])],
  };
}

const stateOf = (isReady: boolean): PartState => (isReady ? 'ready' : 'failed');

/** Numbers of each part by name: `trunkline_sip_…`, `trunkline_media_…`, `trunkline_recorder_…`. */
export async function showCounters(metrics: Metrics, parts: Parts, clock: Clock): Promise<void> {
  const { board, sip, media, recordings, store } = parts;
  metrics.gauge('trunkline_calls', 'Live calls', () => [{ value: board.view.calls.size }]);
  metrics.gauge('trunkline_bindings', 'Registered contacts', () => [{ value: board.view.bindings.size }]);
  metrics.counter('trunkline_router_total', 'Events of the router, and decisions that failed', () =>
    samplesOf(board.counters()),
  );
  metrics.gauge('trunkline_webrtc_legs', 'Legs of browsers at the mediasoup workers', () => [
    { value: media.browserLegs() },
  ]);
  metrics.counter('trunkline_gateway_total', 'SIP gateway', () => samplesOf(sip.gateway.counters()));
  metrics.counter('trunkline_recorder_total', 'Recorder', () => samplesOf(recordings.counters() ?? {}));
  metrics.counter('trunkline_alarms_total', 'Alarms raised, by kind', () => samplesOf(store.alarmsRaised()));
  let ofMedia: object = {};
  let ofEngine: object = {};
  metrics.counter('trunkline_media_total', 'RTP engine', () => samplesOf(ofMedia));
  metrics.counter('trunkline_sip_engine_total', 'SIP engine', () => samplesOf(ofEngine));
  const fetch = async (): Promise<void> => {
    // A thread that is just being replaced has no counters; the next round asks again.
    ofMedia = await media.counters().catch(() => ofMedia);
    ofEngine = (await sip.engine?.counters().catch(() => ofEngine)) ?? {};
  };
  await fetch();
  clock.every(fetchEveryMs, () => void fetch());
}

function samplesOf(counters: object): readonly Sample[] {
  return Object.entries(counters).flatMap(([of, value]) =>
    typeof value === 'number' ? [{ labels: { of }, value }] : [],
  );
}

// The real engine in the test's own thread, with time in the test's hand, and the real drachtio-srf connected to it.

import { DEFAULT_LIMITS, type EngineLimits } from '../../../sip-gateway/engine/config';
import { run } from '../../../sip-gateway/engine/engine';
import type { EngineCounters, FromEngine, ToEngine } from '../../../sip-gateway/engine/messages';
import type { Names } from '../../../sip-gateway/engine/resolve';
import type { CertificateAndKey, ListenAddress } from '../../../sip-gateway/engine/transport/listen-address';
import { type App, connectApp } from './srf-app';
import { TestClock } from './test-clock';

export const SECRET = 'correct horse';

export interface TestEngine {
  readonly clock: TestClock;
  readonly port: number;
  readonly udpPort: number;
  readonly tcpPort: number;
  portOf(wire: string): number;
  /** What the engine said without being asked. */
  readonly said: FromEngine[];
  /** To the engine, as its starter says it. */
  tell(message: ToEngine): void;
  counters(): Promise<EngineCounters>;
  silence(address: string, forMs: number): void;
  stop(): Promise<void>;
}

const noNames: Names = {
  addresses: () => Promise.reject(new Error('no such name')),
  srv: () => Promise.resolve([]),
  naptr: () => Promise.resolve([]),
};

export interface TestEngineOptions {
  readonly names?: Names;
  readonly limits?: Partial<EngineLimits>;
  /** Besides UDP and TCP. */
  readonly listen?: readonly ListenAddress['transport'][];
  readonly certificate?: CertificateAndKey;
  readonly publicAddress?: string;
  readonly localNetworks?: readonly string[];
}

const answers: ReadonlySet<string> = new Set(['ready', 'failed', 'counters', 'stopped']);

export async function startTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const clock = new TestClock();
  let toEngine: (message: ToEngine) => void = () => undefined;
  const heard: ((message: FromEngine) => void)[] = [];
  const said: FromEngine[] = [];
  const port = {
    postMessage: (message: FromEngine) =>
      answers.has(message.type) ? heard.shift()?.(message) : void said.push(message),
    on: (_event: 'message', listener: (message: ToEngine) => void) => {
      toEngine = listener;
    },
  };
  const ask = (message: ToEngine) =>
    new Promise<FromEngine>((resolve) => {
      heard.push(resolve);
      toEngine(message);
    });
  const { names = noNames, limits, listen = [], ...more } = options;
  run(port, clock, names);
  const places = (['udp', 'tcp', ...listen] as const).map((transport) => ({ transport, host: '127.0.0.1', port: 0 }));
  const ready = await ask({
    type: 'start',
    config: { ...more, listen: places, secret: SECRET, limits: { ...DEFAULT_LIMITS, ...limits } },
  });
  if (ready.type !== 'ready') throw new Error('the engine did not start');
  const portOf = (wire: string) =>
    Number(new RegExp(`(?:^|,)${wire}/127\\.0\\.0\\.1:(\\d+)`).exec(ready.localHostports)?.[1]);
  return {
    clock,
    port: ready.port,
    udpPort: portOf('udp'),
    tcpPort: portOf('tcp'),
    portOf,
    said,
    tell: (message) => toEngine(message),
    counters: async () => {
      const answer = await ask({ type: 'counters', id: 1 });
      if (answer.type !== 'counters') throw new Error('no counters');
      return answer.counters;
    },
    silence: (address, forMs) => toEngine({ type: 'silence', address, forMs }),
    stop: async () => {
      await ask({ type: 'stop' });
      expect(clock.waiting).toBe(0);
    },
  };
}

/** An application on the real library. */
export const connectSrf = (engine: TestEngine): Promise<App> => connectApp({ port: engine.port, secret: SECRET });

/** The same, and takes every registration. */
export async function connectRegistrar(engine: TestEngine): Promise<App> {
  const srf = await connectSrf(engine);
  srf.register((req, res) => res.send(200, { headers: { Contact: req.get('Contact'), Expires: '60' } }));
  await settled();
  return srf;
}

/** A promise with its ends in the test's hand. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Waits until what has been sent has been taken in: a few turns of the event loop, no time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

// The real engine in the test's own thread, with time in the test's hand, and the real drachtio-srf connected to it.

import { DEFAULT_LIMITS, type EngineLimits } from '../../../sip-gateway/engine/config';
import { run } from '../../../sip-gateway/engine/engine';
import type { EngineCounters, FromEngine, ToEngine } from '../../../sip-gateway/engine/messages';
import type { Names } from '../../../sip-gateway/engine/resolve';
import { type App, connectApp } from './srf-app';
import { TestClock } from './test-clock';

export const SECRET = 'correct horse';

export interface TestEngine {
  readonly clock: TestClock;
  readonly port: number;
  readonly udpPort: number;
  readonly tcpPort: number;
  counters(): Promise<EngineCounters>;
  silence(address: string, forMs: number): void;
  stop(): Promise<void>;
}

const noNames: Names = {
  addresses: () => Promise.reject(new Error('no such name')),
  srv: () => Promise.resolve([]),
  naptr: () => Promise.resolve([]),
};

export async function startTestEngine(
  options: { names?: Names; limits?: Partial<EngineLimits> } = {},
): Promise<TestEngine> {
  const clock = new TestClock();
  let toEngine: (message: ToEngine) => void = () => undefined;
  const heard: ((message: FromEngine) => void)[] = [];
  const port = {
    postMessage: (message: FromEngine) => heard.shift()?.(message),
    on: (_event: 'message', listener: (message: ToEngine) => void) => {
      toEngine = listener;
    },
  };
  const ask = (message: ToEngine) =>
    new Promise<FromEngine>((resolve) => {
      heard.push(resolve);
      toEngine(message);
    });
  run(port, clock, options.names ?? noNames);
  const listen = [
    { transport: 'udp', host: '127.0.0.1', port: 0 },
    { transport: 'tcp', host: '127.0.0.1', port: 0 },
  ] as const;
  const ready = await ask({
    type: 'start',
    config: { listen, secret: SECRET, limits: { ...DEFAULT_LIMITS, ...options.limits } },
  });
  if (ready.type !== 'ready') throw new Error('the engine did not start');
  const portOf = (wire: string) => Number(new RegExp(`${wire}/127\\.0\\.0\\.1:(\\d+)`).exec(ready.localHostports)?.[1]);
  return {
    clock,
    port: ready.port,
    udpPort: portOf('udp'),
    tcpPort: portOf('tcp'),
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

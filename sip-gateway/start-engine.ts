// Starts the embedded SIP engine in its worker thread and gives what drachtio-srf needs to connect to it: a port on loopback and a
// secret nobody else has. The engine is everything under engine/; the calls reach it through the drachtio protocol only.

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEFAULT_LIMITS, type EngineLimits } from './engine/config';
import type { EngineCounters, FromEngine, ToEngine } from './engine/messages';
import type { Wire } from './engine/transport/flow';
import type { CertificateAndKey, ListenAddress } from './engine/transport/listen-address';
import { type DoorFlow, type DoorSocket, FlowDoor } from './flow-door';

export interface SipEngineOptions {
  /** Port 0 takes a free port; `localHostports` tells which. */
  readonly listen: readonly ListenAddress[];
  /** For `tls` and `wss` addresses. */
  readonly certificate?: CertificateAndKey | undefined;
  /** Named in Via and Contact to peers outside the local networks. */
  readonly publicAddress?: string | undefined;
  /** `address/bits`; default: private ranges and our own subnets. */
  readonly localNetworks?: readonly string[] | undefined;
  readonly limits?: Partial<EngineLimits>;
  /** Where applications connect, if they know it from an engine before; else a free port and a fresh secret. */
  readonly apps?: { readonly port: number; readonly secret: string };
}

/** A connection over which SIP was spoken. */
export interface LostFlow {
  readonly wire: Wire;
  readonly address: string;
  readonly port: number;
}

export interface SipEngine {
  /** Where applications connect, on 127.0.0.1. */
  readonly port: number;
  readonly secret: string;
  /** `udp/192.0.2.1:5060,tcp/…`: how peers outside reach us. */
  readonly hostports: string;
  /** The same as bound, with the real ports. */
  readonly localHostports: string;
  counters(): Promise<EngineCounters>;
  /** Drops everything from this address for so long; 0 lifts it. */
  ban(address: string, forMs: number): void;
  /** New connections over TLS get this one. */
  showCertificate(certificate: CertificateAndKey): void;
  /** Takes in the socket of a page. */
  openFlow(socket: DoorSocket): DoorFlow;
  /** Hangs up on a WebSocket whose far end does not answer any more. */
  endFlow(address: string, port: number): void;
  /** Called for each connection that closes. */
  onFlowLost(listener: (flow: LostFlow) => void): void;
  /** Called with the stack of a fault of the engine's own; the calls go on. */
  onFault(listener: (stack: string) => void): void;
  /** Called once if the thread ends without having been stopped. */
  onExit(listener: (problem: string) => void): void;
  stop(): Promise<void>;
}

const COUNTERS_DEADLINE_MS = 2_000;

/** Starts the thread; rejects with what stopped it, for instance a port in use. */
export async function startSipEngine(options: SipEngineOptions): Promise<SipEngine> {
  const secret = options.apps?.secret ?? randomBytes(24).toString('hex');
  const worker = new Worker(workerFile('engine/worker'), { name: 'sip-engine' });
  const post = (message: ToEngine) => worker.postMessage(message);
  const { listen, certificate, publicAddress, localNetworks } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const appPort = options.apps?.port ?? 0;
  post({ type: 'start', config: { listen, certificate, publicAddress, localNetworks, secret, appPort, limits } });
  const ready = await firstWord(worker);
  return { ...ready, secret, ...controls(worker, post) };
}

/** Compiled next to this file; run from TypeScript sources (tests), the compiled one in dist/. */
function workerFile(name: string): string {
  const compiled = __filename.endsWith('.ts') ? path.join(__dirname, '..', 'dist', 'sip-gateway') : __dirname;
  return path.join(compiled, `${name}.js`);
}

type Ready = Pick<SipEngine, 'port' | 'hostports' | 'localHostports'>;

function firstWord(worker: Worker): Promise<Ready> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the SIP engine thread ended at its start')));
    worker.once('message', (message: FromEngine) => {
      worker.removeListener('error', reject);
      if (message.type === 'ready') {
        const { port, hostports, localHostports } = message;
        return resolve({ port, hostports, localHostports });
      }
      void worker.terminate();
      return reject(new Error(message.type === 'failed' ? message.problem : `unexpected ${message.type}`));
    });
  });
}

function controls(worker: Worker, post: (message: ToEngine) => void): Omit<SipEngine, 'secret' | keyof Ready> {
  let questions = 0;
  let isStopping = false;
  let problem = 'the SIP engine thread ended';
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const door = new FlowDoor(post);
  worker.on('message', (message: FromEngine) => {
    if (message.type === 'flow-write' || message.type === 'flow-end') door.take(message);
  });
  worker.once('exit', () => door.endAll());
  worker.on('error', (error: Error) => {
    problem = error.message;
  });
  return {
    counters: () => ask(worker, post, ++questions),
    ban: (address, forMs) => post({ type: 'silence', address, forMs }),
    showCertificate: (certificate) => post({ type: 'certificate', certificate }),
    openFlow: (socket) => door.open(socket),
    endFlow: (address, port) => post({ type: 'end-flow', address, port }),
    onFlowLost: (listener) => {
      worker.on('message', (message: FromEngine) => {
        if (message.type === 'flow-lost') listener(message);
      });
    },
    onFault: (listener) => {
      worker.on('message', (message: FromEngine) => {
        if (message.type === 'fault') listener(message.stack);
      });
    },
    onExit: (listener) => {
      void exited.then(() => {
        if (!isStopping) listener(problem);
      });
    },
    stop: async () => {
      isStopping = true;
      const stopped = new Promise<void>((resolve) => {
        worker.on('message', (message: FromEngine) => {
          if (message.type === 'stopped') resolve();
        });
      });
      post({ type: 'stop' });
      await Promise.race([stopped, exited]);
      await worker.terminate();
    },
  };
}

function ask(worker: Worker, post: (message: ToEngine) => void, id: number): Promise<EngineCounters> {
  return new Promise((resolve, reject) => {
    const deadline = AbortSignal.timeout(COUNTERS_DEADLINE_MS);
    const listener = (message: FromEngine) => {
      if (message.type !== 'counters' || message.id !== id) return;
      worker.removeListener('message', listener);
      resolve(message.counters);
    };
    deadline.addEventListener('abort', () => {
      worker.removeListener('message', listener);
      reject(new Error('the SIP engine does not answer'));
    });
    worker.on('message', listener);
    post({ type: 'counters', id });
  });
}

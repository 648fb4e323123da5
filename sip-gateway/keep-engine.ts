/**
 * Keeps one SIP engine running: a thread that dies is replaced by another on the same ports with the same secret, so that the
 * gateway's link finds it again by itself. Calls of the dead one are lost, and the gateway ends them when its link breaks.
 *
 *   running ──thread ends──▶ pause ──▶ starting ──▶ running      (starting ──fails──▶ pause, twice as long, 5 s at the most)
 */
import type { GatewayClock } from './clock';
import type { CertificateAndKey } from './engine/transport/listen-address';
import type { DoorFlow, DoorSocket } from './flow-door';
import { type LostFlow, type SipEngine, type SipEngineOptions, startSipEngine } from './start-engine';

export interface EngineWatch {
  readonly clock: GatewayClock;
  /** A fault of the engine's own; the calls go on. */
  readonly fault: (stack: string) => void;
  /** The thread has ended, or its replacement did not start; another will be tried. */
  readonly ended: (problem: string) => void;
  readonly restarted: () => void;
  /** A connection closed; what came over it before may still be on its way to the gateway. */
  readonly flowLost: (flow: LostFlow) => void;
}

export interface KeptEngine
  extends Pick<
    SipEngine,
    'port' | 'secret' | 'hostports' | 'localHostports' | 'counters' | 'ban' | 'endFlow' | 'showCertificate' | 'stop'
  > {
  isRunning(): boolean;
  /** Undefined: the engine is being replaced. */
  openFlow(socket: DoorSocket): DoorFlow | undefined;
}

const pauseMinMs = 100;
const pauseMaxMs = 5_000;
/** A thread that has lived so long did not die of its start. */
const soundAfterMs = 60_000;

/** Starts the engine; rejects with what stopped the first start, for instance a port in use. */
export async function keepSipEngine(options: SipEngineOptions, watch: EngineWatch): Promise<KeptEngine> {
  const engine = await startSipEngine(options);
  return new Kept(samePlace(options, engine), watch, engine);
}

class Kept implements KeptEngine {
  readonly port: number;
  readonly secret: string;
  readonly hostports: string;
  readonly localHostports: string;
  private options: SipEngineOptions;
  private readonly watch: EngineWatch;
  private engine: SipEngine | undefined;
  private starting: Promise<void> | undefined;
  private pauseMs = pauseMinMs;
  private startedAt = 0;
  private isStopping = false;
  private cancelPause: () => void = () => undefined;

  constructor(options: SipEngineOptions, watch: EngineWatch, engine: SipEngine) {
    this.options = options;
    this.watch = watch;
    ({ port: this.port, secret: this.secret } = engine);
    ({ hostports: this.hostports, localHostports: this.localHostports } = engine);
    this.serveWith(engine);
  }

  counters(): ReturnType<SipEngine['counters']> {
    return this.engine?.counters() ?? Promise.reject(new Error('the SIP engine is being replaced'));
  }

  ban(address: string, forMs: number): void {
    this.engine?.ban(address, forMs);
  }

  isRunning(): boolean {
    return this.engine !== undefined;
  }

  openFlow(socket: DoorSocket): DoorFlow | undefined {
    return this.engine?.openFlow(socket);
  }

  endFlow(address: string, port: number): void {
    this.engine?.endFlow(address, port);
  }

  showCertificate(certificate: CertificateAndKey): void {
    this.options = { ...this.options, certificate };
    this.engine?.showCertificate(certificate);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.cancelPause();
    await this.starting;
    await this.engine?.stop();
  }

  private serveWith(engine: SipEngine): void {
    this.engine = engine;
    this.startedAt = this.watch.clock.now();
    engine.onFlowLost((flow) => this.watch.flowLost(flow));
    engine.onFault((stack) => this.watch.fault(stack));
    engine.onExit((problem) => {
      this.engine = undefined;
      if (this.watch.clock.now() - this.startedAt > soundAfterMs) this.pauseMs = pauseMinMs;
      this.again(problem);
    });
  }

  private again(problem: string): void {
    this.watch.ended(problem);
    if (this.isStopping) return;
    this.cancelPause = this.watch.clock.after(this.pauseMs, () => {
      this.starting = this.start();
    });
    this.pauseMs = Math.min(pauseMaxMs, this.pauseMs * 2);
  }

  private async start(): Promise<void> {
    try {
      this.serveWith(await startSipEngine(this.options));
      this.watch.restarted();
    } catch (error) {
      this.again(error instanceof Error ? error.message : String(error));
    }
  }
}

/** The ports that the first engine was given, and its secret. */
function samePlace(options: SipEngineOptions, engine: SipEngine): SipEngineOptions {
  const ports = engine.localHostports.split(',').map((place) => Number(place.slice(place.lastIndexOf(':') + 1)));
  const listen = options.listen.map((place, at) => ({ ...place, port: ports[at] ?? place.port }));
  return { ...options, listen, apps: { port: engine.port, secret: engine.secret } };
}

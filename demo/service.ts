/**
 * Trunkline as a user starts it, in a process of its own on free ports and in a folder of its own. For the demo, the bench
 * and the tests: nothing of it is reached but its public doors.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Clock } from '../server/clock';
import { Api } from './api';

export interface ServiceSettings {
  readonly clock: Clock;
  readonly dataFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ports of an earlier start, to come back at the same place. */
  readonly ports?: Ports;
  /** What runs instead of the built server/main.js: another start of the same service, for tests. */
  readonly main?: string;
  /** Where the service's own lines go; none by default. */
  readonly onLog?: (lines: string) => void;
}

export interface Ports {
  readonly http: number;
  readonly https: number;
  readonly sip: number;
  readonly rtpFrom: number;
  readonly webrtc: number;
}

const rtpPortsWanted = 2000;
const readyWithinMs = 60_000;
const pollMs = 50;
const startsTried = 3;

export class Service {
  readonly ports: Ports;
  readonly api: Api;
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private readonly tail: string[] = [];

  private constructor(child: ChildProcess, ports: Ports, api: Api) {
    this.child = child;
    this.closed = once(child, 'close');
    this.ports = ports;
    this.api = api;
  }

  /** On ports of its own choice it tries others where another process has just taken one of them. */
  static async start(settings: ServiceSettings): Promise<Service> {
    if (settings.ports !== undefined) return Service.startAt(settings, settings.ports);
    for (let tries = 1; ; tries++) {
      try {
        return await Service.startAt(settings, await freePorts());
      } catch (error) {
        if (tries === startsTried || !/EADDRINUSE/.test(String(error))) throw error;
      }
    }
  }

  private static async startAt(settings: ServiceSettings, ports: Ports): Promise<Service> {
    const token = randomBytes(24).toString('hex');
    const built = path.resolve(
      __dirname.replace(/([/\\])demo$/, '$1'),
      isBuilt ? 'server/main.js' : 'dist/server/main.js',
    );
    const main = settings.main ?? built;
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, ...environmentOf(settings, ports, token), ...settings.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const service = new Service(child, ports, new Api(`http://127.0.0.1:${ports.http}`, token));
    const keep = (lines: Buffer): void => {
      service.tail.push(lines.toString());
      service.tail.splice(0, service.tail.length - 40);
      settings.onLog?.(lines.toString());
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await service.becomeReady(settings.clock);
    return service;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  private async becomeReady(clock: Clock): Promise<void> {
    const giveUpAt = clock.now() + readyWithinMs;
    while (clock.now() < giveUpAt) {
      if (this.child.exitCode !== null) {
        await this.closed; // its last words come after its end
        throw new Error(`the service stopped while starting:\n${this.tail.join('')}`);
      }
      if (await this.api.isReady()) return;
      await new Promise<void>((resolve) => clock.after(pollMs, resolve));
    }
    this.child.kill('SIGKILL');
    throw new Error(`the service was not ready within ${readyWithinMs / 1000} s:\n${this.tail.join('')}`);
  }

  /** As an administrator stops it; answers the exit code. */
  async stop(): Promise<number> {
    return this.end('SIGTERM');
  }

  /** As a power cut or the kernel stops it. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<number> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill(signal);
      await gone;
    }
    return this.child.exitCode ?? -1;
  }
}

const isBuilt = __filename.endsWith('.js');

function environmentOf(settings: ServiceSettings, ports: Ports, token: string): Record<string, string> {
  return {
    TRUNKLINE_DATA: settings.dataFolder,
    TRUNKLINE_HTTP: `127.0.0.1:${ports.http}`,
    TRUNKLINE_HTTPS: `127.0.0.1:${ports.https}`,
    TRUNKLINE_SIP: `udp/127.0.0.1:${ports.sip},tcp/127.0.0.1:${ports.sip}`,
    TRUNKLINE_RTP_PORTS: `${ports.rtpFrom}-${ports.rtpFrom + rtpPortsWanted - 1}`,
    TRUNKLINE_WEBRTC: `127.0.0.1:${ports.webrtc}`,
    TRUNKLINE_API_TOKEN: token,
    TRUNKLINE_COUNTRY: 'CZ',
  };
}

async function freePorts(): Promise<Ports> {
  const free = new Set<number>();
  while (free.size < 4) free.add(await freePort());
  const [http = 0, https = 0, sip = 0, webrtc = 0] = free;
  // The range only has to be large enough: the engine skips ports that others hold.
  const rtpFrom = 2 * randomInt(6000, 14_000);
  return { http, https, sip, webrtc, rtpFrom };
}

/**
 * A port that is free for TCP and UDP. Chosen at random below the range that the kernel hands out (32768 and up on Linux)
 * and above that of RTP, so that nobody takes it between this look and the service's start but by a rare chance.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(30_100, 32_700);
    if ((await isFreeTcp(port)) && (await isFreeUdp(port))) return port;
  }
}

async function isFreeTcp(port: number): Promise<boolean> {
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (isFree) await new Promise<void>((resolve) => void server.close(() => resolve()));
  return isFree;
}

async function isFreeUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const isFree = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise<void>((resolve) => void socket.close(() => resolve()));
  return isFree;
}

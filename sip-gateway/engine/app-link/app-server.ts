// The loopback TCP server applications connect to: log-in with a secret (enforced, unlike in drachtio-server), routes by method,
// pings, and the choice of an application for a new request. What the commands `sip` and `proxy` do is not known here.

import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock, Timer } from '../clock';
import { AppConnection } from './app-connection';
import { type AppCommand, parseCommand } from './command';

/** drachtio-srf pings only if the version is at least v0.8.2. */
const VERSION = 'v0.9.10-trunkline';
const UNKNOWN_PEER_MS = 5_000;

export interface AppServerOptions {
  readonly secret: string;
  readonly clock: Clock;
  /** `proto/host:port` lists for the answer to `authenticate`. */
  hostports(kind: 'advertised' | 'bound'): string;
  /** A `sip` or `proxy` command of a logged-in application. */
  command(app: AppConnection, command: AppCommand): void;
  /** An application has gone. */
  gone(app: AppConnection): void;
}

export class AppServer {
  private readonly options: AppServerOptions;
  private readonly server: Server;
  private readonly apps = new Set<AppConnection>();
  private readonly strangers = new Map<AppConnection, Timer>();
  private readonly routes = new Map<string, AppConnection[]>();

  private constructor(options: AppServerOptions, server: Server) {
    this.options = options;
    this.server = server;
    server.on('connection', (socket) => this.accept(socket));
  }

  static listen(port: number, options: AppServerOptions): Promise<AppServer> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject);
        server.on('error', () => undefined);
        resolve(new AppServer(options, server));
      });
    });
  }

  get port(): number {
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  get hasApps(): boolean {
    for (const app of this.apps) if (app.isAuthenticated) return true;
    return false;
  }

  /** The next application that asked for this verb, in turn. */
  appFor(verb: string): AppConnection | undefined {
    const list = this.routes.get(verb);
    const app = list?.shift();
    if (app) list?.push(app);
    return app;
  }

  async close(): Promise<void> {
    for (const app of this.apps) {
      this.known(app);
      app.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    const app = new AppConnection(socket, this.options.clock);
    this.apps.add(app);
    this.strangers.set(
      app,
      this.options.clock.after(UNKNOWN_PEER_MS, () => app.destroy()),
    );
    socket.on('data', (bytes: Buffer) => this.read(app, bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => this.forget(app));
  }

  /** It has logged in, or gone: no longer waited for. */
  private known(app: AppConnection): void {
    const timer = this.strangers.get(app);
    if (timer) this.options.clock.cancel(timer);
    this.strangers.delete(app);
  }

  private forget(app: AppConnection): void {
    app.isOpen = false;
    this.known(app);
    this.apps.delete(app);
    for (const verb of [...this.routes.keys()]) this.removeRoute(app, verb);
    if (app.isAuthenticated) this.options.gone(app);
  }

  private read(app: AppConnection, bytes: Buffer): void {
    const payloads = app.reader.push(bytes);
    if (!payloads) return app.destroy();
    for (const payload of payloads) {
      if (!app.isOpen) return;
      this.run(app, parseCommand(payload));
    }
  }

  private run(app: AppConnection, command: AppCommand): void {
    if (command.type === 'authenticate') return this.authenticate(app, command);
    if (!app.isAuthenticated) return app.close(command.id, 'NO|not authenticated');
    const verb = command.args[0] ?? '';
    switch (command.type) {
      case 'route':
        this.addRoute(app, verb.toLowerCase());
        return app.reply(command.id, 'OK');
      case 'remove_route':
        this.removeRoute(app, verb.toLowerCase());
        return app.reply(command.id, 'OK');
      case 'ping':
        return app.reply(command.id, 'OK|pong');
      case 'sip':
      case 'proxy':
        return this.options.command(app, command);
      default:
        return app.close(command.id, 'NO|Unknown message type');
    }
  }

  private authenticate(app: AppConnection, command: AppCommand): void {
    if (!isSame(command.args[0] ?? '', this.options.secret)) return app.close(command.id, 'NO|incorrect secret');
    app.isAuthenticated = true;
    this.known(app);
    const { hostports } = this.options;
    app.reply(command.id, `OK|${hostports('advertised')}|${VERSION}|${hostports('bound')}`);
  }

  private addRoute(app: AppConnection, verb: string): void {
    const list = this.routes.get(verb) ?? [];
    if (!list.includes(app)) list.push(app);
    this.routes.set(verb, list);
  }

  private removeRoute(app: AppConnection, verb: string): void {
    const rest = this.routes.get(verb)?.filter((other) => other !== app) ?? [];
    if (rest.length > 0) this.routes.set(verb, rest);
    else this.routes.delete(verb);
  }
}

function isSame(given: string, secret: string): boolean {
  const a = Buffer.from(given, 'latin1');
  const b = Buffer.from(secret, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}

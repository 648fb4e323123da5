/**
 * The sockets that are open, each with the log-in it was opened in. What ends a log-in or changes it (logged out, disabled,
 * another role, another password, log in from here no longer allowed) closes its sockets at once: every change that may do so
 * is looked after, and each half minute all are asked about, because a log-in also runs out by itself.
 */
import type { WebSocket } from 'ws';
import { repeat } from '../repeat';
import type { AccessRules } from './access-rules';
import type { ApiDeps, AskReading } from './deps';
import { type Asker, askerByHash } from './who-asks';

/** Who opened a socket, and from where. */
export interface Entrant {
  readonly asker: Asker;
  readonly userId: string;
  /** Names the log-in, and is no secret that opens it. */
  readonly loginId: string;
  /** As a proxy that is trusted says. */
  readonly remote: Place;
  readonly local: Place;
  /** By HTTPS, as a proxy that is trusted says. */
  readonly isSecure: boolean;
}
interface Place {
  readonly address: string;
  readonly port: number;
}

/** The `goodbye` of the desk socket. */
export type GoodbyeReason = 'logged-out' | 'changed' | 'server-stops';

/** Of RFC 6455 section 7.4; those from 4000 on are our own. */
const closeCodes: Readonly<Record<GoodbyeReason, number>> = { 'logged-out': 4401, changed: 4403, 'server-stops': 1001 };
const recheckMs = 30_000;

interface Way {
  readonly path: string;
  readonly perLoginMax: number;
  readonly ending?: (socket: WebSocket, why: GoodbyeReason, entrant: Entrant) => void;
}
interface Held {
  readonly way: Way;
  readonly entrant: Entrant;
  socket?: WebSocket;
  /** It has answered the last ping. */
  isThere: boolean;
  /** Why it must close. */
  why?: GoodbyeReason;
}

export interface OpenSockets {
  /** Keeps a place for a socket that is being opened; undefined: this log-in has as many as it may. */
  place(
    way: Way,
    entrant: Entrant,
  ): { readonly take: (socket: WebSocket) => void; readonly leave: () => void } | undefined;
  isClosed(): boolean;
  /** Asks anew who may stay. */
  recheck(): void;
  /** Says goodbye to all. */
  close(): Promise<void>;
}

export function openSockets(deps: ApiDeps, rules: AccessRules): OpenSockets {
  const held = new Set<Held>();
  const byLogin = new Map<string, number>();
  let isClosed = false;
  let emptied = (): void => undefined;
  const check = (): Promise<void> => recheck([...held], deps, rules);
  const failed = (error: unknown): void => deps.log.error({ error }, 'log-ins of open sockets could not be looked up');
  const stopPings = deps.clock.every(deps.config.limits.api.pingMs, () => [...held].forEach(ping));
  const stop = repeat(deps.clock, { everyMs: recheckMs, task: check, failed });
  return {
    place(way, entrant) {
      const key = `${way.path} ${entrant.loginId}`;
      const count = byLogin.get(key) ?? 0;
      if (count >= way.perLoginMax) return undefined;
      byLogin.set(key, count + 1);
      const one: Held = { way, entrant, isThere: true };
      held.add(one);
      const leave = (): void => {
        if (!held.delete(one)) return;
        if (held.size === 0) emptied();
        const left = (byLogin.get(key) ?? 1) - 1;
        if (left > 0) byLogin.set(key, left);
        else byLogin.delete(key);
      };
      return { take: (socket) => take(one, socket), leave };
    },
    isClosed: () => isClosed,
    recheck: () => void check().catch(failed),
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const one of held) end(one, 'server-stops');
      stopPings();
      await stop();
      if (held.size === 0) return;
      // Whoever does not answer the close frame is not waited for.
      const cancel = deps.clock.after(deps.config.limits.api.closeMs, () => {
        for (const { socket } of held) socket?.terminate();
      });
      await new Promise<void>((resolve) => (emptied = resolve));
      cancel();
    },
  };
}

async function recheck(held: readonly Held[], deps: ApiDeps, rules: AccessRules): Promise<void> {
  const logins = new Map<string, Promise<Asker | undefined>>();
  const nowOf = ({ loginId }: Entrant): Promise<Asker | undefined> => {
    const known = logins.get(loginId) ?? askerByHash(loginId, 'cookie', deps);
    logins.set(loginId, known);
    return known;
  };
  await Promise.all(
    held.map(async (one) => {
      const why = whyEnded(one.entrant, await nowOf(one.entrant), rules);
      if (why !== undefined) end(one, why);
    }),
  );
}

function whyEnded({ asker, remote }: Entrant, now: Asker | undefined, rules: AccessRules): GoodbyeReason | undefined {
  if (now === undefined) return 'logged-out';
  const isSame = now.role === asker.role && !now.mustChangePassword && rules.mayLogIn(now.role, remote.address);
  return isSame ? undefined : 'changed';
}

function take(one: Held, socket: WebSocket): void {
  one.socket = socket;
  socket.on('pong', () => (one.isThere = true));
  if (one.why !== undefined) end(one, one.why);
}

/** A far end that does not answer the close frame loses its connection after half a minute (ws). */
function end(one: Held, why: GoodbyeReason): void {
  one.why = why;
  if (one.socket?.readyState !== 1) return;
  one.way.ending?.(one.socket, why, one.entrant);
  one.socket.close(closeCodes[why]);
}

/** RFC 6455 section 5.5.2: a network that is gone says nothing by itself. */
function ping(one: Held): void {
  if (one.socket?.readyState !== 1) return;
  if (!one.isThere) return one.socket.terminate();
  one.isThere = false;
  one.socket.ping();
}

/** Operations after which a log-in may be over, or another than it was. */
const changesLogins: ReadonlySet<string> = new Set([
  'close-login',
  'close-logins-of-user',
  'change-user',
  'dismiss-user',
  'accept-invitation',
  'set-password',
  'set-setting',
]);

/** The same questions; after those that may end a log-in, `changed` is called. */
export function watchingLogins(reading: AskReading, changed: () => void): AskReading {
  return async (operation, request) => {
    const answer = await reading(operation, request);
    if (changesLogins.has(operation)) changed();
    return answer;
  };
}

/**
 * `/api/sip`: the browser's way into the SIP engine (RFC 7118). Whom to let in is the door's (upgrades.ts); here a socket becomes
 * a flow of the engine, on which only the account of its log-in speaks, and frames are handed over both ways unread.
 */
import { isUtf8 } from 'node:buffer';
import type { RawData, WebSocket } from 'ws';
import type { KeptEngine } from '../../sip-gateway/keep-engine';
import type { BrowserAccounts } from '../browser-accounts';
import type { Clock } from '../clock';
import type { SipSocketLimits } from '../limits';
import type { Entrant } from './open-sockets';
import type { SocketRoute } from './upgrades';

export interface SipSocketParts {
  /** Undefined with real drachtio-servers: they have no door for pages. */
  readonly engine: Pick<KeptEngine, 'isRunning' | 'openFlow'> | undefined;
  readonly accounts: BrowserAccounts;
  readonly clock: Clock;
  readonly limits: SipSocketLimits;
}

/** Codes of RFC 6455 section 7.4.1 and its registry. */
const tooMuch = 1008;
const tryAgainLater = 1013;

export function sipSocket(parts: SipSocketParts): SocketRoute {
  const { engine, accounts, limits } = parts;
  return {
    path: '/api/sip',
    protocol: 'sip',
    messageSizeBytesMax: limits.messageSizeBytesMax,
    perLoginMax: limits.perLoginMax,
    isReady: () => engine?.isRunning() === true,
    opened: (socket, entrant) => opened(parts, socket, entrant),
    ending(_socket, why, { loginId }) {
      if (why !== 'server-stops') accounts.end(loginId);
    },
  };
}

function opened({ engine, accounts, clock, limits }: SipSocketParts, socket: WebSocket, entrant: Entrant): void {
  const { username } = accounts.lease(entrant);
  const { remote, local } = entrant;
  const flow = engine?.openFlow({
    wire: entrant.isSecure ? 'wss' : 'ws',
    remote,
    local,
    account: username,
    write: (text) => write(socket, text, limits.waitingBytesMax),
    end: () => socket.terminate(),
  });
  socket.once('close', () => {
    flow?.closed();
    accounts.release(entrant);
  });
  if (flow === undefined) return socket.close(tryAgainLater);
  let second = { startedAt: clock.now(), messages: 0 };
  socket.on('message', (data) => {
    const now = clock.now();
    if (now - second.startedAt >= 1000) second = { startedAt: now, messages: 0 };
    second.messages += 1;
    if (second.messages > limits.messagesPerSecondMax) socket.close(tooMuch);
    else flow.read(bytesOf(data).toString('latin1'));
  });
}

/** A page that reads nothing is hung up on, and comes back. */
function write(socket: WebSocket, text: string, waitingBytesMax: number): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > waitingBytesMax) return socket.terminate();
  const bytes = Buffer.from(text, 'latin1');
  socket.send(bytes, { binary: !isUtf8(bytes) });
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;

// The connections of one listening address, counted in all and for each source: whoever opens too many, or is silenced, is hung up
// on before anything is read and before a TLS handshake costs anything.

import type { Socket } from 'node:net';
import { plainAddress } from './networks';

export interface ConnectionMaxima {
  readonly connectionsMax: number;
  readonly connectionsPerSourceMax: number;
}

export interface ConnectionsOptions {
  readonly limits: ConnectionMaxima;
  readonly counters: { connectionsRefused: number };
  readonly user: { isWelcome(address: string): boolean };
}

export class Connections {
  private readonly options: ConnectionsOptions;
  private readonly open = new Set<Socket>();
  private readonly perSource = new Map<string, number>();
  private isClosed = false;

  constructor(options: ConnectionsOptions) {
    this.options = options;
  }

  /** Takes in one that a far end has opened, or destroys it. */
  admit(socket: Socket): void {
    const { limits, user, counters } = this.options;
    const source = plainAddress(socket.remoteAddress ?? '');
    const isTooMany =
      this.open.size >= limits.connectionsMax || (this.perSource.get(source) ?? 0) >= limits.connectionsPerSourceMax;
    if (!this.isClosed && !isTooMany && source !== '' && user.isWelcome(source)) return this.add(socket, source);
    counters.connectionsRefused++;
    socket.destroy();
  }

  /** One that we open ourselves counts too. */
  add(socket: Socket, source: string): void {
    this.open.add(socket);
    this.perSource.set(source, (this.perSource.get(source) ?? 0) + 1);
    socket.once('close', () => {
      this.open.delete(socket);
      const left = (this.perSource.get(source) ?? 1) - 1;
      if (left > 0) this.perSource.set(source, left);
      else this.perSource.delete(source);
    });
  }

  close(): void {
    this.isClosed = true;
    for (const socket of this.open) socket.destroy();
  }
}

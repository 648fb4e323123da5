// A SIP client over WebSocket (RFC 7118), as a browser is: a name that means nothing to anybody instead of an address.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Peer } from './peer';

let clients = 0;

export class WsPeer extends Peer {
  readonly wire: 'WS' | 'WSS';
  readonly socket: WebSocket;
  /** Whether each frame that came was binary. */
  readonly frames: boolean[] = [];
  private readonly name: string;
  private ponged: () => void = () => undefined;

  constructor(socket: WebSocket, wire: 'WS' | 'WSS', name = `x${++clients}.invalid`) {
    super();
    this.socket = socket;
    this.wire = wire;
    this.name = name;
    socket.on('message', (data: Buffer, isBinary) => {
      this.frames.push(isBinary);
      if (data.toString() === '\r\n') this.ponged();
      else this.take(data.toString());
    });
    socket.on('error', () => undefined);
  }

  /** @param name of one that was there before, to come back as. */
  static async open(port: number, name?: string): Promise<WsPeer> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, ['sip']);
    const peer = new WsPeer(socket, 'WS', name);
    await once(socket, 'open');
    return peer;
  }

  static async openTls(port: number, ca: string): Promise<WsPeer> {
    const socket = new WebSocket(`wss://127.0.0.1:${port}/`, ['sip'], { ca });
    const peer = new WsPeer(socket, 'WSS');
    await once(socket, 'open');
    return peer;
  }

  get port(): number {
    return 0;
  }

  override get place(): string {
    return this.name;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  pong(): Promise<void> {
    return new Promise((resolve) => {
      this.ponged = resolve;
    });
  }

  /** The code it was closed with. */
  async closed(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }

  close(): void {
    this.socket.terminate();
  }
}

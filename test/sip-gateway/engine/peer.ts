// A SIP peer as bare as can be, over UDP or TCP: sends what the test writes, keeps what comes, answers only by the test's rule.

import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createConnection, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { StreamFraming } from '../../../sip-gateway/engine/transport/stream-framing';

const PATIENCE_MS = 3000;

export interface PeerMessage {
  readonly text: string;
  readonly startLine: string;
  header(name: string): string;
  readonly body: string;
}

function readMessage(text: string): PeerMessage {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const lines = head.split('\r\n');
  return {
    text,
    startLine: lines[0] ?? '',
    header: (name) =>
      lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))?.replace(/^[^:]*: */, '') ?? '',
    body: rest.join('\r\n\r\n'),
  };
}

export abstract class Peer {
  readonly received: PeerMessage[] = [];
  /** Answers what it takes; returns true then. */
  rule: (message: PeerMessage) => boolean = () => false;
  abstract readonly port: number;
  abstract readonly wire: 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';
  private waiting: {
    readonly fits: (message: PeerMessage) => boolean;
    readonly take: (message: PeerMessage) => void;
  }[] = [];

  abstract send(text: string): void;
  abstract close(): void;

  /** What stands in Via and Contact. */
  get place(): string {
    return `127.0.0.1:${this.port}`;
  }

  private get contactLine(): string {
    const transport = {
      UDP: '',
      TCP: ';transport=tcp',
      TLS: ';transport=tls',
      WS: ';transport=ws',
      WSS: ';transport=ws',
    };
    return `@${this.place}${transport[this.wire]}>\r\n`;
  }

  protected take(text: string): void {
    const message = readMessage(text);
    if (this.rule(message)) return;
    const waiter = this.waiting.find(({ fits }) => fits(message));
    if (!waiter) {
      this.received.push(message);
      return;
    }
    this.waiting = this.waiting.filter((other) => other !== waiter);
    waiter.take(message);
  }

  /** The next message whose start line begins so; what came before and was not asked for counts too. */
  next(start: string): Promise<PeerMessage> {
    const fits = (message: PeerMessage) => message.startLine.startsWith(start);
    const at = this.received.findIndex(fits);
    const [found] = at < 0 ? [] : this.received.splice(at, 1);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const seen = () => this.received.map((message) => message.startLine).join(' | ');
      const late = setTimeout(() => reject(new Error(`${start} did not come; seen: ${seen()}`)), PATIENCE_MS);
      const take = (message: PeerMessage) => {
        clearTimeout(late);
        resolve(message);
      };
      this.waiting.push({ fits, take });
    });
  }

  /** A request from us outside a dialog, or in one (`to` with a tag). */
  request(
    method: string,
    fields: { callId: string; seq?: number; to?: string; branch?: string; lines?: string; body?: string; uri?: string },
  ): string {
    const { callId, seq = 1, to = '<sip:service@127.0.0.1>', lines = '', body = '' } = fields;
    const branch = fields.branch ?? `z9hG4bK-${callId}-${seq}-${method}`;
    const contact = `Contact: <sip:peer${this.contactLine}`;
    const text = `${method} ${fields.uri ?? 'sip:service@127.0.0.1'} SIP/2.0\r\nVia: SIP/2.0/${this.wire} ${this.place};branch=${branch};rport\r\nMax-Forwards: 70\r\nFrom: <sip:peer@127.0.0.1>;tag=peer\r\nTo: ${to}\r\nCall-ID: ${callId}\r\nCSeq: ${seq} ${method}\r\n${contact}${lines}`;
    const type = body === '' ? '' : 'Content-Type: application/sdp\r\n';
    return `${text}${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }

  /** A response of ours to a request that came. */
  answer(request: PeerMessage, status: string, { tag = 'peer', lines = '', body = '' } = {}): void {
    const to = request.header('To');
    const tagged = status.startsWith('100') || to.includes(';tag=') ? to : `${to};tag=${tag}`;
    const type = body === '' ? '' : 'Content-Type: application/sdp\r\n';
    const contact = `Contact: <sip:${tag}${this.contactLine}`;
    this.send(
      `SIP/2.0 ${status}\r\nVia: ${request.header('Via')}\r\nFrom: ${request.header('From')}\r\nTo: ${tagged}\r\nCall-ID: ${request.header('Call-ID')}\r\nCSeq: ${request.header('CSeq')}\r\n${contact}${lines}${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
}

export class UdpPeer extends Peer {
  readonly wire = 'UDP';
  private readonly socket: UdpSocket;
  private readonly target: number;

  private constructor(socket: UdpSocket, target: number) {
    super();
    this.socket = socket;
    this.target = target;
    socket.on('message', (bytes) => this.take(bytes.toString()));
  }

  static async open(target: number): Promise<UdpPeer> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new UdpPeer(socket, target);
  }

  get port(): number {
    return this.socket.address().port;
  }

  send(text: string): void {
    this.socket.send(text, this.target, '127.0.0.1');
  }

  close(): void {
    this.socket.close();
  }
}

export class TcpPeer extends Peer {
  readonly wire: 'TCP' | 'TLS';
  private ponged: () => void = () => undefined;
  isClosed = false;
  private readonly socket: Socket;
  private readonly framing = new StreamFraming();

  private constructor(socket: Socket, wire: 'TCP' | 'TLS') {
    super();
    this.socket = socket;
    this.wire = wire;
    socket.on('data', (bytes: Buffer) => {
      if (bytes.toString() === '\r\n') return this.ponged();
      for (const piece of this.framing.push(bytes))
        if (piece.kind === 'message') this.take(Buffer.from(piece.text, 'latin1').toString());
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  static async open(target: number): Promise<TcpPeer> {
    const socket = createConnection({ host: '127.0.0.1', port: target });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    return new TcpPeer(socket, 'TCP');
  }

  /** Trusts that root alone; rejects where the certificate is not of it. */
  static async openTls(target: number, ca: string): Promise<TcpPeer> {
    const socket = connectTls({ host: '127.0.0.1', port: target, ca });
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve);
      socket.once('error', reject);
    });
    return new TcpPeer(socket, 'TLS');
  }

  get port(): number {
    return this.socket.localPort ?? 0;
  }

  /** Resolves when the next pong (a single line end) comes. */
  pong(): Promise<void> {
    return new Promise((resolve) => {
      this.ponged = resolve;
    });
  }

  closed(): Promise<void> {
    return new Promise((resolve) => (this.isClosed ? resolve() : this.socket.once('close', () => resolve())));
  }

  send(text: string): void {
    this.socket.write(text);
  }

  close(): void {
    this.socket.destroy();
  }
}

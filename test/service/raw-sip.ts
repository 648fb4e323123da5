/** SIP by hand over UDP from a loopback address of choice (127.0.0.2 is another source than 127.0.0.1), for strangers and garbage. */
import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { pause } from './call-tools';

export interface RawRequest {
  readonly to?: string;
  readonly from?: string;
  /** More header lines, each with its CRLF. */
  readonly extra?: string;
}

const answerWithinMs = 1000;

export class RawSip {
  private readonly socket: Socket;
  private readonly service: number;
  private readonly received: string[] = [];

  private constructor(socket: Socket, service: number) {
    this.socket = socket;
    this.service = service;
    socket.on('message', (bytes) => this.received.push(bytes.toString('utf8')));
  }

  static async open(address: string, service: number): Promise<RawSip> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new RawSip(socket, service);
  }

  send(bytes: Uint8Array | string): void {
    this.socket.send(bytes, this.service, '127.0.0.1');
  }

  compose(method: string, { to = '101', from = 'stranger', extra = '' }: RawRequest = {}): string {
    const { address, port } = this.socket.address();
    const id = randomBytes(8).toString('hex');
    return [
      `${method} sip:${to}@127.0.0.1:${this.service} SIP/2.0`,
      `Via: SIP/2.0/UDP ${address}:${port};rport;branch=z9hG4bK${id}`,
      'Max-Forwards: 70',
      `From: <sip:${from}@${address}>;tag=${id}`,
      `To: <sip:${to}@127.0.0.1>`,
      `Call-ID: ${id}`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:${from}@${address}:${port}>`,
      `${extra}Content-Length: 0`,
      '',
      '',
    ].join('\r\n');
  }

  /** What comes back for this very request until a final response, which is not acknowledged; or nothing within a second. */
  async ask(method: string, request: RawRequest = {}): Promise<readonly string[]> {
    const text = this.compose(method, request);
    const branch = /branch=(\S+)/.exec(text)?.[1] ?? '';
    const answers = (): readonly string[] => this.received.filter((answer) => answer.includes(branch));
    this.send(text);
    for (let waitedMs = 0; waitedMs < answerWithinMs && !answers().some(isFinal); waitedMs += 10) await pause(10);
    return answers();
  }

  close(): void {
    this.socket.close();
  }
}

const isFinal = (message: string): boolean => /^SIP\/2\.0 [2-6]/.test(message);

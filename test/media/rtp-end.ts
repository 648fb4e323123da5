/**
 * A far end of the tests: a real UDP socket pair that speaks a tone as RTP and keeps what it hears. It is no part of the
 * engine and shares no code with it.
 */
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { linearOf } from '../audio/g711';
import { sineOf } from '../audio/tone';

export type Law = 'PCMA' | 'PCMU';

export interface HeardPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

export class RtpEnd {
  readonly law: Law;
  readonly heard: HeardPacket[] = [];
  /** Packets that ever came; `heard` is what a test empties. */
  received = 0;
  readonly reports: Buffer[] = [];
  ssrc = 0x1234_0000 + Math.floor(Math.random() * 0xffff);
  sequence = 100;
  timestamp = 5000;
  private readonly rtp: Socket;
  private readonly rtcp: Socket;
  private spoken = 0;

  private constructor(law: Law, rtp: Socket, rtcp: Socket) {
    this.law = law;
    this.rtp = rtp;
    this.rtcp = rtcp;
    rtp.on('message', (packet) => {
      this.received++;
      this.heard.push(parseRtp(packet));
    });
    rtcp.on('message', (packet) => this.reports.push(packet));
  }

  static async open(law: Law): Promise<RtpEnd> {
    const [rtp, rtcp] = await Promise.all([bound(), bound()]);
    return new RtpEnd(law, rtp, rtcp);
  }

  get port(): number {
    return this.rtp.address().port;
  }

  get rtcpPort(): number {
    return this.rtcp.address().port;
  }

  /** Offer or answer of this end. */
  sdp(more: { readonly extra?: string; readonly address?: string; readonly digits?: number } = {}): string {
    const payloadType = this.law === 'PCMA' ? 8 : 0;
    const { address = '127.0.0.1', digits = 101, extra = 'a=sendrecv\r\n' } = more;
    return (
      `v=0\r\no=- 1 1 IN IP4 ${address}\r\ns=-\r\nc=IN IP4 ${address}\r\nt=0 0\r\n` +
      `m=audio ${this.port} RTP/AVP ${payloadType} ${digits}\r\na=rtcp:${this.rtcpPort}\r\n` +
      `a=rtpmap:${digits} telephone-event/8000\r\n${extra}`
    );
  }

  /** Speaks 20 ms of a tone. */
  speak(to: number, frequencyHz: number): void {
    const payload = sineOf(this.law, { frequencyHz, samples: 160, fromSample: this.spoken });
    this.spoken += 160;
    this.send(to, this.law === 'PCMA' ? 8 : 0, payload);
    this.timestamp = (this.timestamp + 160) >>> 0;
  }

  /** Sends any payload with the next sequence number and the time stamp as it stands. */
  send(to: number, payloadType: number, payload: Uint8Array): void {
    this.rtp.send(
      rtpPacket({ payloadType, sequence: this.sequence, timestamp: this.timestamp, ssrc: this.ssrc }, payload),
      to,
      '127.0.0.1',
    );
    this.sequence = (this.sequence + 1) & 0xffff;
  }

  sendRaw(to: number, packet: Uint8Array): void {
    this.rtp.send(packet, to, '127.0.0.1');
  }

  sendReport(to: number, packet: Uint8Array): void {
    this.rtcp.send(packet, to, '127.0.0.1');
  }

  /** All audio heard so far, in the order of arrival. */
  audio(law: Law = this.law): Int16Array {
    const payloadType = law === 'PCMA' ? 8 : 0;
    const wanted = this.heard.filter((packet) => packet.payloadType === payloadType);
    return linearOf(law, Buffer.concat(wanted.map((packet) => packet.payload)));
  }

  close(): void {
    this.rtp.close();
    this.rtcp.close();
  }
}

export interface RtpHeader {
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

export function rtpPacket(header: RtpHeader, payload: Uint8Array): Buffer {
  const packet = Buffer.alloc(12 + payload.length);
  packet[0] = 0x80;
  packet[1] = header.payloadType;
  packet.writeUInt16BE(header.sequence, 2);
  packet.writeUInt32BE(header.timestamp, 4);
  packet.writeUInt32BE(header.ssrc, 8);
  packet.set(payload, 12);
  return packet;
}

export function parseRtp(packet: Buffer): HeardPacket {
  return {
    payloadType: packet.readUInt8(1) & 0x7f,
    marker: (packet.readUInt8(1) & 0x80) !== 0,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(12),
  };
}

/** A socket on a free port of loopback. */
export async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

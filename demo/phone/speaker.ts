/** The audio end of a demo phone: G.711 over RTP both ways, 20 ms a packet; what it hears is kept as 16-bit samples. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { aLawOf, linearOfALaw, linearOfMuLaw, muLawOf } from '../../media/engine/codec/g711';
import type { Clock } from '../../server/clock';

export type Law = 'PCMA' | 'PCMU';
const samplesPerPacket = 160;
const packetMs = 20;
const [keyDownMs, keyEveryMs] = [100, 160];
const digitPayloadType = 101;
const digitSigns = '0123456789*#ABCD';
const payloadTypes: Readonly<Record<Law, number>> = { PCMA: 8, PCMU: 0 };

interface Outgoing {
  readonly type: number;
  readonly timestamp: number;
  readonly payload: Buffer;
}

export class Speaker {
  readonly law: Law;
  private readonly socket: Socket;
  private readonly clock: Clock;
  private far: { readonly host: string; readonly port: number } | undefined;
  private stopTalking: (() => void) | undefined;
  private saying: Int16Array | undefined;
  private readonly chunks: Int16Array[] = [];
  private sequence = randomInt(0xffff);
  private timestamp = randomInt(0xffffffff);
  private readonly ssrc = randomInt(0xffffffff);
  /** Packets that came. */
  received = 0;
  /** Digits that came as events (RFC 4733), in order. */
  digits = '';
  private lastDigitAt = -1;
  private isClosed = false;

  private constructor(socket: Socket, law: Law, clock: Clock) {
    this.socket = socket;
    this.law = law;
    this.clock = clock;
    socket.on('message', (packet) => this.hear(packet));
    socket.on('error', () => undefined); // ICMP "port unreachable" after the far end closed
  }

  static async open(law: Law, clock: Clock): Promise<Speaker> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Speaker(socket, law, clock);
  }

  get port(): number {
    return this.socket.address().port;
  }

  sdp(direction: 'sendrecv' | 'sendonly' = 'sendrecv'): string {
    const type = payloadTypes[this.law];
    return [
      'v=0',
      `o=demo ${this.ssrc} ${this.clock.now()} IN IP4 127.0.0.1`,
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.port} RTP/AVP ${type} 101`,
      `a=rtpmap:${type} ${this.law}/8000`,
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      `a=${direction}`,
      '',
    ].join('\r\n');
  }

  connect(sdp: string): void {
    const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
    const port = /^m=audio (\d+)/m.exec(sdp)?.[1];
    if (host !== undefined && port !== undefined && port !== '0') this.far = { host, port: Number(port) };
  }

  /** Says the samples over and over (8 kHz, 16 bit) until `stop`. */
  say(samples: Int16Array): void {
    this.stopTalking?.();
    this.saying = samples;
    const law = Uint8Array.from(samples, this.law === 'PCMA' ? aLawOf : muLawOf);
    const startedAt = this.clock.now();
    let sent = 0;
    this.stopTalking = this.clock.every(packetMs / 2, () => {
      const due = Math.floor((this.clock.now() - startedAt) / packetMs);
      for (; sent < due; sent += 1) this.send(law, sent);
    });
  }

  private send(law: Uint8Array, index: number): void {
    const payload = Buffer.alloc(samplesPerPacket);
    for (let i = 0; i < samplesPerPacket; i += 1) payload[i] = law[(index * samplesPerPacket + i) % law.length] ?? 0;
    const type = payloadTypes[this.law] | (index === 0 ? 0x80 : 0);
    this.sendPacket({ type, timestamp: this.timestamp, payload });
    this.timestamp = (this.timestamp + samplesPerPacket) >>> 0;
  }

  private sendPacket({ type, timestamp, payload }: Outgoing): void {
    const packet = Buffer.alloc(12 + payload.length);
    packet[0] = 0x80;
    packet[1] = type;
    packet.writeUInt16BE(this.sequence, 2);
    packet.writeUInt32BE(timestamp, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    payload.copy(packet, 12);
    this.sequence = (this.sequence + 1) & 0xffff;
    if (this.far !== undefined) this.socket.send(packet, this.far.port, this.far.host);
  }

  private hear(packet: Buffer): void {
    const type = (packet[1] ?? 0) & 0x7f;
    if (type === digitPayloadType && packet.length >= 16) return this.hearDigit(packet);
    if (packet.length < 12 || (type !== 0 && type !== 8)) return;
    this.received += 1;
    this.chunks.push(
      Int16Array.from(packet.subarray(12), (code) => (type === 8 ? linearOfALaw : linearOfMuLaw)[code] ?? 0),
    );
  }

  /** Each press is many packets of one timestamp (RFC 4733 section 2.5.1.3). */
  private hearDigit(packet: Buffer): void {
    const timestamp = packet.readUInt32BE(4);
    if (timestamp === this.lastDigitAt) return;
    this.lastDigitAt = timestamp;
    this.digits += digitSigns[packet[12] ?? 0] ?? '?';
  }

  /** Presses a key for 100 ms; its end is sent three times (RFC 4733 section 2.5.1.4). Speech pauses meanwhile. */
  press(digit: string): void {
    const { timestamp } = this;
    for (let index = 1; index <= 7; index += 1) {
      const duration = Math.min(index, 5) * samplesPerPacket;
      const event = Buffer.from([
        digitSigns.indexOf(digit),
        index < 5 ? 10 : 0x80 | 10,
        duration >> 8,
        duration & 0xff,
      ]);
      this.sendPacket({ type: digitPayloadType | (index === 1 ? 0x80 : 0), timestamp, payload: event });
    }
    this.timestamp = (this.timestamp + 5 * samplesPerPacket) >>> 0;
  }

  /** Presses keys one after the other as a quick hand does, speaking on afterwards. */
  async dial(digits: string): Promise<void> {
    const { saying } = this;
    this.stop();
    for (const digit of digits) {
      this.press(digit);
      await new Promise<void>((resolve) => void this.clock.after(keyEveryMs, resolve));
      this.timestamp = (this.timestamp + (keyEveryMs - keyDownMs) * 8) >>> 0;
    }
    if (saying !== undefined) this.say(saying);
  }

  /** All that was heard so far, in order of arrival. */
  heard(): Int16Array {
    const all = new Int16Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  stop(): void {
    this.stopTalking?.();
    this.stopTalking = undefined;
    this.saying = undefined;
  }

  close(): void {
    this.stop();
    if (this.isClosed) return;
    this.isClosed = true;
    this.socket.close();
  }
}

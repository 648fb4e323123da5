/**
 * One end of a call's audio: a socket that sends a G.711 packet when the pacer says so and looks into each one that arrives.
 * The packet is made once for a call; only header and marker change. Used again by later calls, each under its own number.
 */
import { type Socket, createSocket } from 'node:dgram';
import type { Clock } from './clock';
import { type Law, markerBytes, readMarker, writeMarker } from './marker';
import type { Tally } from './tally';

const host = '127.0.0.1';
const headerBytes = 12;
const frame = 160;
const payloadType = 8;
const eventType = 101;
const eventVolume = 10;
/** A key held for 100 ms. */
const digitPackets = 5;
const timeBits = 2 ** 32;
/** A tone of 400 Hz at about -18 dBm0 in A-law: recordings of it are heard. */
const tone = Uint8Array.from({ length: frame }, (_, i) => aLawOf(4000 * Math.sin((2 * Math.PI * i) / 20)));

interface Digit {
  readonly event: number;
  /** The sequence number of its first packet. */
  readonly from: number;
}

export interface LegCall {
  readonly call: number;
  /** 0 the caller, 1 the callee. */
  readonly side: 0 | 1;
  readonly targetPort: number;
  readonly tally: Tally;
}

export class RtpLeg {
  readonly port: number;
  /** Milliseconds of the generator's clock between which what is sent counts. */
  countFrom = Infinity;
  countTo = Infinity;
  sentCounted = 0;
  heardCounted = 0;
  heard = 0;
  /** Packets of speech that nobody of ours sent: the service's own voice. */
  heardOther = 0;
  /** When the digit was over; 0: none was pressed. */
  digitEndedMs = 0;
  crossed = 0;
  private now: LegCall | undefined;
  private digit: Digit | undefined;
  private sequence = 0;
  private readonly packet = Buffer.alloc(headerBytes + frame);
  private readonly socket: Socket;
  private readonly clock: Clock;

  private constructor(socket: Socket, clock: Clock) {
    this.socket = socket;
    this.clock = clock;
    this.port = socket.address().port;
    socket.on('message', (packet) => this.receive(packet));
    socket.on('error', () => undefined); // ICMP of a port that was closed; what is lost is counted as lost
  }

  static async open(clock: Clock): Promise<RtpLeg> {
    // Addresses are literal: Node's own look-up would spend a tick on each packet.
    const socket = createSocket({ type: 'udp4', lookup: (name, _options, answer) => answer(null, name, 4) });
    await new Promise<void>((resolve) => socket.bind(0, host, resolve));
    return new RtpLeg(socket, clock);
  }

  get isSending(): boolean {
    return this.now !== undefined;
  }

  start(call: LegCall): void {
    this.countFrom = this.countTo = Infinity;
    this.sentCounted = this.heardCounted = this.heard = this.crossed = this.sequence = 0;
    this.heardOther = this.digitEndedMs = 0;
    this.digit = undefined;
    this.packet[0] = 0x80;
    this.packet.writeUInt32BE((call.call * 2 + call.side + 1) >>> 0, 8);
    this.packet.set(tone, headerBytes);
    this.now = call;
  }

  stop(): void {
    this.now = undefined;
  }

  /** In the place of audio from the next packet on. */
  press(digit: string): void {
    this.digit = { event: '0123456789*#'.indexOf(digit), from: this.sequence };
  }

  send(nowMs: number): void {
    const { now, packet } = this;
    if (now === undefined) return;
    if (this.digit !== undefined) return this.sendDigit(this.digit, now);
    const counted = nowMs >= this.countFrom && nowMs < this.countTo ? 1 : 0;
    packet[1] = this.sequence === 0 ? payloadType | 0x80 : payloadType;
    packet.writeUInt16BE(this.sequence & 0xffff, 2);
    packet.writeUInt32BE((this.sequence * frame) >>> 0, 4);
    const sentUs = Math.round(this.clock.nowMs() * 1000) % timeBits;
    const marker = { call: now.call, side: now.side, counted, sequence: this.sequence & 0xfffff, sentUs };
    writeMarker(packet, headerBytes, 'PCMA', marker);
    this.sequence++;
    this.sentCounted += counted;
    now.tally.packetsSent += counted;
    this.socket.send(packet, now.targetPort, host);
  }

  /** RFC 4733 section 2.5.1: one time stamp, a growing duration, the end said three times. */
  private sendDigit({ event, from }: Digit, now: LegCall): void {
    const at = this.sequence - from;
    const packet = Buffer.alloc(headerBytes + 4);
    packet[0] = 0x80;
    packet[1] = at === 0 ? eventType | 0x80 : eventType;
    packet.writeUInt16BE(this.sequence & 0xffff, 2);
    packet.writeUInt32BE((from * frame) >>> 0, 4);
    packet.writeUInt32BE((now.call * 2 + now.side + 1) >>> 0, 8);
    packet[headerBytes] = event;
    packet[headerBytes + 1] = at >= digitPackets ? 0x80 | eventVolume : eventVolume;
    packet.writeUInt16BE(Math.min(at + 1, digitPackets) * frame, headerBytes + 2);
    this.sequence++;
    if (at === digitPackets) this.digitEndedMs = this.clock.nowMs();
    if (at === digitPackets + 2) this.digit = undefined;
    this.socket.send(packet, now.targetPort, host);
  }

  close(): void {
    this.socket.close();
  }

  private receive(packet: Buffer): void {
    const { now } = this;
    if (now === undefined || packet.length < headerBytes + markerBytes) return;
    // Another leg of ours may have the port above: its RTCP comes here, and digits are no audio.
    const law = lawOf((packet[1] ?? 0) & 0x7f);
    const marker = law === undefined ? undefined : readMarker(packet, headerBytes, law);
    if (marker === undefined) {
      if (law !== undefined) this.heardOther++;
      return;
    }
    if (marker.call !== now.call || marker.side === now.side) {
      this.crossed++;
      now.tally.crossedPackets++;
      return;
    }
    this.heard++;
    if (marker.counted === 0) return;
    this.heardCounted++;
    now.tally.packetsReceived++;
    const elapsedUs = (Math.round(this.clock.nowMs() * 1000) - marker.sentUs) % timeBits;
    now.tally.delay.add((elapsedUs < 0 ? elapsedUs + timeBits : elapsedUs) / 1000);
  }
}

/** The static payload types of RFC 3551. */
function lawOf(type: number): Law | undefined {
  if (type === 8) return 'PCMA';
  return type === 0 ? 'PCMU' : undefined;
}

/** ITU-T G.711 A-law of a 16-bit sample. */
function aLawOf(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const level = Math.min(32_767, Math.abs(Math.round(sample)));
  const segment = level < 256 ? 0 : Math.floor(Math.log2(level)) - 7;
  const mantissa = (level >> (segment === 0 ? 4 : segment + 3)) & 15;
  return (sign | (segment << 4) | mantissa) ^ 0x55;
}

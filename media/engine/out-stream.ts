/**
 * What a leg sends: one RTP stream (RFC 3550 section 5.1) whose SSRC, sequence and time stamps go on without a break
 * whatever feeds it: the other leg, a tone, a digit. A relayed packet keeps its distance to its neighbours, so the far
 * end still sees loss and order as they were; it is rewritten where it lies and sent from the same buffer.
 */
import type { EngineClock } from './clock';
import { canSendTo } from './sockets';

export const headerBytes = 12;
/** 20 ms of audio at 8 kHz. */
export const packetSamples = 160;
const packetMs = 20;
/** A source that jumps farther than this in its own time is fitted in anew. */
const jumpMaxMs = 2000;

/** What a stream needs of a socket. */
export interface DatagramSender {
  readonly send: (packet: Buffer, port: number, host: string) => void;
}

export class OutStream {
  readonly ssrc: number;
  readonly socket: DatagramSender;
  host = '';
  /** 0: nowhere to send to. */
  port = 0;
  payloadType = 0;
  packets = 0;
  octets = 0;
  private readonly clock: EngineClock;
  private ticksPerMs = 8;
  private packetTicks = packetMs * 8;
  private jumpMaxTicks = jumpMaxMs * 8;
  private sequence: number;
  private timestamp: number;
  private sentAtMs: number;
  /** Who feeds the stream: SSRC of a relayed source, or undefined for what we make ourselves. */
  private source: number | undefined;
  private sequenceOffset = 0;
  private timestampOffset = 0;
  private isGap = true;

  constructor(socket: DatagramSender, clock: EngineClock) {
    this.socket = socket;
    this.clock = clock;
    this.ssrc = Math.floor(clock.random() * 0x1_0000_0000);
    this.sequence = Math.floor(clock.random() * 0x8000);
    this.timestamp = Math.floor(clock.random() * 0x1_0000_0000);
    this.sentAtMs = clock.nowMs();
  }

  /** Another codec may count time otherwise: the stream goes on from now at that pace. */
  setClock(ticksPerMs: number): void {
    if (ticksPerMs === this.ticksPerMs) return;
    this.timestamp = this.timestampNow();
    this.sentAtMs = this.clock.nowMs();
    this.ticksPerMs = ticksPerMs;
    this.packetTicks = packetMs * ticksPerMs;
    this.jumpMaxTicks = jumpMaxMs * ticksPerMs;
    this.changeSource();
  }

  /**
   * Sends a received packet on. The 12 bytes before `start` of the payload are written over.
   * @param ssrc of the stream it came in
   */
  relay(packet: Buffer, start: number, end: number, ssrc: number): void {
    const at = start - headerBytes;
    const sequence = readU16(packet, 2);
    const timestamp = readU32(packet, 4);
    let marker = (packet[1] ?? 0) & 0x80;
    if (this.source !== ssrc || this.isGap || this.jumps(timestamp)) marker |= this.fit(sequence, timestamp, ssrc);
    const outSequence = (sequence + this.sequenceOffset) & 0xffff;
    const outTimestamp = (timestamp + this.timestampOffset) >>> 0;
    this.writeHeader(packet, at, marker | this.payloadType, outSequence, outTimestamp);
    // A late packet must not set the stream back.
    if (((outSequence - this.sequence) & 0xffff) < 0x8000) {
      this.sequence = outSequence;
      this.timestamp = outTimestamp;
      this.sentAtMs = this.clock.nowMs();
    }
    this.send(at === 0 && end === packet.length ? packet : packet.subarray(at, end), end - start);
  }

  /** Sends 20 ms of our own making; called each 20 ms, and the time stamps go by what was sent, not by the clock. */
  sendOwn(payload: Uint8Array): void {
    const isFirst = this.source !== undefined || this.isGap;
    const timestamp = isFirst ? this.timestampNow() : (this.timestamp + this.packetTicks) >>> 0;
    this.source = undefined;
    this.isGap = false;
    this.sequence = (this.sequence + 1) & 0xffff;
    this.timestamp = timestamp;
    this.sentAtMs = this.clock.nowMs();
    this.sendMade(payload, this.payloadType | (isFirst ? 0x80 : 0), timestamp);
  }

  /** Sends a packet of a digit: its time stamp is the start of the event and stands still (RFC 4733 section 2.2.1). */
  sendEvent(payload: Uint8Array, typeAndMarker: number, timestamp: number): void {
    this.sequence = (this.sequence + 1) & 0xffff;
    // Audio after it is fitted in by its sequence; its time goes on as it was.
    this.isGap = true;
    this.sendMade(payload, typeAndMarker, timestamp);
  }

  /** A packet of the source was kept back: what follows closes up, so the far end counts no loss. */
  skip(): void {
    this.isGap = true;
  }

  /** The next packet begins a new talk spurt, whoever feeds it. */
  changeSource(): void {
    this.source = undefined;
    this.isGap = true;
  }

  /** Where the stream's time would be now. */
  timestampNow(): number {
    const passed = Math.max(this.packetTicks, Math.round((this.clock.nowMs() - this.sentAtMs) * this.ticksPerMs));
    return (this.timestamp + passed) >>> 0;
  }

  private jumps(timestamp: number): boolean {
    const ahead = (timestamp + this.timestampOffset - this.timestamp) | 0;
    return ahead > this.jumpMaxTicks || ahead < -this.jumpMaxTicks;
  }

  /** Fits a source in after what was sent last. Returns the marker bit where a new talk spurt begins. */
  private fit(sequence: number, timestamp: number, ssrc: number): number {
    this.sequenceOffset = this.sequence + 1 - sequence;
    this.isGap = false;
    if (this.source === ssrc && !this.jumps(timestamp)) return 0;
    this.source = ssrc;
    this.timestampOffset = this.timestampNow() - timestamp;
    return 0x80;
  }

  private sendMade(payload: Uint8Array, typeAndMarker: number, timestamp: number): void {
    const packet = Buffer.allocUnsafe(headerBytes + payload.length);
    packet.set(payload, headerBytes);
    this.writeHeader(packet, 0, typeAndMarker, this.sequence, timestamp);
    this.send(packet, payload.length);
  }

  private writeHeader(packet: Buffer, at: number, typeAndMarker: number, sequence: number, timestamp: number): void {
    packet[at] = 0x80;
    packet[at + 1] = typeAndMarker;
    packet[at + 2] = sequence >>> 8;
    packet[at + 3] = sequence;
    writeU32(packet, at + 4, timestamp);
    writeU32(packet, at + 8, this.ssrc);
  }

  private send(packet: Buffer, octets: number): void {
    if (!canSendTo(this.port, this.host)) return;
    this.packets++;
    this.octets += octets;
    this.socket.send(packet, this.port, this.host);
  }
}

export function readU16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function readU32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}

export function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/**
 * RTCP of a leg (RFC 3550 section 6): our sender or receiver reports with SDES, BYE at the end, and what the far end
 * reports of us: loss, jitter, round trip. One report block: each leg has one source.
 */
import type { EngineClock } from './clock';
import { ticksPerMsOf } from './kinds';
import type { Leg } from './leg';
import { readU32, writeU32 } from './out-stream';
import { canSendTo } from './sockets';

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const goodbye = 203;
const intervalMs = 5000;
/** Seconds from 1900 (NTP) to 1970. */
const ntpEpochS = 2_208_988_800;

/** What reports of both sides said so far. */
export class ReportState {
  dueAtMs = 0;
  /** Port the far end's RTCP came from; 0: none came. */
  farPort = 0;
  /** Middle 32 bits of the NTP time of the far end's last sender report, and when it came. */
  lastReportNtp = 0;
  lastReportAtMs = 0;
  packetsAtReport = 0;
  /** Reports of us that came, and what the last one said was lost since the one before, 0..1. */
  count = 0;
  fractionLost = 0;
  sentLossRatio: number | undefined = undefined;
  sentJitterMs: number | undefined = undefined;
  roundTripMs: number | undefined = undefined;
}

/** 5 s, spread from half to one and a half, so that reports of many legs do not meet (RFC 3550 section 6.2). */
export function nextReportAtMs(clock: EngineClock): number {
  return clock.nowMs() + intervalMs * (0.5 + clock.random());
}

/** Sends a report; after the last words a BYE follows. */
export function sendReport(leg: Leg, clock: EngineClock, last: 'more-to-come' | 'last-words'): void {
  const to = destination(leg);
  if (to === undefined || !canSendTo(to.port, to.host)) return;
  const isSender = leg.out.packets > leg.reports.packetsAtReport;
  leg.reports.packetsAtReport = leg.out.packets;
  const parts = [report(leg, clock, isSender), description(leg.out.ssrc)];
  if (last === 'last-words') parts.push(part(goodbye, 1, [leg.out.ssrc]));
  const socket = leg.setting?.rtcpMux ? leg.sockets.rtp : leg.sockets.rtcp;
  socket.send(Buffer.concat(parts), to.port, to.host);
}

/** Reads a compound packet of the far end. Whatever is cut short or strange is passed over. */
export function receiveReport(leg: Leg, packet: Buffer, clock: EngineClock): void {
  for (let at = 0; at + 8 <= packet.length; ) {
    if ((packet.readUInt8(at) & 0xc0) !== 0x80) return;
    const end = at + 4 + packet.readUInt16BE(at + 2) * 4;
    if (end > packet.length) return;
    const type = packet.readUInt8(at + 1);
    const blocks = packet.readUInt8(at) & 0x1f;
    if (type === senderReport && end >= at + 28) {
      leg.reports.lastReportNtp = ((packet.readUInt32BE(at + 8) << 16) | (packet.readUInt32BE(at + 12) >>> 16)) >>> 0;
      leg.reports.lastReportAtMs = clock.nowMs();
      // mediasoup's view of the way on loopback says nothing of the browser.
      if (!leg.setting?.isBrowser) readBlocks(leg, packet.subarray(at + 28, end), blocks, clock);
    } else if (type === receiverReport && !leg.setting?.isBrowser) {
      readBlocks(leg, packet.subarray(at + 8, end), blocks, clock);
    }
    at = end;
  }
}

function readBlocks(leg: Leg, bytes: Buffer, count: number, clock: EngineClock): void {
  for (let i = 0; i < count && (i + 1) * 24 <= bytes.length; i++) {
    const block = bytes.subarray(i * 24, (i + 1) * 24);
    if (block.readUInt32BE(0) !== leg.out.ssrc) continue;
    const lost = Math.max(0, block.readIntBE(5, 3));
    leg.reports.count++;
    leg.reports.fractionLost = block.readUInt8(4) / 256;
    leg.reports.sentLossRatio = Math.min(1, lost / Math.max(1, leg.out.packets));
    leg.reports.sentJitterMs = block.readUInt32BE(12) / ticksPerMsOf(leg.outKind);
    const lastReport = block.readUInt32BE(16);
    if (lastReport === 0) continue;
    const units = (ntpMiddle(clock.wallMs()) - lastReport - block.readUInt32BE(20)) | 0;
    if (units >= 0) leg.reports.roundTripMs = (units * 1000) / 65_536;
  }
}

/** To where RTP really comes from if that is not what was described; else as described (RFC 3605, RFC 5761). */
function destination(leg: Leg): { readonly host: string; readonly port: number } | undefined {
  const { setting, target, reports } = leg;
  if (setting === undefined || target === undefined) return undefined;
  if (setting.rtcpMux) return target;
  const isAsDescribed = target.host === setting.rtp?.host && target.port === setting.rtp.port;
  if (isAsDescribed && setting.rtcp !== undefined) return setting.rtcp;
  return { host: target.host, port: reports.farPort === 0 ? Math.min(target.port + 1, 65_535) : reports.farPort };
}

function report(leg: Leg, clock: EngineClock, isSender: boolean): Buffer {
  const hasHeard = leg.reception.packets > 0;
  const words = [leg.out.ssrc];
  if (isSender) words.push(...ntp(clock.wallMs()), leg.out.timestampNow(), leg.out.packets, leg.out.octets);
  if (hasHeard) words.push(...reportBlock(leg, clock));
  return part(isSender ? senderReport : receiverReport, hasHeard ? 1 : 0, words);
}

function reportBlock(leg: Leg, clock: EngineClock): number[] {
  const { reception, reports } = leg;
  const lost = Math.min(Math.max(reception.lost, -0x80_0000), 0x7f_ffff) & 0xff_ffff;
  const waitedMs = reports.lastReportNtp === 0 ? 0 : clock.nowMs() - reports.lastReportAtMs;
  return [
    leg.lock.ssrc,
    (reception.takeFractionLost() * 0x100_0000 + lost) >>> 0,
    reception.extendedHighest,
    Math.round(reception.jitter),
    reports.lastReportNtp,
    Math.round(waitedMs * 65.536),
  ];
}

/** SDES with CNAME, which must be in each compound packet. It says nothing of us (RFC 7022). */
function description(ssrc: number): Buffer {
  const name = Buffer.from(ssrc.toString(16).padStart(8, '0'), 'latin1');
  const item = Buffer.concat([Buffer.from([1, name.length]), name, Buffer.alloc(4 - ((name.length + 2) % 4))]);
  return Buffer.concat([part(sourceDescription, 1, [ssrc], item.length), item]);
}

function part(type: number, count: number, words: readonly number[], moreBytes = 0): Buffer {
  const bytes = Buffer.alloc(4 + words.length * 4);
  bytes[0] = 0x80 | count;
  bytes[1] = type;
  bytes.writeUInt16BE(words.length + moreBytes / 4, 2);
  words.forEach((word, i) => writeU32(bytes, 4 + i * 4, word));
  return bytes;
}

function ntp(wallMs: number): [number, number] {
  const seconds = Math.floor(wallMs / 1000);
  const fraction = Math.floor(((wallMs - seconds * 1000) / 1000) * 0x1_0000_0000);
  return [(seconds + ntpEpochS) >>> 0, fraction >>> 0];
}

function ntpMiddle(wallMs: number): number {
  const [seconds, fraction] = ntp(wallMs);
  return ((seconds << 16) | (fraction >>> 16)) >>> 0;
}

/** True for a packet that is RTCP though it came to the RTP port (RFC 5761 section 4). */
export function isReport(packet: Uint8Array): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** SSRC of the sender of a report. */
export function reporterOf(packet: Uint8Array): number {
  return readU32(packet, 4);
}

/** Keys pressed at a far end of the tests, and read at the other: telephone-event by hand (RFC 4733), not by our engine. */
import type { HeardPacket } from './rtp-end';

const keys = '0123456789*#ABCD';

/** What a phone sends for one press, a packet each 20 ms: the duration grows, the end comes three times. */
export function keyPayloads(key: string, durationMs: number): readonly Buffer[] {
  const total = durationMs * 8;
  const durations = Array.from({ length: Math.ceil(total / 160) }, (_, i) => Math.min((i + 1) * 160, total));
  return [...durations, total, total].map((duration) => {
    const payload = Buffer.from([keys.indexOf(key), 10, 0, 0]);
    if (duration === total) payload[1] = 0x80 | 10;
    payload.writeUInt16BE(duration, 2);
    return payload;
  });
}

export interface HeardKey {
  readonly key: string;
  readonly durationMs: number;
  /** RTP time of its start. */
  readonly timestamp: number;
}

/** Presses in the order of their first packets; one whose end did not come counts as far as it was heard. */
export function keysIn(heard: readonly HeardPacket[], payloadType = 101): readonly HeardKey[] {
  const presses = new Map<number, HeardKey>();
  for (const { payloadType: type, timestamp, payload } of heard) {
    if (type !== payloadType) continue;
    const durationMs = Math.max(payload.readUInt16BE(2) / 8, presses.get(timestamp)?.durationMs ?? 0);
    presses.set(timestamp, { key: keys.charAt(payload.readUInt8(0)), durationMs, timestamp });
  }
  return [...presses.values()];
}

/** `5 100 ms` and so on, for comparing. */
export const spelled = (heard: readonly HeardPacket[], payloadType = 101): readonly string[] =>
  keysIn(heard, payloadType).map(({ key, durationMs }) => `${key} ${durationMs} ms`);

/** Silence between each press and the next, by RTP time. */
export function gapsMs(pressed: readonly HeardKey[]): readonly number[] {
  return pressed.slice(1).map((next, i) => {
    const before = pressed[i];
    return before === undefined ? 0 : ((next.timestamp - before.timestamp) >>> 0) / 8 - before.durationMs;
  });
}

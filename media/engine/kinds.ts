/** What a payload type of a leg means; `unknown`: nobody agreed on it. G.711 comes first, then what has a decoder. */
import type { Codec, EventCodec } from './messages';

export const kind = {
  unknown: 0,
  pcmu: 1,
  pcma: 2,
  g722: 3,
  opus: 4,
  /** telephone-event, and the same counted at 48 kHz. */
  event: 5,
  event48: 6,
  comfortNoise: 7,
} as const;

export const kindOf: Readonly<Record<Codec | EventCodec, number>> = {
  PCMU: kind.pcmu,
  PCMA: kind.pcma,
  G722: kind.g722,
  opus: kind.opus,
  'telephone-event': kind.event,
  'telephone-event/48000': kind.event48,
};

/** Ticks of the RTP clock in a millisecond: G.722 counts at 8 kHz though it is 16 (RFC 3551 section 4.5.2). */
export function ticksPerMsOf(of: number): number {
  return of === kind.opus || of === kind.event48 ? 48 : 8;
}

const names: Readonly<Record<number, Codec>> = {
  [kind.pcmu]: 'PCMU',
  [kind.pcma]: 'PCMA',
  [kind.g722]: 'G722',
  [kind.opus]: 'opus',
};

export function codecOfKind(of: number): Codec | undefined {
  return names[of];
}

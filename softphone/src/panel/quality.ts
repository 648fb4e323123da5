/** The quality of a call in one word: that of its worst direction (MOS by ITU-T G.107; the borders are those of its annex B). */
import type { LegQualityNow } from '../../../server/api/desk-messages';

export interface CallQuality {
  readonly level: 'good' | 'fair' | 'poor';
  readonly mos: number;
  readonly lossRatio: number;
  readonly roundTripMs?: number;
}

/** Undefined: nothing is known yet. */
export function qualityOf(legs: readonly LegQualityNow[]): CallQuality | undefined {
  const directions = legs.flatMap(({ received, sent }) => [received, sent]).filter((one) => one !== undefined);
  const worst = directions.toSorted((one, other) => one.mos - other.mos)[0];
  if (worst === undefined) return undefined;
  const trips = legs.flatMap(({ roundTripMs }) => roundTripMs ?? []);
  return {
    level: worst.mos >= 4 ? 'good' : worst.mos >= 3.1 ? 'fair' : 'poor',
    mos: worst.mos,
    lossRatio: Math.max(...directions.map(({ lossRatio }) => lossRatio)),
    ...(trips.length === 0 ? {} : { roundTripMs: Math.max(...trips) }),
  };
}

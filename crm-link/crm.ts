/**
 * The port to a CRM: who is behind a number. One file for each CRM implements it (built-in-crm.ts is ours); a CRM decides itself
 * what an unknown number makes, in the same step in which it looks, so that two calls of one number never make two records.
 */
import type { CardRef, MatchedCard } from '../call-router/state/call';
import type { RecordToMake } from '../call-router/state/directory';
import type { UserId } from '../call-router/values/ids';
import type { E164 } from '../call-router/values/number';

export interface LookUp {
  readonly number: E164;
  /** As it was signalled or dialled; kept beside E.164. */
  readonly typed: string;
  readonly displayName?: string;
  readonly makes: RecordToMake;
  /** Written into a lead that is made. */
  readonly source?: string;
  /** Becomes responsible for what is made. */
  readonly responsible?: UserId;
  /** Milliseconds since 1970: when it was asked. */
  readonly at: number;
}

export type Found =
  | { readonly found: true; readonly card: MatchedCard; readonly others: readonly CardRef[] }
  | { readonly found: false };

export interface Crm {
  /** Rejects where the CRM cannot be reached or fails; waiting for it is limited by whoever asks. */
  readonly lookUp: (request: LookUp) => Promise<Found>;
}

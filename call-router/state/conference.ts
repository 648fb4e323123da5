/**
 * Who is in a conference and who is being rung to join it. The room in the media engine is named like the call.
 *
 *   talking ──add, supervise, two calls into one──▶ conferring ──two left, nobody rings, nobody listens in──▶ talking
 *   consulting ──*3#──▶ conferring        attended ──room dialled, PIN right──▶ conferring ──the last one leaves──▶ ended
 *   conferring ──whoever added somebody hangs up while it rings for them, one is left──▶ transferring
 *
 * Fewer than two members end it (a dialled room lives with one), and so does the last of the office leaving: outside
 * parties are tied together by a transfer only, which the fraud guard sees.
 */
import type { EpochMs, LegId, RoomId, UserId } from '../values/ids';

/** `listen`: heard by nobody; `whisper`: by our side alone; `barge`: by all. */
export type Supervising = 'listen' | 'whisper' | 'barge';

/** Connected, and no member: nobody is told, and nobody's leaving depends on it. */
export interface Supervisor {
  readonly leg: LegId;
  readonly user: UserId;
  readonly how: Supervising;
}

/** One party that is rung: the first of its phones that answers comes in. */
export interface Joining {
  /** Its phones that ring still. */
  readonly legs: readonly LegId[];
  /** Names the timer of its ringing: `<leg>/join`. */
  readonly timer: LegId;
  readonly as: /** `by`: hears why nobody came, if so; `referred`: by REFER, so its phone is told the outcome. */
    | { readonly kind: 'member'; readonly by?: LegId; readonly referred?: true }
    | { readonly kind: 'supervisor'; readonly user: UserId; readonly how: Supervising };
}

export interface Conference {
  readonly since: EpochMs;
  /** In the order in which they came. */
  readonly members: readonly LegId[];
  readonly joining: readonly Joining[];
  readonly supervisors: readonly Supervisor[];
  /** Left channel of the recording. Undefined: has left, and what the others say is not for the client's card. */
  readonly customer?: LegId;
  /** Who made it, and may drop whom was added last. */
  readonly initiator?: LegId;
  /** A room of the office, or one that a phone's conference key made (RFC 4579). Undefined: made of a talk. */
  readonly dialled?: { readonly as: 'room'; readonly room: RoomId } | { readonly as: 'focus' };
}

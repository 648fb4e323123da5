/**
 * What the REST interface takes to move calls about and to write on them, as types for the pages (messages.ts has the rest). The
 * schemas in schemas/call-schemas.ts check the same shapes at run time.
 */
import type { StatusRow } from '../../prisma/records';
import type { Way } from '../../call-router/state/person';

/** POST /api/calls/:id/conference: all of a consultation; with `legIds` of another call, or `add`, those too. */
export interface ConferenceToMake {
  readonly legIds?: readonly string[];
  readonly add?: string;
}
/** POST /api/calls/:id/supervise: yourself, silently, if left out; again while it runs changes how. */
export interface SupervisionToBegin {
  readonly userId?: string;
  readonly how?: 'listen' | 'whisper' | 'barge';
}
/** POST /api/calls. */
export interface CallToMake {
  readonly fromUserId: string;
  readonly to: string;
  readonly fromNumberId?: string;
  /** The phone that rings first; left out: those the person answers on. */
  readonly via?: Way;
}
/** POST /api/calls/:id/retrieve: the phones of this person (yourself, if left out) ring for the parked call. */
export interface RetrievalToBegin {
  readonly userId?: string;
}
/** PATCH /api/calls/:id, during the call and after it. Empty text: none any more. */
export interface CallNotes {
  readonly note?: string;
  /** The `id` of one of GET /api/call-outcomes; empty: none. */
  readonly outcome?: string;
}
/** GET and PUT /api/call-outcomes → { items }: an administrator's list, in the order in which they are shown. Calls keep the name of a removed one. */
export type CallOutcome = StatusRow;
/** GET /api/outgoing-numbers?to= → the numbers of ours that I may show, and the one this client saw last. */
export interface OutgoingNumbers {
  readonly items: readonly {
    readonly id: string;
    readonly number: string;
    readonly name?: string;
    readonly line?: string;
  }[];
  /** Shown if none is chosen. */
  readonly usual?: string;
  /** Seen last by this client. */
  readonly suggested?: string;
}

/**
 * POST /api/calls/:id/transfer. `legId`: the office-side leg that passes its far end on. `announced`: talk first; then
 * POST …/transfer/complete or …/transfer/cancel with the same leg (`LegOfCall`).
 */
export interface TransferToMake {
  readonly legId: string;
  readonly to: string;
  readonly kind: 'blind' | 'announced';
}
export interface LegOfCall {
  readonly legId: string;
}
/** POST /api/calls/:id/digits. `legId`: the leg whose far end hears them; 1 to 32 of 0-9, *, #, A-D. */
export interface DigitsToSend {
  readonly legId: string;
  readonly digits: string;
}
/** POST /api/calls/:id/recording. */
export interface RecordingToTurn {
  readonly state: 'paused' | 'running';
}

/**
 * What REST (and later the desk socket) may ask of live calls. server/ carries it out by posting command events to the
 * switchboard and waiting for what came of them. Rights are checked before: who asks may see the call.
 */
import type { Supervising } from '../../call-router/state/conference';
import type { Forwards, Person, Way } from '../../call-router/state/person';
import type { Result } from '../../call-router/values/result';
import type { CallId, LegId, NumberId, QueueId, UserId } from '../../call-router/values/ids';

export type CommandProblem =
  /** No such live call or leg. */
  | { readonly kind: 'not-found' }
  /** The call or the person is in a state where it cannot be done; a sentence for a person. */
  | { readonly kind: 'not-now'; readonly why: string }
  /** What was asked is wrong in itself: a number that cannot be dialled, a person without a phone. */
  | {
      readonly kind: 'invalid';
      readonly field:
        | 'to'
        | 'fromUserId'
        | 'fromNumberId'
        | 'legId'
        | 'userId'
        | 'queueId'
        | 'code'
        | `forwards.${keyof Forwards}`;
      readonly why: string;
    }
  | { readonly kind: 'overloaded'; readonly retryAfterS: number };

/** A leg of a call that lives. */
export interface LegAsked {
  readonly call: CallId;
  readonly leg: LegId;
}
export type Done = Promise<Result<undefined, CommandProblem>>;

export interface ConferenceAsked {
  readonly call: CallId;
  /** Legs of the call, or the leg of the same phone in another call that is to be joined to it. */
  readonly legs?: readonly LegId[];
  /** Dialled as a further party. */
  readonly add?: string;
  /** Who asks. */
  readonly by?: UserId;
}
export interface SupervisionAsked {
  readonly call: CallId;
  readonly user: UserId;
  readonly how: Supervising;
}

export interface Commands {
  /** Ends the call, or one leg of it. */
  readonly hangUp: (asked: { readonly call: CallId; readonly leg?: LegId }) => Done;
  /** The far end of this office-side leg is to talk to `to` instead; `announced`: whoever passes it on talks first. */
  readonly transfer: (asked: LegAsked & { readonly to: string; readonly kind: 'blind' | 'announced' }) => Done;
  /** As if the transferor had hung up. */
  readonly completeTransfer: (asked: LegAsked) => Done;
  /** Back to the customer. */
  readonly cancelTransfer: (asked: LegAsked) => Done;
  /** Pressed for the far end of this leg: the one that hears them (RFC 4733). */
  readonly sendDigits: (asked: LegAsked & { readonly digits: string }) => Done;
  /** This person's phones ring for a ringing call too; picking up takes it. */
  readonly pickUp: (asked: { readonly call: CallId; readonly user: UserId }) => Done;
  /** The far end of this leg hears music until resumed. */
  readonly hold: (asked: LegAsked) => Done;
  readonly resume: (asked: LegAsked) => Done;
  /** The far end of this leg goes to the lowest free slot; whoever parked it hears which. */
  readonly park: (asked: LegAsked) => Done;
  /** This person's phones ring for a parked call; picking up takes it out of its slot. */
  readonly retrieve: (asked: { readonly call: CallId; readonly user: UserId }) => Done;
  /** All who are on the call in one conference; two calls of one phone in one; a further party. */
  readonly confer: (asked: ConferenceAsked) => Done;
  /** This person's phones ring, and whoever answers hears the call; again while they do: another way. */
  readonly supervise: (asked: SupervisionAsked) => Done;
  readonly turnRecording: (asked: { readonly call: CallId; readonly state: 'paused' | 'running' }) => Done;
  /** What this leg says is heard by nobody. */
  readonly mute: (asked: LegAsked) => Done;
  readonly unmute: (asked: LegAsked) => Done;
  /** The phone of this leg rings and is told to answer (`Event: talk`). */
  readonly answer: (asked: LegAsked) => Done;
  /** What a person sets for themselves; `noAnswerS` left out: as long as the service rings; `ringsOn`: as it was. */
  readonly setPerson: (asked: {
    readonly user: UserId;
    readonly person: Pick<Person, 'doNotDisturb' | 'forwards' | 'noAnswerS' | 'ringsOn'>;
  }) => Done;
  /** Calls a mobile number of ours and says a code to whoever answers. */
  readonly callMobile: (asked: { readonly number: NumberId }) => Done;
  /** The code as it was said; three tries. */
  readonly proveMobile: (asked: { readonly number: NumberId; readonly code: string }) => Done;
  /** Lets a person whom the fraud guard stopped call out again. `not-found`: nobody stopped them. */
  readonly liftBlock: (asked: { readonly user: UserId }) => Done;
  /** Log-in, log-out, pause and resume of an agent; without a queue: in all of which the person is a member. */
  readonly agent: (asked: {
    readonly user: UserId;
    readonly what: 'log-in' | 'log-out' | 'pause' | 'resume';
    readonly queue?: QueueId;
    readonly reason?: string;
  }) => Done;
  /** Click-to-call: rings the person's phones first, then calls out. Answers once the call is there. */
  readonly call: (asked: {
    readonly user: UserId;
    readonly to: string;
    readonly number?: NumberId;
    /** The phone that rings first; left out: those the person answers on. */
    readonly via?: Way;
  }) => Promise<Result<CallId, CommandProblem>>;
}

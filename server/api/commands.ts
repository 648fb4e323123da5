/**
 * What REST (and later the desk socket) may ask of live calls. server/ carries it out by posting command events to the
 * switchboard and waiting for what came of them. Rights are checked before: who asks may see the call.
 */
import type { Result } from '../../call-router/values/result';
import type { CallId, LegId, NumberId, UserId } from '../../call-router/values/ids';

export type CommandProblem =
  /** No such live call or leg. */
  | { readonly kind: 'not-found' }
  /** The call or the person is in a state where it cannot be done; a sentence for a person. */
  | { readonly kind: 'not-now'; readonly why: string }
  /** What was asked is wrong in itself: a number that cannot be dialled, a person without a phone. */
  | { readonly kind: 'invalid'; readonly field: 'to' | 'fromUserId' | 'fromNumberId' | 'legId'; readonly why: string }
  | { readonly kind: 'overloaded'; readonly retryAfterS: number };

export interface Commands {
  /** Ends the call, or one leg of it. */
  readonly hangUp: (asked: {
    readonly call: CallId;
    readonly leg?: LegId;
  }) => Promise<Result<undefined, CommandProblem>>;
  /** Click-to-call: rings the person's phones first, then calls out. Answers once the call is there. */
  readonly call: (asked: {
    readonly user: UserId;
    readonly to: string;
    readonly number?: NumberId;
  }) => Promise<Result<CallId, CommandProblem>>;
}

/** What a person or a program asks of the router: buttons, REST, the desk socket. Events like any other (event.ts). */
import type { Happened } from './event';
import type { Person, Way } from './state/person';
import type { CallId, LegId, NumberId, QueueId, UserId } from './values/ids';

export type CommandEvent =
  /** `leg`: whose far end is to talk to `target` instead. `announced`: they talk first. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'transfer-asked';
      readonly call: CallId;
      readonly leg: LegId;
      readonly target: string;
      readonly kind: 'blind' | 'announced';
    })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'transfer-complete-asked';
      readonly call: CallId;
      readonly leg: LegId;
    })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'transfer-cancel-asked';
      readonly call: CallId;
      readonly leg: LegId;
    })
  | (Happened & { readonly from: 'api'; readonly type: 'pickup-asked'; readonly call: CallId; readonly user: UserId })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'recording-asked';
      readonly call: CallId;
      readonly state: 'paused' | 'running';
    })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'digits-asked';
      readonly call: CallId;
      readonly leg: LegId;
      readonly digits: string;
    })
  /** The far end of `leg` waits with music until resumed. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'hold-asked' | 'resume-asked';
      readonly call: CallId;
      readonly leg: LegId;
    })
  /** Somebody looks at how the call sounds; asked again when its legs change. `off`: nobody does any more. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'quality-watch-asked';
      readonly call: CallId;
      readonly is: 'on' | 'off';
    })
  /** What this leg says is heard by nobody. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'mute-asked' | 'unmute-asked';
      readonly call: CallId;
      readonly leg: LegId;
    })
  /** The phones of `user` ring for the parked call. */
  | (Happened & { readonly from: 'api'; readonly type: 'retrieve-asked'; readonly call: CallId; readonly user: UserId })
  /** The phone of this leg rings and is to answer by itself. */
  | (Happened & { readonly from: 'api'; readonly type: 'answer-asked'; readonly call: CallId; readonly leg: LegId })
  | (Happened & { readonly from: 'api'; readonly type: 'park-asked'; readonly call: CallId; readonly leg: LegId })
  /** All `legs` of the call (none named: all who are on it) into one conference; `add` is dialled and joins. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'conference-asked';
      readonly call: CallId;
      readonly legs?: readonly LegId[];
      readonly add?: string;
      /** Who asks: what is dialled is dialled for them. */
      readonly by?: UserId;
    })
  /** `user` hears this call on their phone: silently, heard by our side alone, or by both. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'supervise-asked';
      readonly call: CallId;
      readonly user: UserId;
      readonly how: 'listen' | 'whisper' | 'barge';
    })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'agent-asked';
      readonly user: UserId;
      /** Left out: all queues of which the person is a member. */
      readonly queue?: QueueId;
      readonly what: 'log-in' | 'log-out' | 'pause' | 'resume';
      readonly reason?: string;
    })
  /** What a person set in the page; saved by the router as if dialled. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'person-asked';
      readonly user: UserId;
      readonly person: Partial<Person>;
    })
  /** Calls the mobile and says the code to whoever answers. `number`: E.164. */
  | (Happened & {
      readonly from: 'api';
      readonly type: 'verify-mobile-asked';
      readonly call: CallId;
      readonly leg: LegId;
      readonly user: UserId;
      readonly number: string;
      readonly code: string;
    })
  /** An administrator lets this person call out again (fraud guard). */
  | (Happened & { readonly from: 'api'; readonly type: 'block-lift-asked'; readonly user: UserId })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'hang-up-asked';
      readonly call: CallId;
      readonly leg?: LegId;
    })
  | (Happened & {
      readonly from: 'api';
      readonly type: 'call-asked';
      readonly call: CallId;
      readonly user: UserId;
      readonly to: string;
      /** The number of ours to show instead of the person's own. */
      readonly number?: NumberId;
      /** Only this phone of theirs rings first; left out: those they answer on. */
      readonly via?: Way;
    });

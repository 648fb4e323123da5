/**
 * What is said on the desk socket (`/api/desk`), both ways, as types: the server and the pages import this one file. Each
 * message is one JSON text frame. Commands on calls go by REST (call-command-routes.ts); this socket tells what is new.
 */
import type { PresenceState } from '../../call-router/features/presence';
import type { Way } from '../../call-router/state/person';
import type { CallCardRow } from '../../prisma/desk-records';
import type { Card, DeskNow, LiveCall, Notice } from './messages';

export interface Presence {
  readonly userId: string;
  readonly state: PresenceState;
  /** ISO 8601. */
  readonly since?: string;
  /** Phones that can be rung now. */
  readonly ways: readonly Way[];
}

/** For one log-in, for as long as its desk socket lives: never a device's password. */
export interface BrowserPhone {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  /** Same-origin path of the SIP socket (RFC 7118). */
  readonly path: string;
  /** Host part of the address of record. */
  readonly domain: string;
}

/** What the card of a call shows at once, before the phone is answered. */
export interface CallCard extends CallCardRow {
  readonly callId: string;
  readonly card: Card;
  /** Made by this very call. */
  readonly isNew: boolean;
}

/** One direction of one leg over the last five seconds. `mos`: estimate by ITU-T G.107, 1 to 4.5. */
export interface DirectionQuality {
  readonly lossRatio: number;
  /** Left out where the far end's reports do not say: what a browser hears. */
  readonly jitterMs?: number;
  readonly mos: number;
}
export interface LegQualityNow {
  readonly legId: string;
  readonly roundTripMs?: number;
  /** What we hear of the far end. */
  readonly received?: DirectionQuality;
  /** What the far end hears of us, as it reports by RTCP. */
  readonly sent?: DirectionQuality;
}

export type ToDesk =
  /** First, and again when anything in it changes. `phone` is left out where there is no browser audio. */
  | { readonly type: 'welcome'; readonly userId: string; readonly phone?: BrowserPhone }
  /** All calls this person may see that go on now; then each that is new, changed or gone. */
  | { readonly type: 'calls'; readonly calls: readonly LiveCall[] }
  | { readonly type: 'call'; readonly call: LiveCall }
  | { readonly type: 'call-gone'; readonly callId: string }
  | { readonly type: 'call-card'; readonly card: CallCard }
  /** Everybody at first, then who changed. */
  | { readonly type: 'presence'; readonly people: readonly Presence[] }
  /** Counts of the badges. */
  | { readonly type: 'desk'; readonly desk: DeskNow }
  | { readonly type: 'notice'; readonly notice: Notice }
  /** Every five seconds for a call that is watched. */
  | { readonly type: 'quality'; readonly callId: string; readonly legs: readonly LegQualityNow[] }
  /**
   * A browser of this person lost a leg: calling `sip:resume-<token>@domain` within the time takes it up again, once. For the
   * browser that had `legId`, which it knows by the call it was made in (`<call>.<n>`).
   */
  | {
      readonly type: 'resume';
      readonly callId: string;
      readonly legId: string;
      readonly token: string;
      readonly forMs: number;
    }
  /** Answer `here`: the page's scripts run. Three unanswered ones are a page that sleeps. */
  | { readonly type: 'are-you-there'; readonly count: number }
  /** The log-in ended or the role changed: log in again, or load anew. Closes with code 4401 or 4403. */
  | { readonly type: 'goodbye'; readonly why: 'logged-out' | 'changed' | 'server-stops' };

export type FromDesk =
  | { readonly type: 'here'; readonly count: number }
  /** At most one call at a time; left out: none. */
  | { readonly type: 'watch-quality'; readonly callId?: string };

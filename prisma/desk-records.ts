/** The shapes of what people find at their desk: messages, missed calls, notices, alarms; and of reports. Times ISO 8601. */
import type { StoreEffect } from '../call-router/effect';
import type { CallDirection } from '../call-router/state/call';
import type { Language } from '../call-router/state/office';
import type { CardSummary } from './records';

export type AlarmKind = Extract<StoreEffect, { readonly do: 'raise-alarm' }>['kind'];

/** A message that somebody left. Its sound: the recording of its call, from `fromMs` to `toMs`. */
export interface MessageRow {
  readonly id: string;
  readonly mailboxId: string;
  readonly callId: string;
  readonly at: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly heardAt?: string;
  readonly caller: {
    readonly typed: string;
    readonly number?: string;
    readonly name?: string;
    readonly userId?: string;
  };
  readonly card?: CardSummary;
}

/** A call that nobody answered, as one person, group or number missed it. */
export interface MissedCallRow {
  readonly callId: string;
  readonly of: 'user' | 'group' | 'number';
  readonly ofId: string;
  readonly missedAt: string;
  readonly caller: { readonly typed: string; readonly number?: string; readonly name?: string };
  readonly card?: CardSummary;
  /** When somebody talked to the client since, who, and in which call; left out: nobody has. */
  readonly reachedAt?: string;
  readonly reachedByUserId?: string;
  readonly reachedCallId?: string;
}

export interface AlarmRow {
  readonly id: string;
  readonly kind: AlarmKind;
  readonly at: string;
  readonly userId?: string;
  readonly callId?: string;
  readonly liftedAt?: string;
  readonly liftedByUserId?: string;
}

/** A word to one person. `parameters`: what its sentence needs. */
export type NoticeText =
  | { readonly kind: 'new-lead'; readonly parameters: { readonly leadId: string; readonly title: string } }
  | { readonly kind: 'lead-passed-on'; readonly parameters: { readonly leadId: string; readonly title: string } }
  | {
      readonly kind: 'alarm';
      readonly parameters: { readonly alarmId: string; readonly alarm: AlarmKind; readonly userName?: string };
    }
  | {
      readonly kind: 'message';
      readonly parameters: { readonly mailboxId: string; readonly mailbox: string; readonly callId: string };
    };
export type NoticeRow = NoticeText & { readonly id: string; readonly at: string; readonly readAt?: string };

/** What waits for one person, counted: the badges of their desk. */
export interface Waiting {
  /** Nobody has reached the caller since. */
  readonly missedCalls: number;
  /** Of the person's own mailbox and their groups'. */
  readonly newMessages: number;
  readonly unreadNotices: number;
}

/** What is known of a client when they call: read at once, and shown before the phone is answered. */
export interface CallCardRow {
  readonly companyName?: string;
  readonly responsibleUserId?: string;
  readonly notes?: string;
  readonly openDeals: readonly { readonly id: string; readonly title: string; readonly stage: string }[];
  readonly openLeads: readonly { readonly id: string; readonly title: string }[];
  /** The last calls with this client that are over, newest first, at most five. */
  readonly lastCalls: readonly {
    readonly id: string;
    readonly startedAt: string;
    readonly direction: CallDirection;
    readonly answered: boolean;
    readonly userId?: string;
    readonly note?: string;
    readonly outcome?: string;
    readonly outcomeName?: string;
  }[];
}

/** How e-mail is sent. `starttls`: the connection must become secret before anything is said. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly security: 'none' | 'starttls' | 'tls';
  readonly username?: string;
  readonly hasPassword: boolean;
  /** The address that e-mail comes from. */
  readonly from: string;
}
export type MailAccount = Omit<MailSettings, 'hasPassword'> & { readonly password?: string };

export type ReportBy = 'user' | 'number' | 'queue' | 'hour' | 'day';

/** One line of a report: what is counted in it is named by `key` (an id, `2026-11-23`, `2026-11-23T08`). Times in seconds. */
export interface ReportLine {
  readonly key: string;
  /** The person, number or queue, where it still exists. */
  readonly name?: string;
  readonly offered: number;
  readonly answered: number;
  readonly missed: number;
  /** The caller gave up while waiting or ringing. */
  readonly abandoned: number;
  readonly inbound: number;
  readonly outbound: number;
  readonly talkS: number;
  /** Averages over calls that were answered (talk, ring) or that waited in a queue. */
  readonly talkAverageS: number;
  readonly ringAverageS: number;
  readonly waitAverageS: number;
  /** Share of calls offered to queues that were answered in time; left out where there were none. */
  readonly serviceLevel?: number;
}

/** VAPID (RFC 8292): base64url, the public one uncompressed. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Where one browser of one log-in takes messages (RFC 8030), and its keys (RFC 8291). */
export interface PushSubscription {
  readonly endpoint: string;
  readonly userId: string;
  readonly tokenHash: string;
  readonly p256dh: string;
  readonly auth: string;
  /** Of its person, else the office's. */
  readonly language: Language;
}

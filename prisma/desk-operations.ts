/**
 * What may be asked of the database about people's desks (operations.ts joins it to the rest): what they set, messages, missed
 * calls, notices, alarms, reports. `LiveDeskOperations` belong to live calls, on the *calls* thread; the others to *reading*.
 */
import type { AccountSpent } from '../call-router/event';
import type { CardRef } from '../call-router/state/call';
import type { Calendar, Language } from '../call-router/state/office';
import type { KeptMessage, MailboxCount, Person } from '../call-router/state/person';
import type * as Desk from './desk-records';
import type { Answer, ListRequest } from './operations';
import type { Page } from './records';
import type { Viewer } from './who';

export interface LiveDeskOperations {
  'save-person': { request: { userId: string; person: Person }; answer: undefined };
  /** Turned by its code. */
  'turn-calendar': { request: { calendarId: string; switch: Calendar['switch'] }; answer: undefined };
  /** Saved twice it is one message. */
  'save-message': {
    request: { mailboxId: string; callId: string; at: number; fromMs: number; toMs: number };
    answer: MailboxCount;
  };
  'mark-message': {
    request: { mailboxId: string; id: string; as: 'heard' | 'removed'; at: number };
    answer: MailboxCount;
  };
  /** The new ones first, each kind from the oldest on, at most `messagesListedMax`. */
  'kept-messages': { request: { mailboxId: string }; answer: readonly KeptMessage[] };
  /** Also a notice to each administrator. Saved twice it is one alarm. */
  'save-alarm': {
    request: { id: string; kind: Desk.AlarmKind; at: number; userId?: string; callId?: string };
    answer: undefined;
  };
}

export interface DeskOperations {
  'load-persons': { request: undefined; answer: readonly (readonly [string, Person])[] };
  'load-mailbox-counts': { request: undefined; answer: readonly MailboxCount[] };
  /** Calls out since then, by account, for the fraud guard. */
  'load-spending': { request: { since: number }; answer: readonly AccountSpent[] };
  /** Of one mailbox, or (left out) of all that are the viewer's own or their groups'; newest first. */
  'list-messages': { request: ListRequest & { mailboxId?: string }; answer: Answer<Page<Desk.MessageRow>> };
  'change-message': {
    request: { viewer: Viewer; mailboxId?: string; id: string; as: 'heard' | 'new' | 'removed' };
    answer: Answer<{ message: Desk.MessageRow; count: MailboxCount }>;
  };
  /** Newest first. `userId`, `groupId`, `numberId`: whose; none: the viewer's. */
  'list-missed-calls': {
    request: ListRequest & { userId?: string; groupId?: string; numberId?: string; open?: boolean };
    answer: Answer<Page<Desk.MissedCallRow>>;
  };
  'count-waiting': { request: { userId: string }; answer: Desk.Waiting };
  /** Of several people at once. */
  'count-waiting-of': { request: { userIds: readonly string[] }; answer: readonly (readonly [string, Desk.Waiting])[] };
  /** For whoever rings or dials: that they may see the client follows from that. Undefined: the card is gone. */
  'read-call-card': { request: { card: CardRef; callId: string }; answer: Desk.CallCardRow | undefined };
  'list-alarms': { request: ListRequest & { open?: boolean }; answer: Page<Desk.AlarmRow> };
  'lift-alarm': { request: { viewer: Viewer; id: string }; answer: Answer<Desk.AlarmRow> };
  'list-notices': { request: ListRequest & { unread?: boolean }; answer: Page<Desk.NoticeRow> };
  /** Rows from before these moments are removed, some hundred at once; answers whether there is more. */
  'forget-old': { request: { noticesBefore: number; missedBefore: number }; answer: boolean };
  'read-notice': { request: { viewer: Viewer; id: string }; answer: Answer<Desk.NoticeRow> };
  /** New leads that nobody has been given yet, or that nobody opened in time. */
  'leads-waiting': { request: { at: number }; answer: readonly WaitingLead[] };
  'assign-lead': {
    request: {
      lead: WaitingLead;
      /** `members`: of the group, who may open it. Undefined: it stays with whom it is. */
      to?: { ruleId?: string; userId?: string; groupId?: string; members?: readonly string[] };
      at: number;
      passOnAt?: number;
      notify: readonly string[];
    };
    /** Not assigned: somebody opened it, or gave it away, meanwhile. */
    answer: Answer<{ isAssigned: boolean }>;
  };
  'get-mail-settings': { request: undefined; answer: Desk.MailSettings | undefined };
  'save-mail-settings': {
    request: { settings?: Omit<Desk.MailSettings, 'hasPassword'> & { password?: string | null | undefined } };
    answer: Answer<undefined>;
  };
  'load-mail-account': { request: undefined; answer: Desk.MailAccount | undefined };
  'unmailed-notices': {
    request: { since: number };
    /** `language`: the receiver's, else the office's. */
    answer: readonly { id: string; text: Desk.NoticeText; language: Language; address?: string }[];
  };
  'notices-mailed': { request: { ids: readonly string[] }; answer: undefined };
  'load-push-keys': { request: undefined; answer: Desk.PushKeys | undefined };
  'save-push-keys': { request: Desk.PushKeys; answer: Desk.PushKeys };
  'save-push-subscription': { request: Omit<Desk.PushSubscription, 'language'>; answer: undefined };
  /** `userId`: only if it is theirs. */
  'remove-push-subscription': { request: { endpoint: string; userId?: string }; answer: undefined };
  /** Left out: everybody's. */
  'push-subscriptions': { request: { userIds?: readonly string[] }; answer: readonly Desk.PushSubscription[] };
  'report-calls': {
    /** `userIds`: only what these people had to do with. */
    request: { from: number; to: number; by: Desk.ReportBy; zone: string; userIds?: readonly string[] };
    answer: readonly Desk.ReportLine[];
  };
}

export interface WaitingLead {
  readonly id: string;
  readonly createdAt: number;
  readonly source?: string;
  readonly numberId?: string;
  /** The call that made it has ended: who answered is responsible by now. */
  readonly callIsOver: boolean;
  /** The rule it was given by last. */
  readonly ruleId?: string;
  readonly responsibleUserId?: string;
  /** It was given to somebody before. */
  readonly isPassedOn: boolean;
}

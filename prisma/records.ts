/**
 * The shapes of what stays, as plain data: what the database gives and REST shows. Times are ISO 8601 in UTC.
 * No secret is in here: password hashes, HA1s and trunk passwords have operations of their own (operations.ts).
 */
import type { EndCause, Fault } from '../call-router/values/cause';
import type { LegQuality } from '../call-router/event';
import type { AudioCodec, RecordToMake, UserRight } from '../call-router/state/directory';
import type { FeatureCodes } from '../call-router/state/feature-code';
import type { FeatureSwitches } from '../call-router/state/feature-switch';
import type * as Office from '../call-router/state/office';
import type { Language, Route } from '../call-router/state/office';
import type { QueueEnd } from '../call-router/state/attendant';
import type { CallDirection, CardKind } from '../call-router/state/call';

export type Role = 'administrator' | 'manager' | 'operator';

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly role: Role;
  readonly extension?: string;
  readonly callerNumberId?: string;
  /** Notices go there too, where e-mail is set up. */
  readonly email?: string;
  /** It can prove itself on a call from outside; the PIN itself is never shown. */
  readonly hasPin: boolean;
  readonly mustChangePassword: boolean;
  /** A link to set their own password is on its way, and holds until then. */
  readonly invitedUntil?: string;
  readonly disabled: boolean;
  readonly rights: readonly UserRight[];
  readonly createdAt: string;
}

/** How the page speaks to a person; what is left out is as their browser says. */
export interface Preferences {
  readonly language?: Language;
  /** IANA name. */
  readonly zone?: string;
}

/** Somebody has left: what has ended with it, and what is a colleague's now. */
export interface Dismissal {
  readonly user: UserRow;
  readonly ended: { readonly devices: number; readonly logIns: number; readonly tokens: number };
  readonly passed: {
    readonly contacts: number;
    readonly companies: number;
    readonly leads: number;
    readonly deals: number;
    readonly numbers: number;
    /** Groups, queues, plans, mailboxes and rules of new leads that named them. */
    readonly objects: number;
  };
}

export interface DeviceRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly username: string;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly numberId?: string;
  readonly createdAt: string;
}

export interface TrunkRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'address' | 'registration' | 'pbx';
  readonly host?: string;
  readonly port?: number;
  readonly transport: 'udp' | 'tcp';
  readonly username?: string;
  readonly hasPassword: boolean;
  /** Peers besides `host`: addresses or CIDR ranges. */
  readonly allowedAddresses: readonly string[];
  readonly numberFrom: 'request-uri' | 'to' | 'p-called-party-id';
  readonly numberFormat: 'e164' | 'international-00' | 'national';
  readonly country?: string;
  readonly codecs: readonly AudioCodec[];
  readonly channelsMax?: number;
  readonly tieLine: boolean;
  readonly callsPerSecondMax?: number;
  readonly isForEmergency: boolean;
  /** `pbx`: we register at it with this user name; else it registers at us, or is known by its address. */
  readonly weRegister: boolean;
  readonly createdAt: string;
}

export interface NumberRow {
  readonly id: string;
  /** E.164, a range ending in `*`, or `*`. */
  readonly number: string;
  readonly kind: 'rented' | 'mobile' | 'office';
  readonly trunkId?: string;
  readonly name?: string;
  readonly line?: string;
  readonly route: Route;
  readonly makes: RecordToMake;
  readonly source?: string;
  /** Where a call goes when `route` leads to nobody. */
  readonly fallback?: Route;
  readonly language?: Language;
  readonly dutyUserId?: string;
  /** `mobile`: whose phone it is. */
  readonly ownerUserId?: string;
  /** Its owner has proved that it is theirs; falls when the number or the owner changes. */
  readonly isVerified: boolean;
  /** A verified mobile that calls it may dial on, after its owner's PIN. */
  readonly isCallThrough: boolean;
  /** Reserved for what the operator of this mobile number forwards: its route is taken. */
  readonly forMobileId?: string;
  readonly createdAt: string;
}

/** What the office sets up, by kind: the shapes of call-router/state/office.ts. */
export interface OfficeShapes {
  readonly group: Office.Group;
  readonly calendar: Office.Calendar;
  readonly plan: Office.RoutePlan;
  readonly queue: Office.Queue;
  readonly mailbox: Office.Mailbox;
  readonly room: Office.Room;
  readonly sound: Office.Sound;
  readonly 'outgoing-rule': Office.OutgoingRule;
  readonly 'recording-rule': Office.RecordingRule;
  readonly 'lead-rule': Office.LeadRule;
}
export type OfficeKind = keyof OfficeShapes;
/** As it is made: without its id; `position` (rules) is the last unless given. */
export type OfficeFields<Kind extends OfficeKind> = Omit<OfficeShapes[Kind], 'id' | 'position'> & {
  readonly position?: number;
};
export type OfficeRow<Kind extends OfficeKind = OfficeKind> = OfficeShapes[Kind] & { readonly createdAt: string };

/** Settings of the whole office, each one document; what was never saved has its default. */
export interface OfficeDocuments {
  readonly 'feature-codes': FeatureCodes;
  readonly features: FeatureSwitches;
  readonly 'fraud-guard': Office.FraudGuard;
  readonly parking: Office.Parking;
  readonly language: Language;
  /** IANA zone of the office's clock; the machine's own until it is set. */
  readonly zone: string;
}

export interface PhoneRow {
  /** Undefined: what was typed is no number we can read; it is kept all the same. */
  readonly e164?: string;
  readonly typed: string;
  readonly label?: string;
}

interface CardRow {
  readonly id: string;
  readonly phones: readonly PhoneRow[];
  readonly email?: string;
  readonly notes?: string;
  readonly responsibleUserId?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastActivityAt: string;
}
export interface ContactRow extends CardRow {
  readonly name: string;
  readonly companyId?: string;
  readonly companyName?: string;
}
export interface CompanyRow extends CardRow {
  readonly name: string;
}
export interface LeadRow extends CardRow {
  readonly title: string;
  readonly name?: string;
  /** An id of the lead statuses list. */
  readonly status: string;
  readonly source?: string;
  /** Nobody has opened it yet. */
  readonly isNew: boolean;
  readonly convertedTo?: { readonly kind: 'contact' | 'company'; readonly id: string };
}
export interface DealRow {
  readonly id: string;
  readonly title: string;
  /** An id of the deal stages list. */
  readonly stage: string;
  readonly contactId?: string;
  readonly companyId?: string;
  readonly responsibleUserId?: string;
  readonly amount?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
/** What a lead, a deal or a call may be. */
export type StatusOf = 'lead' | 'deal' | 'call';
/** A lead status, deal stage or call outcome the administrator edits. `ends`: a lead or deal in it is closed; how a call went. */
export interface StatusRow {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly ends: 'no' | 'won' | 'lost';
}

export interface CardSummary {
  readonly kind: CardKind;
  readonly id: string;
  readonly name: string;
}

export interface CallRow {
  readonly id: string;
  readonly direction: CallDirection;
  readonly startedAt: string;
  readonly answeredAt?: string;
  readonly endedAt?: string;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly totalMs: number;
  readonly cause?: EndCause;
  readonly fault?: Fault;
  readonly caller: {
    readonly typed: string;
    readonly number?: string;
    readonly name?: string;
    readonly userId?: string;
  };
  readonly callee: { readonly typed: string; readonly number?: string };
  readonly numberId?: string;
  readonly trunkId?: string;
  readonly rangUserIds: readonly string[];
  readonly answeredByUserId?: string;
  readonly card?: CardSummary;
  readonly companyId?: string;
  readonly otherCards: readonly CardSummary[];
  readonly recording?: RecordingRow;
  /** Left in it and not removed: stretches of its recording. */
  readonly messages?: readonly CallMessage[];
  /** The last queue it waited in, how long and how that ended. */
  readonly queue?: { readonly id: string; readonly waitMs: number; readonly end?: QueueEnd };
  /** Other calls that were one conference with it. */
  readonly conferenceWith?: readonly string[];
  /** Written by whoever was on it. */
  readonly note?: string;
  /** An id of the list of outcomes, or of one that was on it. */
  readonly outcome?: string;
  readonly outcomeName?: string;
  readonly legs: readonly LegRow[];
}
export interface CallMessage {
  readonly id: string;
  readonly mailboxId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly heardAt?: string;
}
export interface LegRow {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly kind: 'device' | 'trunk';
  readonly deviceId?: string;
  readonly userId?: string;
  readonly trunkId?: string;
  readonly startedAt: string;
  readonly answeredAt?: string;
  readonly endedAt?: string;
  readonly cause?: EndCause;
  readonly sipStatus?: number;
  readonly quality?: LegQuality;
  /** Listened in. */
  readonly isSupervisor?: true;
}
/** Its id is the call's id. */
export interface RecordingRow {
  readonly id: string;
  readonly callId: string;
  readonly state: 'running' | 'finished' | 'incomplete';
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly leftRmsDb?: number;
  readonly rightRmsDb?: number;
}

/** An entry of a card's timeline, newest first. `person`: of a company's timeline, whose contact's call it was. */
export interface TimelineEntry {
  readonly kind: 'call';
  readonly at: string;
  readonly call: CallRow;
  readonly person?: CardSummary;
}

export interface Page<Row> {
  readonly items: readonly Row[];
  /** Pass it as `cursor` for the next page; undefined: this was the last. */
  readonly next?: string;
}

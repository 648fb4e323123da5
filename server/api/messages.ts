/**
 * What the REST interface takes and gives, as types: for the web pages in softphone/, which import types from here and
 * nothing else of the server. The schemas beside the routes check the same shapes at run time.
 *
 * Every list answers `Page<…>`; every error answers a `Problem` (problem-messages.ts). A cookie log-in sends
 * `content-type: application/json` with each POST, PUT and PATCH (browsers add Origin by themselves); a body that is not
 * needed may be left out.
 */
import type {
  CallRow,
  CardSummary,
  CompanyRow,
  ContactRow,
  DealRow,
  DeviceRow,
  LeadRow,
  NumberRow,
  Page as PageOf,
  PhoneRow,
  Preferences,
  RecordingRow,
  Role as RoleOfUser,
  StatusRow,
  TimelineEntry as EntryOfTimeline,
  TrunkRow,
  UserRow,
} from '../../prisma/records';
import type { Static } from '@sinclair/typebox';
import type * as Desk from '../../prisma/desk-records';
import type { desk, fraudBlock, person } from './schemas/desk-schemas';
import type { agentNow, queueNow } from './schemas/queue-schemas';
import type { Feature as FeatureOfOffice, FeatureSwitches as Switches } from '../../call-router/state/feature-switch';
import type { FirstStart as FirstStartNow } from './routes/first-start-routes';
import type { dismissal, invitation } from './schemas/people-schemas';
import type { trunkTest } from './schemas/trunk-test-schemas';
import type { TrunkState } from '../../call-router/state/view';

export type Role = RoleOfUser;
export type Feature = FeatureOfOffice;
/** GET and PUT /api/settings/features. */
export type FeatureSwitches = Switches;
export type Page<Item> = PageOf<Item>;

/** POST /api/login → `Me`, and a cookie. */
export interface LoginRequest {
  readonly login: string;
  readonly password: string;
}
/** GET /api/me. Undefined `id`: the token from the environment. */
export interface Me extends Preferences {
  readonly id?: string;
  readonly name: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** What the office offers; what is left out is switched off and shows nowhere. */
  readonly features: readonly Feature[];
}
/** PUT /api/me/preferences → `Me`. */
export type { Preferences };
/** POST /api/me/password → 204. Other log-ins of the person end. */
export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export type User = UserRow;
/** GET and PUT /api/settings/first-start. */
export type FirstStart = FirstStartNow;
/** POST /api/users/:id/invitation: the link is shown this once. */
export type Invitation = Static<typeof invitation>;
/** POST /api/users/:id/dismissal {successorUserId}. */
export type Dismissal = Static<typeof dismissal>;
export type Device = DeviceRow;
/** POST /api/users/:id/devices. `password` is shown this once. */
export type NewDevice = DeviceRow & { readonly password: string; readonly realm: string; readonly port: number };
export type Trunk = TrunkRow & { readonly state: TrunkState };
/** POST /api/trunk-tests. */
export type TrunkTestDone = Static<typeof trunkTest>;
export type OwnNumber = NumberRow;
export type Contact = ContactRow;
export type Company = CompanyRow;
export type Lead = LeadRow;
export type Deal = DealRow;
export type Status = StatusRow;
export type Phone = PhoneRow;
export type Card = CardSummary;
export type Call = CallRow;
export type Recording = RecordingRow;
/** GET /api/contacts|companies|leads|deals/:id/timeline → Page<TimelineEntry>, newest first. */
export type TimelineEntry = EntryOfTimeline;
/** GET /api/search?q= → Page<FoundCard>. */
export type FoundCard = CardSummary & { readonly phones: readonly PhoneRow[]; readonly companyName?: string };
/** GET /api/colleagues → Page<Colleague>: everybody, for any role, to show names and to dial. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly extension?: string;
  /** Works here no more: named in what was, chosen for nothing new. */
  readonly disabled: boolean;
}

/** As it is written in a request: just what was typed, or with a label. */
export type PhoneToSave = string | { readonly typed: string; readonly label?: string };

/** GET /api/live → Page<LiveCall>; also the answer (202) of every command on a call. */
export interface LiveCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | 'transit';
  readonly state:
    | 'reaching-caller'
    | 'ringing'
    | 'answering'
    | 'talking'
    | 'consulting'
    | 'transferring'
    | 'attended'
    | 'queued'
    | 'calling-back'
    | 'parked'
    | 'conferring'
    | 'ended';
  readonly startedAt: string;
  readonly answeredAt?: string;
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
  readonly recording: 'none' | 'running' | 'paused' | 'incomplete';
  /** `queued`, `calling-back`. */
  readonly queueId?: string;
  /** `parked`: what is dialled behind the retrieve code. */
  readonly slot?: string;
  /** `consulting`: the leg of who passes the call on. */
  readonly transferorLegId?: string;
  /** `conferring`: legs in the conference, in the order in which they came. */
  readonly members?: readonly string[];
  /** Who listens in; only managers and administrators, and they themselves, are told. */
  readonly supervisors?: readonly {
    readonly legId: string;
    readonly userId: string;
    readonly how: 'listen' | 'whisper' | 'barge';
  }[];
  readonly legs: readonly LiveLeg[];
}
export interface LiveLeg {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly state:
    | 'opening'
    | 'offered'
    | 'dialling'
    | 'ringing'
    | 'screening'
    | 'answering'
    | 'answered'
    | 'held'
    | 'ended';
  /** Whose phone, extension behind the office PBX or own mobile it is. */
  readonly userId?: string;
  readonly deviceId?: string;
  readonly trunkId?: string;
  /** Behind a trunk: the far end, as it is written towards us. */
  readonly number?: string;
  /** What it says is heard by nobody (POST /api/calls/:id/mute). */
  readonly muted?: true;
  /** It rings, and POST /api/calls/:id/answer makes its phone answer. */
  readonly canAnswer?: true;
  /** Its browser is gone; who is on the other side hears music until it is back. */
  readonly isAwaited?: true;
}
/** POST /api/leads/:id/convert. Without `contactId` a contact is made. */
export interface LeadConversion {
  readonly name?: string;
  readonly contactId?: string;
  readonly companyId?: string;
  readonly companyName?: string;
  readonly dealTitle?: string;
}
export interface ConvertedLead {
  readonly contact: Contact;
  readonly company?: Company;
  readonly deal?: Deal;
}

/** GET /api/me/desk. */
export type DeskNow = Static<typeof desk>;
/** GET and PUT /api/users/:id/person. */
export type PersonNow = Static<typeof person>;
/** GET /api/agents → { items }; POST /api/agents/:id. */
export type AgentNow = Static<typeof agentNow>;
/** GET /api/queues/:id/now. */
export type QueueNow = Static<typeof queueNow>;
/** GET /api/messages → Page<Message>. */
export type Message = Desk.MessageRow;
/** GET /api/missed-calls → Page<MissedCall>. */
export type MissedCall = Desk.MissedCallRow;
export type Notice = Desk.NoticeRow;
export type Alarm = Desk.AlarmRow;
export type FraudBlock = Static<typeof fraudBlock>;
/** GET /api/reports/calls → { items }. */
export type ReportBy = Desk.ReportBy;
export type ReportLine = Desk.ReportLine;
export type MailSettings = Desk.MailSettings;

/** GET and PUT /api/settings/login-ranges. An empty list: from anywhere. */
export type LoginRanges = { readonly [role in Role]: readonly string[] };

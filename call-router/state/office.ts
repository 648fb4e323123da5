/**
 * How the office works: groups, hours, routes, queues, mailboxes, rooms, rules, codes. Plain JSON as the database keeps it
 * and REST shows it; prisma checks references when something is saved, the router only looks things up. What a person sets
 * by a code (forwarding, do not disturb, agent log-in) stands in person.ts.
 */
import type { FeatureCodes } from './feature-code';
import type { FeatureSwitches } from './feature-switch';
import type {
  CalendarId,
  GroupId,
  MailboxId,
  NumberId,
  QueueId,
  RoomId,
  RoutePlanId,
  SoundId,
  TrunkId,
  UserId,
} from '../values/ids';

export type Language = 'en' | 'cs' | 'ro' | 'pt' | 'ko' | 'th';
export const languages: readonly Language[] = ['en', 'cs', 'ro', 'pt', 'ko', 'th'];

export interface Group {
  readonly id: GroupId;
  readonly name: string;
  readonly userIds: readonly UserId[];
  /** Sees and listens to the group's calls. */
  readonly headUserId?: UserId;
  /** Its members intercept each other's calls; with no such group in the office, everybody's. */
  readonly isPickupGroup: boolean;
}

/** `HH:MM`, 24 hours, in the calendar's zone; `to` before `from` runs past midnight, `24:00` is the day's end. */
export interface OpenSpan {
  readonly from: string;
  readonly to: string;
}

export interface Calendar {
  readonly id: CalendarId;
  readonly name: string;
  /** IANA name, for instance `Europe/Prague`. */
  readonly zone: string;
  /** Monday first, seven days. */
  readonly week: readonly (readonly OpenSpan[])[];
  /** Days that differ from the plan: `YYYY-MM-DD`, or `MM-DD` for each year. No span: closed. */
  readonly exceptions: readonly { readonly date: string; readonly name?: string; readonly open: readonly OpenSpan[] }[];
  /** By hand, by page or `code`, until switched back. */
  readonly switch: 'automatic' | 'open' | 'closed';
  /** Dialled to turn the switch to the next of automatic, open and closed; digits and stars. */
  readonly code?: string;
}

/** What is said: one of our own texts (media/prompts), an uploaded sound, or figures spoken in the language of the call. */
export type PromptPart =
  | { readonly say: string }
  | { readonly sound: SoundId }
  /** Digit by digit. */
  | { readonly digits: string }
  /** As a quantity: 0 to 20 whole, above digit by digit. */
  | { readonly number: number };
export type Prompt = readonly PromptPart[];

/** An uploaded sound: a greeting, a replaced prompt or music on hold. The file is `<data>/sounds/<id>.al` (A-law, 8 kHz). */
export interface Sound {
  readonly id: SoundId;
  readonly name: string;
  readonly kind: 'greeting' | 'music' | 'prompt';
  /** `prompt`: which of our own texts it replaces, in which language. */
  readonly replaces?: { readonly prompt: string; readonly language: Language };
  readonly durationMs: number;
}

/** Steps are named within their plan; `start` is the first. The graph has no circle (checked when saved). */
export interface RoutePlan {
  readonly id: RoutePlanId;
  readonly name: string;
  readonly start: string;
  readonly steps: Readonly<Record<string, RouteStep>>;
}

/** `next` and the like name a step; left out: the number's fallback, else the call ends. */
export type RouteStep =
  | { readonly kind: 'hours'; readonly calendarId: CalendarId; readonly open?: string; readonly closed?: string }
  | { readonly kind: 'greeting'; readonly prompt: Prompt; readonly next?: string }
  | {
      readonly kind: 'menu';
      readonly prompt: Prompt;
      readonly choices: readonly {
        readonly digits: string;
        readonly label?: string;
        /** The caller hears this language from now on. */
        readonly language?: Language;
        readonly next?: string;
      }[];
      /** Digits that are an extension ring it. */
      readonly directExtension: boolean;
      readonly timeoutS: number;
      /** How often it is said before `noChoice`. */
      readonly triesMax: number;
      readonly noChoice?: string;
    }
  /** Who is responsible for the known client rings first, so long; anybody else's call goes on at once. */
  | { readonly kind: 'responsible'; readonly ringS: number; readonly next?: string }
  | {
      readonly kind: 'ring';
      readonly order: 'all' | 'in-order' | 'delayed';
      readonly targets: readonly {
        readonly userId?: UserId;
        readonly groupId?: GroupId;
        /** `delayed`: seconds after the first. */
        readonly delayS?: number;
      }[];
      /** Of all together, or of each one `in-order`. */
      readonly ringS: number;
      readonly next?: string;
    }
  | { readonly kind: 'queue'; readonly queueId: QueueId; readonly next?: string }
  | { readonly kind: 'voicemail'; readonly mailboxId: MailboxId }
  | {
      readonly kind: 'external';
      readonly number: string;
      readonly trunkId?: TrunkId;
      readonly ringS: number;
      readonly next?: string;
    }
  | { readonly kind: 'plan'; readonly planId: RoutePlanId }
  | { readonly kind: 'hang-up'; readonly prompt?: Prompt };

export interface QueueMember {
  readonly userId: UserId;
  /** 1 first: `in-order`, and `skills` among those who have the skill. */
  readonly level: number;
  readonly skills: readonly string[];
}

export interface Queue {
  readonly id: QueueId;
  readonly name: string;
  readonly strategy: 'all' | 'longest-idle' | 'fewest-calls' | 'round-robin' | 'in-order' | 'skills';
  readonly members: readonly QueueMember[];
  /** `skills`: what an agent must have. */
  readonly skill?: string;
  readonly ringS: number;
  readonly wrapUpS: number;
  /** After so many offers in a row that nobody answered the agent is paused; 0 never. */
  readonly missesMax: number;
  /** Further callers go to `overflow` at once. */
  readonly callsMax: number;
  readonly waitMaxS: number;
  /** Also with no agent logged in. Left out: the route goes on, else the fallback. */
  readonly overflow?: Route;
  /** Rings agents who already talk. */
  readonly ringsBusy: boolean;
  readonly announce: { readonly everyS: number; readonly position: boolean; readonly wait: boolean };
  readonly greeting?: Prompt;
  readonly musicId?: SoundId;
  /** Pressed while waiting: the caller hangs up, keeps the place and is called back. */
  readonly callbackDigit?: string;
  /** An answer within so long counts for the service level. */
  readonly serviceLevelS: number;
  /** Contacts and companies that come first. */
  readonly priorityCardIds: readonly string[];
}

export interface Mailbox {
  readonly id: MailboxId;
  readonly name: string;
  /** Whose it is; a person or the members of a group hear its messages with `*97` and in the page. */
  readonly userId?: UserId;
  readonly groupId?: GroupId;
  readonly greeting?: Prompt;
  readonly messageMaxS: number;
  /** Messages are announced to this address when SMTP is set. */
  readonly email?: string;
}

/** A conference room, dialled `*60` + number. */
export interface Room {
  readonly id: RoomId;
  readonly name: string;
  /** Digits. */
  readonly number: string;
  readonly pin?: string;
  readonly membersMax: number;
}

/** The first that fits, in `position` order, decides. */
export interface OutgoingRule {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  /** Beginnings of the E.164 number (`+420`), or of what is dialled; none: every number. */
  readonly prefixes: readonly string[];
  readonly userIds: readonly UserId[];
  readonly groupIds: readonly GroupId[];
  readonly calendarId?: CalendarId;
  /** Tried one after the other, but only after failures that are the trunk's. None: such calls are refused. */
  readonly ways: readonly { readonly trunkId: TrunkId; readonly numberId?: NumberId }[];
}

export interface CallLimits {
  readonly callsPerHour: number;
  readonly callsPerDay: number;
  readonly minutesPerHour: number;
  readonly minutesPerDay: number;
  readonly atOnce: number;
}

export interface FraudGuard {
  /** ISO 3166 countries that may be called, besides the office's own. */
  readonly openCountries: readonly string[];
  /** Premium-rate prefixes (E.164 or national) that may be called all the same. */
  readonly openPremium: readonly string[];
  /** For each person, calls out, transfers and forwards out together. */
  readonly limits: CallLimits;
  /** Outside these hours (none given: at night, 22 to 6, and on weekends) `offHours` hold instead. */
  readonly calendarId?: CalendarId;
  readonly offHours: CallLimits;
}

export interface RecordingRule {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly numberIds: readonly NumberId[];
  readonly groupIds: readonly GroupId[];
  readonly userIds: readonly UserId[];
  readonly direction?: 'inbound' | 'outbound' | 'internal';
  /** `announced`: the outside party hears that it is recorded, before the talk. */
  readonly record: 'always' | 'announced' | 'never';
}

/** Who becomes responsible for a new lead, the first that fits. */
export interface LeadRule {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly sources: readonly string[];
  readonly numberIds: readonly NumberId[];
  readonly calendarId?: CalendarId;
  readonly language?: Language;
  readonly ownerUserId?: UserId;
  /** The free members of this group get the notice; the first to open it has it. */
  readonly ownerGroupId?: GroupId;
  /** Nobody opened it: it passes to the next rule that fits, else to the number's duty person. 0 never. */
  readonly passOnMinutes: number;
}

/** Slots `first` to `last` (two digits); a parked call returns to who parked it. */
export interface Parking {
  readonly first: string;
  readonly last: string;
  readonly returnS: number;
}

/** Where a call is led: a number's route, a queue's overflow, a fallback. */
export type Route =
  | { readonly to: 'user'; readonly userId: UserId }
  | { readonly to: 'ringGroup'; readonly userIds: readonly UserId[] }
  | { readonly to: 'queue'; readonly queueId: QueueId }
  /** A plan of steps: hours, greeting, menu, … */
  | { readonly to: 'menu'; readonly planId: RoutePlanId }
  | { readonly to: 'voicemail'; readonly mailboxId: MailboxId }
  /** Without a number the dialled one is passed on: a tie line. */
  | { readonly to: 'external'; readonly trunkId: TrunkId; readonly number?: string };

export interface Office {
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly calendars: ReadonlyMap<CalendarId, Calendar>;
  readonly plans: ReadonlyMap<RoutePlanId, RoutePlan>;
  readonly queues: ReadonlyMap<QueueId, Queue>;
  readonly mailboxes: ReadonlyMap<MailboxId, Mailbox>;
  readonly rooms: ReadonlyMap<RoomId, Room>;
  readonly sounds: ReadonlyMap<SoundId, Sound>;
  /** In their order. */
  readonly outgoingRules: readonly OutgoingRule[];
  readonly recordingRules: readonly RecordingRule[];
  readonly leadRules: readonly LeadRule[];
  readonly codes: FeatureCodes;
  /** What an administrator has switched off is false. */
  readonly features: FeatureSwitches;
  readonly fraudGuard: FraudGuard;
  readonly parking: Parking;
  /** IANA zone of the office's clock. */
  readonly zone: string;
  /** What callers and colleagues hear where nothing says otherwise. */
  readonly language: Language;
}

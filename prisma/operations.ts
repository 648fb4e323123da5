/**
 * What may be asked of the database, as one map of operation → request and answer. `prisma/database.ts` carries each over
 * to its thread: *calls* (look-ups by key, writes committed in groups) or *reading* (lists, search, settings, reports).
 * A problem is answered by name; anything else that fails rejects.
 */
import type { RecordedCard, Viewer } from './who';
import type { CallRecord } from '../call-router/values/cdr';
import type { CardRef, MatchedCard } from '../call-router/state/call';
import type { RecordToMake, UserRight } from '../call-router/state/directory';
import type { Result } from '../call-router/values/result';
import type { AccountOperations } from './account-operations';
import type { DeskOperations, LiveDeskOperations } from './desk-operations';
import type * as Row from './records';

/** `not-found` also for what the viewer may not see (404, not 403); `not-allowed`: seen, but not theirs to do that to. `taken`: unique value in use, `field` names it, `by` who has it. */
export type StoreProblem =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'taken'; readonly field: string; readonly by?: string }
  | { readonly kind: 'unknown-reference'; readonly field: string }
  | { readonly kind: 'in-use'; readonly by: string }
  /** As things stand. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly why: string };
export type Answer<Value> = Result<Value, StoreProblem>;

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };
/** A change: a left-out field stays, `null` removes an optional one. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

export interface ListRequest {
  readonly viewer: Viewer;
  readonly cursor?: string;
  /** 1 to 200, 50 by default. */
  readonly limit?: number;
}

export interface UserFields {
  readonly name: string;
  readonly login: string;
  readonly role: Row.Role;
  readonly extension?: string;
  readonly callerNumberId?: string;
  readonly email?: string;
  /** 4 to 8 digits. */
  readonly pin?: string;
  readonly disabled?: boolean;
  readonly rights?: readonly UserRight[];
}
export interface DeviceFields {
  readonly name: string;
  readonly numberId?: string;
  readonly algorithm?: 'MD5' | 'SHA-256';
}
type DevicePatch = { readonly name?: string; readonly numberId?: string | null };
export type TrunkFields = Omit<
  Row.TrunkRow,
  | 'id'
  | 'createdAt'
  | 'hasPassword'
  | 'allowedAddresses'
  | 'numberFrom'
  | 'numberFormat'
  | 'codecs'
  | 'tieLine'
  | 'transport'
  | 'isForEmergency'
  | 'weRegister'
> &
  Optional<
    Pick<
      Row.TrunkRow,
      | 'allowedAddresses'
      | 'numberFrom'
      | 'numberFormat'
      | 'codecs'
      | 'tieLine'
      | 'transport'
      | 'isForEmergency'
      | 'weRegister'
    >
  > & { readonly password?: string };
export type NumberFields = Omit<Row.NumberRow, 'id' | 'createdAt' | 'makes' | 'isVerified' | 'isCallThrough'> & {
  readonly makes?: RecordToMake;
  readonly isCallThrough?: boolean;
};
interface CardFields {
  readonly phones?: readonly { readonly typed: string; readonly label?: string }[];
  readonly email?: string;
  readonly notes?: string;
  readonly responsibleUserId?: string;
}
export type ContactFields = CardFields & { readonly name: string; readonly companyId?: string };
export type CompanyFields = CardFields & { readonly name: string };
export type LeadFields = CardFields & {
  readonly title: string;
  readonly name?: string;
  readonly status?: string;
  readonly source?: string;
};
export type DealFields = Omit<Row.DealRow, 'id' | 'createdAt' | 'updatedAt' | 'stage'> & { readonly stage?: string };

export interface CallFilter {
  readonly cardKind?: 'contact' | 'company' | 'lead';
  readonly cardId?: string;
  readonly userId?: string;
  /** Of any of these people. */
  readonly userIds?: readonly string[];
  readonly phone?: string;
  readonly direction?: Row.CallRow['direction'];
  readonly cause?: string;
  readonly numberId?: string;
  readonly queueId?: string;
  /** How it ended. `failed`: neither answered nor missed by anybody of ours. */
  readonly outcome?: 'answered' | 'missed' | 'voicemail' | 'failed';
  /** What was written on it: an id of the list of outcomes, or of one that was on it. */
  readonly outcomeId?: string;
  /** A piece of the name on its card. */
  readonly client?: string;
  readonly from?: string;
  readonly to?: string;
  readonly live?: boolean;
}

/** On the *calls* thread: each within a live call. */
export interface CallOperations extends LiveDeskOperations {
  'match-client': {
    request: {
      number: string;
      typed: string;
      displayName?: string;
      makes: RecordToMake;
      source?: string;
      responsible?: string;
      at: number;
    };
    answer: { found: true; card: MatchedCard; others: readonly CardRef[] } | { found: false };
  };
  /** Queued; answered when committed. A newer record of the same call replaces the older. Keeps a known recording state. */
  'save-call': { request: CallRecord; answer: undefined };
  'save-recording': {
    request: {
      callId: string;
      state: Row.RecordingRow['state'];
      durationMs: number;
      sizeBytes: number;
      leftRmsDb?: number;
      rightRmsDb?: number;
    };
    answer: undefined;
  };
  /** A recording found after a crash: makes the call's row if it was lost, links the card of the sidecar. */
  'save-recovered': { request: RecordedCard; answer: undefined };
  /** Calls open in the database at the start are ended as `interrupted`; answers how many. */
  'end-interrupted-calls': { request: { at: number }; answer: number };
  'save-bindings': {
    request: { of: string; bindings: readonly { id: string; json: string; expiresAt: number }[] };
    answer: undefined;
  };
}

type Crud<Name extends string, Fields, Shape> = {
  [K in `create-${Name}`]: { request: Fields & { readonly by?: Viewer }; answer: Answer<Shape> };
} & {
  [K in `change-${Name}`]: { request: { viewer: Viewer; id: string; patch: Patch<Fields> }; answer: Answer<Shape> };
} & {
  [K in `remove-${Name}`]: { request: { viewer: Viewer; id: string }; answer: Answer<undefined> };
} & {
  [K in `get-${Name}`]: { request: { viewer: Viewer; id: string }; answer: Answer<Shape> };
};

/** On the *reading* thread. */
export interface ReadingOperations
  extends DeskOperations,
    AccountOperations,
    Crud<'user', UserFields & { readonly passwordHash: string; readonly mustChangePassword?: boolean }, Row.UserRow>,
    Crud<'trunk', TrunkFields, Row.TrunkRow>,
    Crud<'number', NumberFields, Row.NumberRow>,
    Crud<'contact', ContactFields, Row.ContactRow>,
    Crud<'company', CompanyFields, Row.CompanyRow>,
    Crud<'lead', LeadFields, Row.LeadRow>,
    Crud<'deal', DealFields, Row.DealRow> {
  'list-users': { request: ListRequest; answer: Row.Page<Row.UserRow> };
  'list-trunks': { request: ListRequest; answer: Row.Page<Row.TrunkRow> };
  'list-numbers': { request: ListRequest; answer: Row.Page<Row.NumberRow> };
  'list-contacts': {
    request: ListRequest & { phone?: string; search?: string; companyId?: string };
    answer: Row.Page<Row.ContactRow>;
  };
  'list-companies': { request: ListRequest & { phone?: string; search?: string }; answer: Row.Page<Row.CompanyRow> };
  /** Newest first. */
  'list-leads': {
    request: ListRequest & { phone?: string; search?: string; status?: string; isNew?: boolean };
    answer: Row.Page<Row.LeadRow>;
  };
  'list-deals': {
    request: ListRequest & { stage?: string; contactId?: string; companyId?: string };
    answer: Row.Page<Row.DealRow>;
  };
  /** Contacts, companies and leads together by a piece of the name or of the number. */
  'search-cards': {
    request: ListRequest & { text: string };
    answer: Row.Page<Row.CardSummary & { phones: readonly Row.PhoneRow[]; companyName?: string }>;
  };
  'list-calls': { request: ListRequest & { filter: CallFilter }; answer: Row.Page<Row.CallRow> };
  'get-call': { request: { viewer: Viewer; id: string }; answer: Answer<Row.CallRow> };
  /** Left out: stays; empty: removed. By whoever was on it, and by managers and administrators (`not-allowed`). */
  'note-call': {
    request: { viewer: Viewer; id: string; note?: string; outcome?: string };
    answer: Answer<Row.CallRow>;
  };
  /** The number of ours that this client saw last, by any of their numbers. */
  'last-shown-number': { request: { number: string }; answer: string | undefined };
  /** Also tells whether the viewer may hear it (404 otherwise). */
  'get-recording': { request: { viewer: Viewer; id: string }; answer: Answer<Row.RecordingRow> };
  timeline: {
    request: ListRequest & { kind: 'contact' | 'company' | 'lead' | 'deal'; id: string };
    answer: Answer<Row.Page<Row.TimelineEntry>>;
  };
  /** Marks a lead as opened by somebody. */
  'open-lead': { request: { viewer: Viewer; id: string }; answer: Answer<Row.LeadRow> };
  /** Makes a contact (and a company, a deal where asked) and carries calls and recordings along, in one transaction. */
  'convert-lead': {
    request: {
      viewer: Viewer;
      id: string;
      name?: string;
      contactId?: string;
      companyId?: string;
      companyName?: string;
      dealTitle?: string;
    };
    answer: Answer<{ contact: Row.ContactRow; company?: Row.CompanyRow; deal?: Row.DealRow }>;
  };
  /** Groups, calendars, plans, queues, mailboxes, rooms, sounds, rules; rules in their order. */
  'list-objects': { request: { kind: Row.OfficeKind }; answer: readonly Row.OfficeRow[] };
  'get-object': { request: { kind: Row.OfficeKind; id: string }; answer: Answer<Row.OfficeRow> };
  /** `fields`: the `OfficeFields` of the kind; their shape has been checked. */
  'create-object': { request: { kind: Row.OfficeKind; fields: object }; answer: Answer<Row.OfficeRow> };
  'change-object': { request: { kind: Row.OfficeKind; id: string; patch: object }; answer: Answer<Row.OfficeRow> };
  /** `in-use` by the first that names it. */
  'remove-object': { request: { kind: Row.OfficeKind; id: string }; answer: Answer<undefined> };
  'get-office-documents': { request: undefined; answer: Row.OfficeDocuments };
  'save-office-document': { request: OfficeDocumentToSave; answer: Answer<undefined> };
  /** A mobile number's owner has proved that it is theirs, or has given it up. */
  'set-number-verified': { request: { id: string; isVerified: boolean }; answer: Answer<Row.NumberRow> };
  'list-statuses': { request: { of: Row.StatusOf }; answer: readonly Row.StatusRow[] };
  /** The whole list in its new order; a removed one in use is refused (`in-use`). */
  'replace-statuses': {
    request: { of: Row.StatusOf; statuses: readonly Omit<Row.StatusRow, 'position'>[] };
    answer: Answer<readonly Row.StatusRow[]>;
  };
  'list-devices': { request: { viewer: Viewer; userId: string }; answer: Answer<readonly Row.DeviceRow[]> };
  /** `ha1` values: hex digests of username:realm:password. */
  'create-device': {
    request: DeviceFields & { userId: string; username: string; ha1Md5: string; ha1Sha256: string };
    answer: Answer<Row.DeviceRow>;
  };
  'change-device': { request: { viewer: Viewer; id: string; patch: DevicePatch }; answer: Answer<Row.DeviceRow> };
  'remove-device': { request: { viewer: Viewer; id: string }; answer: Answer<undefined> };
  'list-never-record': { request: undefined; answer: readonly string[] };
  /** Callers that never make records: numbers in any format. */
  'replace-never-record': { request: { numbers: readonly string[] }; answer: Answer<readonly string[]> };
  /** Small named documents: realm, log-in ranges, the country… */
  'get-setting': { request: { key: string }; answer: string | undefined };
  'set-setting': { request: { key: string; value: string }; answer: undefined };
  // What the process loads
  'load-directory': { request: undefined; answer: LoadedDirectory };
  'load-bindings': {
    request: { at: number };
    answer: readonly { of: string; id: string; json: string; expiresAt: number }[];
  };
}

export type OfficeDocumentToSave = {
  readonly [Key in keyof Row.OfficeDocuments]: { readonly key: Key; readonly value: Row.OfficeDocuments[Key] };
}[keyof Row.OfficeDocuments];

/** Plain data for main: it builds the router's Directory and the gateway's accounts from it. Trunk passwords are decrypted. */
export interface LoadedDirectory {
  readonly users: readonly (Row.UserRow & { readonly pin?: string })[];
  readonly devices: readonly (Row.DeviceRow & { readonly ha1Md5: string; readonly ha1Sha256: string })[];
  readonly trunks: readonly (Row.TrunkRow & { readonly password?: string })[];
  readonly numbers: readonly Row.NumberRow[];
  readonly neverRecord: readonly string[];
  readonly objects: readonly { readonly kind: Row.OfficeKind; readonly row: Row.OfficeRow }[];
  readonly documents: Row.OfficeDocuments;
}

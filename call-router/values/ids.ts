/**
 * Names of things, branded so that one cannot be passed for another.
 * Each brand is made from a plain string here and nowhere else. Random ids are made at the edge (128 random bits,
 * lower-case hex) and arrive in events; ids of legs and timers are derived, so a test can name them before they exist.
 */
declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One call's identity through transfer, pickup, park and conference. Also the name of its recording. */
export type CallId = Branded<string, 'CallId'>;
/** One leg of a call: `<CallId>.<n>`; n = 1 is the leg that began the call. */
export type LegId = Branded<string, 'LegId'>;
export type TimerId = Branded<string, 'TimerId'>;
export type UserId = Branded<string, 'UserId'>;
export type DeviceId = Branded<string, 'DeviceId'>;
export type TrunkId = Branded<string, 'TrunkId'>;
/** A number of ours (rented, mobile or of the office), not the digits themselves. */
export type NumberId = Branded<string, 'NumberId'>;
/** Named things of the office (state/office.ts). */
export type GroupId = Branded<string, 'GroupId'>;
export type CalendarId = Branded<string, 'CalendarId'>;
export type RoutePlanId = Branded<string, 'RoutePlanId'>;
export type QueueId = Branded<string, 'QueueId'>;
export type MailboxId = Branded<string, 'MailboxId'>;
export type RoomId = Branded<string, 'RoomId'>;
export type SoundId = Branded<string, 'SoundId'>;
/** Where a registered device can be reached now (one REGISTER contact, RFC 3261 section 10). */
export type BindingId = Branded<string, 'BindingId'>;
/** Milliseconds since 1970-01-01 UTC. */
export type EpochMs = Branded<number, 'EpochMs'>;
/** A session description, whole, as text (RFC 8866). Only `media` looks inside. */
export type Sdp = Branded<string, 'Sdp'>;

export const callIdOf = (text: string): CallId => text as CallId;
export const legIdOf = (call: CallId, n: number): LegId => `${call}.${n}` as LegId;
/** Reads a leg's id back from a foreign border (a message between threads). */
export const legIdFrom = (text: string): LegId => text as LegId;
/** The call a leg was made in. */
export const callOfLeg = (leg: LegId): CallId => leg.slice(0, leg.lastIndexOf('.')) as CallId;
export const timerIdOf = (subject: CallId | LegId | UserId, purpose: string): TimerId =>
  `${subject}/${purpose}` as TimerId;
export const userIdOf = (text: string): UserId => text as UserId;
export const deviceIdOf = (text: string): DeviceId => text as DeviceId;
/** The browser device of a person. */
export const browserDeviceOf = (user: UserId): DeviceId => deviceIdOf(`browser-${user}`);
export const trunkIdOf = (text: string): TrunkId => text as TrunkId;
export const numberIdOf = (text: string): NumberId => text as NumberId;
export const groupIdOf = (text: string): GroupId => text as GroupId;
export const calendarIdOf = (text: string): CalendarId => text as CalendarId;
export const routePlanIdOf = (text: string): RoutePlanId => text as RoutePlanId;
export const queueIdOf = (text: string): QueueId => text as QueueId;
export const mailboxIdOf = (text: string): MailboxId => text as MailboxId;
export const roomIdOf = (text: string): RoomId => text as RoomId;
export const soundIdOf = (text: string): SoundId => text as SoundId;
export const bindingIdOf = (text: string): BindingId => text as BindingId;
export const epochMs = (ms: number): EpochMs => ms as EpochMs;
export const sdpOf = (text: string): Sdp => text as Sdp;

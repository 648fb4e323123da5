/**
 * Who and what we serve: people, their devices, trunks and numbers. Loaded from the database by prisma/load-directory,
 * replaced as a whole by a `directory-loaded` event. No secret and no registration state lives here.
 */
import type { Language, Office, Route } from './office';
import type { DeviceId, NumberId, TrunkId, UserId } from '../values/ids';
import type { E164 } from '../values/number';

/** The last two are wide-band: used where both ends have them, or one has nothing else. */
export type AudioCodec = 'PCMU' | 'PCMA' | 'G722' | 'opus';

export interface User {
  readonly id: UserId;
  readonly name: string;
  /** 2 to 6 digits, the first 1-9 (DESIGN section 4). */
  readonly extension?: string;
  /** The number shown on calls to outside, unless the device has one of its own. */
  readonly callerNumberId?: NumberId;
  /** Proves the person where a caller's number alone could be forged: digits. */
  readonly pin?: string;
  /** What this person may do beyond the rest of the office. */
  readonly rights: readonly UserRight[];
}

/** `no-recording`: dial the code that keeps a call unrecorded. `intercept-any`: outside the own pickup groups. */
export type UserRight = 'no-recording' | 'intercept-any' | 'supervise' | 'call-abroad';

/** One SIP account of a person. */
export interface Device {
  readonly id: DeviceId;
  readonly userId: UserId;
  /** `browser`: the page of the desk, one for each person (`browserDeviceOf`); each of their browsers is a binding of it. */
  readonly kind: 'phone' | 'browser';
  /** The number this account shows and answers for. */
  readonly numberId?: NumberId;
}

export interface Trunk {
  readonly id: TrunkId;
  readonly name: string;
  readonly kind: 'address' | 'registration' | 'pbx';
  /** ISO 3166 country whose national numbers this trunk sends and expects. */
  readonly country: string;
  readonly codecs: readonly AudioCodec[];
  /** Simultaneous calls at the most; undefined: no limit. */
  readonly channelsMax?: number;
  /** Calls from this `address` trunk may go out again on another trunk. A `pbx` trunk always may. */
  readonly tieLine: boolean;
  /** The address that calls to it go to; used to choose the local address in SDP. `pbx` that registers: undefined. */
  readonly host?: string;
  /** How numbers are written towards this trunk. */
  readonly numberFormat: 'e164' | 'international-00' | 'national';
  /** New calls to it in a second at the most; undefined: no limit. */
  readonly callsPerSecondMax?: number;
  /** Emergency calls go out here, before any other trunk. */
  readonly isForEmergency: boolean;
}

/** What is made of an unknown number (issue: "lead by default; contact, or nothing"). */
export type RecordToMake = 'lead' | 'contact' | 'nothing';

export interface OwnNumber {
  readonly id: NumberId;
  /** What was called: an exact E.164 number, digits before a `*`, or anything on the trunk (`*` alone). */
  readonly match:
    | { readonly kind: 'exact'; readonly number: string }
    | { readonly kind: 'prefix'; readonly digits: string }
    | { readonly kind: 'any' };
  readonly kind: 'rented' | 'mobile' | 'office';
  readonly trunkId?: TrunkId;
  readonly name?: string;
  /** Dialled as `*8` + line to call out from it. */
  readonly line?: string;
  readonly route: Route;
  readonly makes: RecordToMake;
  /** CRM source written into a lead, for instance the advertisement that carries this number. */
  readonly source?: string;
  /** Where a call goes when `route` names what is gone, or leads to nobody. */
  readonly fallback?: Route;
  /** What its callers hear first; undefined: the office's language. */
  readonly language?: Language;
  /** Responsible for its new leads where no rule says otherwise. */
  readonly dutyUserId?: UserId;
  /** `mobile`: whose phone it is. It rings along and may dial in only when `isVerified`. */
  readonly ownerUserId?: UserId;
  readonly isVerified?: boolean;
  /** A verified mobile that calls it may dial on, after its owner's PIN (features/call-through.ts). */
  readonly isCallThrough?: boolean;
  /** Reserved for what the operator of this mobile forwards to us, where it does not say so itself. */
  readonly forMobile?: NumberId;
}

export interface Directory extends Office {
  readonly country: string;
  readonly users: ReadonlyMap<UserId, User>;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  readonly trunks: ReadonlyMap<TrunkId, Trunk>;
  readonly numbers: readonly OwnNumber[];
  /** Callers that never make records: E.164. */
  readonly neverMakeRecords: ReadonlySet<E164>;
}

/**
 * Where a dialled number leads: to people, out on a trunk, or nowhere (DESIGN section 4, "What is dialled").
 * Pure look-ups in the directory; who is reachable and what rings is ring.ts.
 */
import type { Origin } from '../event';
import type { OwnNumber, Trunk } from '../state/directory';
import { numberRanges, numbersExactly, officeNumbers, userWithExtension } from '../state/directory-index';
import type { DialledCode } from '../state/feature-code';
import type { Route } from '../state/office';
import type { PbxView } from '../state/view';
import type { CalendarId, EpochMs, MailboxId, NumberId, QueueId, RoutePlanId, UserId } from '../values/ids';
import { type E164, parseE164 } from '../values/number';
import { isEmergencyNumber } from '../values/short-numbers';
import { codeOf, type DialledCodeFound } from './feature-codes';
import { accountOf, type Refusal, refusedByGuard, spenderOf } from './fraud-guard';
import { divertedMobile, mobileWith, reservedFor } from './mobile';
import { isExtension } from './office-side';
import { emergencyWays, isByRule, outgoingCountry, personOf, type WayOut, waysOut } from './outgoing';

export type Destination =
  | { readonly kind: 'people'; readonly users: readonly UserId[]; readonly called?: OwnNumber }
  /** `number` goes out as the trunk writes it. `shown`: the number of ours that the callee sees. */
  | {
      readonly kind: 'outside';
      readonly trunk: Trunk;
      readonly number: string;
      readonly called?: OwnNumber;
      readonly shown?: OwnNumber;
      /** Tried in this order after failures that are the trunk's. */
      readonly others?: readonly WayOut[];
      /** On whose account it goes out. */
      readonly spender?: string;
      /** No limit of ours stops it. */
      readonly isEmergency?: true;
      readonly at: EpochMs;
    }
  /** An intercept code; without an extension: the call that rings longest. */
  | { readonly kind: 'pickup'; readonly extension?: string }
  /** Any other code, and what was dialled behind it. */
  | { readonly kind: 'code'; readonly code: ServiceCode; readonly tail: string }
  | { readonly kind: 'calendar-switch'; readonly calendar: CalendarId }
  | { readonly kind: 'plan'; readonly plan: RoutePlanId; readonly called?: OwnNumber }
  | { readonly kind: 'queue'; readonly queue: QueueId; readonly called?: OwnNumber }
  /** To leave a message. */
  | { readonly kind: 'mailbox'; readonly mailbox: MailboxId; readonly called?: OwnNumber }
  /** A person's own mobile, which may dial on from here. */
  | { readonly kind: 'call-through'; readonly user: UserId; readonly called: OwnNumber }
  | { readonly kind: 'nowhere' }
  /** `limit`: the person has called enough (fraud-guard.ts). */
  | { readonly kind: 'forbidden'; readonly why?: Refusal }
  /** A person who wants no calls now. */
  | { readonly kind: 'not-now'; readonly cause: 'busy' }
  /** There is no trunk to go out on. */
  | { readonly kind: 'no-trunk' };

/** Codes that do something by themselves; the others say how a number behind them is called. */
export type ServiceCode = Exclude<DialledCode, 'intercept' | 'line' | 'noRecording'>;

/** What a phone's conference key calls (RFC 4579 section 5.4): a new conference. */
export const conferenceFactory = 'conference';

/** One trailing `#` is a phone's "dial now" key; `%23` and `%2A` are already decoded by the gateway. */
export const cleaned = (dialled: string): string => (dialled.endsWith('#') ? dialled.slice(0, -1) : dialled);

/** Who dials and when: `user` where it is one of ours; `number`: the number of ours they chose to show (click-to-call). */
export type Dialler = Origin & {
  readonly user?: UserId;
  readonly number?: NumberId;
  /** The caller's number as signalled, on a trunk. */
  readonly extension?: string;
  /** Who passed the call on to us, the latest first. */
  readonly divertedFrom?: readonly string[];
  /** Dialled by what an administrator has set up, on this account: no person's limits, and any country (led-outside.ts). */
  readonly account?: string;
  /** Dialled for somebody who calls this person (a forwarding, their mobile, a callback): on an account apart from their own calls. */
  readonly isForCaller?: true;
  /** `number` was dialled with the line code: its own trunk comes first. */
  readonly isByLine?: true;
  readonly at: EpochMs;
};

export function destinationOf(pbx: PbxView, origin: Dialler, dialled: string): Destination {
  const number = cleaned(dialled);
  // A person of ours on the line is inside, whatever the line is: their desk phone behind the office PBX, their mobile.
  if (origin.kind === 'device' || origin.user !== undefined) return fromInside(pbx, origin, number);
  return fromTrunk(pbx, origin, number);
}

function fromTrunk(pbx: PbxView, dialler: Dialler & { kind: 'trunk' }, dialled: string): Destination {
  const trunk = pbx.directory.trunks.get(dialler.trunk);
  if (trunk === undefined) return { kind: 'nowhere' };
  if (trunk.kind === 'pbx') return fromInside(pbx, dialler, dialled);
  const mobile = divertedMobile(pbx, dialler.divertedFrom ?? [], trunk.country);
  const called = mobile ?? reservedFor(pbx, ownNumber(pbx, trunk, dialled));
  const owner = called?.isCallThrough === true ? ownerCalling(pbx, dialler, trunk) : undefined;
  if (called !== undefined && owner !== undefined) return { kind: 'call-through', user: owner, called };
  return called === undefined ? { kind: 'nowhere' } : followRoute(pbx, { called, dialled, dialler, from: trunk });
}

/** Whose verified mobile the caller's number is; a PIN must prove it still. */
function ownerCalling(pbx: PbxView, { extension = '' }: Dialler, trunk: Trunk): UserId | undefined {
  const number = parseE164(extension, trunk.country);
  return mobileWith(pbx, number.ok ? number.value : undefined)?.ownerUserId;
}

/** From a device of ours or from behind the office PBX: extension, number of the office, then outside. */
function fromInside(pbx: PbxView, origin: Dialler, dialled: string): Destination {
  if (isEmergencyNumber(dialled, outgoingCountry(pbx, origin))) {
    return outside(emergencyWays(pbx, origin), { number: dialled, at: origin.at, isEmergency: true });
  }
  const isFactory = dialled === conferenceFactory && pbx.directory.features.conferences;
  const code = isFactory ? newRoom : codeOf(pbx.directory, dialled);
  // Codes are for the office: not for the public that comes in over a line of the office PBX.
  if (code !== undefined) return isPublic(pbx, origin) ? { kind: 'forbidden' } : codeCalled(pbx, origin, code);
  const user = userWithExtension(pbx.directory, dialled);
  if (user !== undefined) return { kind: 'people', users: [user.id] };
  const trunk = origin.kind === 'trunk' ? pbx.directory.trunks.get(origin.trunk) : undefined;
  const ranges = numberRanges(pbx.directory).filter(({ kind, match }) => kind === 'office' && match.kind !== 'any');
  const called = officeNumbers(pbx.directory, dialled)[0] ?? longestMatch(ranges, dialled, undefined);
  if (called !== undefined) return followRoute(pbx, { called, dialled, dialler: origin, from: trunk });
  return ownOrOutside(pbx, origin, { dialled, from: trunk });
}

const newRoom: DialledCodeFound = { kind: 'code', code: 'room', tail: '' };

const isPublic = (pbx: PbxView, dialler: Dialler): boolean =>
  dialler.kind === 'trunk' &&
  dialler.user === undefined &&
  !isExtension(pbx, { trunk: dialler.trunk, number: dialler.extension ?? '' });

function codeCalled(pbx: PbxView, origin: Dialler, found: DialledCodeFound): Destination {
  if (found.kind === 'calendar-switch') return found;
  const { code, tail } = found;
  switch (code) {
    case 'intercept':
      return tail === '' ? { kind: 'pickup' } : { kind: 'pickup', extension: tail };
    case 'line': {
      const line = pbx.directory.numbers.find((number) => number.line === tail.slice(0, 2));
      return line === undefined
        ? { kind: 'nowhere' }
        : fromInside(pbx, { ...origin, number: line.id, isByLine: true }, tail.slice(2));
    }
    case 'noRecording':
      return mayGoUnrecorded(pbx, origin) ? fromInside(pbx, origin, tail) : { kind: 'forbidden' };
    default:
      return { kind: 'code', code, tail };
  }
}

function mayGoUnrecorded(pbx: PbxView, dialler: Dialler): boolean {
  const person = personOf(pbx, dialler);
  const rights = person === undefined ? undefined : pbx.directory.users.get(person)?.rights;
  return rights?.includes('no-recording') ?? false;
}

/** A number of our own that is dialled from inside rings inside: it never takes a trunk channel. */
function ownOrOutside(
  pbx: PbxView,
  origin: Dialler,
  { dialled, from }: Pick<Followed, 'dialled' | 'from'>,
): Destination {
  const e164 = parseE164(dialled, outgoingCountry(pbx, origin));
  const ours = e164.ok ? numbersExactly(pbx.directory, e164.value)[0] : undefined;
  if (ours !== undefined) return followRoute(pbx, { called: ours, dialled, dialler: origin, from });
  if (!/^\+?\d[\d\s().-]*$/.test(dialled)) return { kind: 'nowhere' };
  const number = e164.ok ? e164.value : dialled.replace(/[^\d+]/g, '');
  const ways = waysOut(pbx, origin, { number, dialled });
  if (ways === 'forbidden') return { kind: 'forbidden' };
  const refused = refusedByGuard(pbx, origin, {
    number,
    isE164: e164.ok,
    isByRule: isByRule(pbx, origin, { number, dialled }),
  });
  if (refused !== undefined) return { kind: 'forbidden', why: refused };
  return outside(ways, { number, at: origin.at, ...spenderOf(pbx, origin) });
}

type To = Pick<Destination & { readonly kind: 'outside' }, 'number' | 'at' | 'spender' | 'isEmergency'>;

function outside(ways: readonly WayOut[], to: To): Destination {
  const [first, ...others] = ways;
  if (first === undefined) return { kind: 'no-trunk' };
  return { kind: 'outside', ...first, ...to, others };
}

interface Followed {
  readonly called: OwnNumber;
  readonly dialled: string;
  readonly dialler: Dialler;
  /** Undefined: from a device of ours. */
  readonly from: Trunk | undefined;
}

function followRoute(pbx: PbxView, followed: Followed): Destination {
  const { called } = followed;
  const route: Route = called.route;
  switch (route.to) {
    case 'user':
      // Nobody, but the number may have a fallback.
      return pbx.directory.users.has(route.userId) || called.fallback !== undefined
        ? { kind: 'people', users: [route.userId], called }
        : { kind: 'nowhere' };
    case 'ringGroup':
      return { kind: 'people', users: route.userIds.filter((id) => pbx.directory.users.has(id)), called };
    case 'queue':
      return { kind: 'queue', queue: route.queueId, called };
    case 'menu':
      return { kind: 'plan', plan: route.planId, called };
    case 'voicemail':
      return { kind: 'mailbox', mailbox: route.mailboxId, called };
    default:
      return followExternal(pbx, followed, route);
  }
}

function followExternal(pbx: PbxView, followed: Followed, route: Route & { to: 'external' }): Destination {
  const trunk = pbx.directory.trunks.get(route.trunkId);
  if (trunk === undefined) return { kind: 'nowhere' };
  const { from, called, dialled } = followed;
  // Passing the dialled number on makes a tie line: for the office PBX, and for a peer that an administrator declared
  // one; never for a provider, whose callers could then dial the world on our bill. Never back to its own trunk.
  const passesOn = route.number === undefined && from !== undefined;
  if (passesOn && from.kind !== 'pbx' && !(from.kind === 'address' && from.tieLine)) return { kind: 'forbidden' };
  if (passesOn && from.id === trunk.id) return { kind: 'forbidden' };
  const { dialler } = followed;
  const to = { kind: 'outside', trunk, called, at: dialler.at } as const;
  if (route.number !== undefined) return { ...to, number: route.number, spender: accountOf(called.id) };
  if (trunk.kind === 'pbx') return { ...to, number: dialled };
  if (isEmergencyNumber(dialled, trunk.country)) return { ...to, number: dialled, isEmergency: true };
  const e164 = parseE164(dialled, trunk.country);
  const number = { number: e164.ok ? e164.value : dialled, isE164: e164.ok, isByRule: false };
  const why = refusedByGuard(pbx, dialler, number);
  return why === undefined ? { ...to, number: dialled, ...spenderOf(pbx, dialler) } : { kind: 'forbidden', why };
}

/** Help is called: not even a service that is full refuses to try. */
export function isEmergencyCall(pbx: PbxView, dialler: Dialler, dialled: string): boolean {
  const isInside =
    dialler.kind === 'device' || dialler.user !== undefined || pbx.directory.trunks.get(dialler.trunk)?.kind === 'pbx';
  return isInside && isEmergencyNumber(cleaned(dialled), outgoingCountry(pbx, dialler));
}

/** The number called, of those that belong to this trunk or to any: exact before the longest range before `*`. */
function ownNumber(pbx: PbxView, trunk: Trunk, dialled: string): OwnNumber | undefined {
  const e164 = parseE164(dialled, trunk.country);
  const isHere = ({ trunkId }: OwnNumber): boolean => trunkId === undefined || trunkId === trunk.id;
  const written = e164.ok && e164.value !== dialled ? numbersExactly(pbx.directory, e164.value) : [];
  const exact = [...written, ...numbersExactly(pbx.directory, dialled)].find(isHere);
  if (exact !== undefined) return exact;
  const ranges = numberRanges(pbx.directory).filter(isHere);
  return longestMatch(ranges, dialled, e164.ok ? e164.value : undefined);
}

function longestMatch(numbers: readonly OwnNumber[], dialled: string, e164: E164 | undefined): OwnNumber | undefined {
  let best: OwnNumber | undefined;
  let bestLength = 0;
  for (const number of numbers) {
    const length = matchLength(number, dialled, e164);
    if (length > bestLength) [best, bestLength] = [number, length];
  }
  return best;
}

/** How well a number matches: 0 not at all, 1 by `*` alone, else by its digits; an exact match before any range. */
function matchLength(number: OwnNumber, dialled: string, e164: E164 | undefined): number {
  const { match } = number;
  if (match.kind === 'any') return 1;
  if (match.kind === 'exact') return match.number === e164 || match.number === dialled ? 1000 : 0;
  const fits = dialled.startsWith(match.digits) || (e164?.startsWith(match.digits) ?? false);
  return fits ? 1 + match.digits.length : 0;
}

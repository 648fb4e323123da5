/** A call as it begins: direction, both parties' numbers as understood, who it is shown as, and the client look-up. */
import type { CrmEffect, ShownCaller } from '../effect';
import type { SignalledCaller } from '../event';
import type { Call, CallDirection, FarEnd, Leg, Party } from '../state/call';
import type { OwnNumber, User } from '../state/directory';
import { userWithExtension } from '../state/directory-index';
import type { PbxView } from '../state/view';
import type { EpochMs, TrunkId, UserId } from '../values/ids';
import { parseE164 } from '../values/number';
import { lookUpOf } from './client';
import type { Destination } from './dial-plan';
import { cleaned } from './dial-plan';
import { numberBehind } from './feature-codes';
import { leadOfCall, type NewLead } from './lead-owner';
import { isExtension, isOfficeSide } from './office-side';
import { pathTo } from './onward';
import type { InviteReceived } from './ring';

export interface NewCall {
  readonly call: Call;
  readonly lookUp: readonly CrmEffect[];
}

export function newCallOf(pbx: PbxView, event: InviteReceived, destination: Destination): NewCall {
  const callerUser = callerUserOf(pbx, event);
  const direction = directionOf(pbx, event, destination);
  const called = 'called' in destination ? destination.called : undefined;
  const shown = destination.kind === 'outside' ? destination.shown : undefined;
  const users = destination.kind === 'people' ? destination.users : [];
  const trunk = trunkOf(event, destination);
  const behind = direction === 'inbound' ? undefined : numberBehind(pbx.directory, cleaned(event.dialled));
  const dialled = behind?.number ?? cleaned(event.dialled);
  const parties = partiesOf(pbx, { ...event, dialled }, { trunk, direction, callerUser });
  const isByOfficePbx = destination.kind === 'outside' && destination.trunk.kind === 'pbx';
  // What an extension dials in the numbers of the office PBX need not be a number that a client could be called back on.
  const isPassedToPbx = isByOfficePbx && shown === undefined && direction === 'outbound';
  const leadsSomewhere = destination.kind !== 'nowhere' && destination.kind !== 'forbidden' && !isPassedToPbx;
  const ours = called ?? shown;
  const { responsible, lead } = leadOfCall(pbx.directory, leadAt(event.at, ours), {
    caller: callerUser?.id,
    called: users.length === 1 ? users[0] : undefined,
  });
  const lookUp = lookUpOf(pbx, { id: event.call, direction, ...parties, called, shown, responsible, leadsSomewhere });
  const call: Call = {
    id: event.call,
    direction,
    startedAt: event.at,
    state: { in: 'ringing' },
    legs: new Map([[event.leg, callerLegFor(event, callerUser)]]),
    callerLeg: event.leg,
    nextLeg: 2,
    ...parties,
    ...(ours === undefined ? {} : { ourNumber: ours.id }),
    ...(trunk === undefined ? {} : { trunk }),
    client: lookUp.client,
    shows: shownCaller({
      direction,
      caller: parties.caller,
      user: callerUser,
      shown,
      wantsToHide: event.caller.withheld,
      isByOfficePbx,
    }),
    makes: lookUp.makes,
    ...(ours?.source === undefined ? {} : { source: ours.source }),
    ...(responsible === undefined ? {} : { responsible }),
    ...(lead === undefined ? {} : { lead }),
    ...(callerUser === undefined ? {} : { callerUser: callerUser.id }),
    ...(event.maxForwards === undefined ? {} : { maxForwards: event.maxForwards }),
    ...(behind?.isUnrecorded === true ? { isUnrecorded: true } : {}),
    ringsUsers: users,
    ...(called?.language === undefined ? {} : { language: called.language }),
    ...(called?.fallback === undefined ? {} : { path: pathTo(called.fallback) }),
    recording: 'none',
  };
  return { call, lookUp: lookUp.effects };
}

const leadAt = (at: EpochMs, ours: OwnNumber | undefined): NewLead => ({
  at,
  ...(ours === undefined ? {} : { numberId: ours.id }),
  ...(ours?.source === undefined ? {} : { source: ours.source }),
  ...(ours?.language === undefined ? {} : { language: ours.language }),
});

/** The leg an INVITE of theirs makes, with nothing decided yet. */
export function callerLegFor(event: InviteReceived, user: User | undefined): Leg {
  return {
    id: event.leg,
    call: event.call,
    far: farEndOf(event, user?.id),
    direction: 'incoming',
    towards: event.towards,
    state: { in: 'offered' },
    media: 'opening',
    startedAt: event.at,
  };
}

export function farEndOf({ origin, caller }: InviteReceived, user: UserId | undefined): FarEnd {
  return origin.kind === 'device' && user !== undefined
    ? { kind: 'device', device: origin.device, user }
    : {
        kind: 'trunk',
        trunk: origin.kind === 'trunk' ? origin.trunk : noTrunk,
        number: caller.user,
        ...(user === undefined ? {} : { user }),
      };
}

/** A device whose owner was removed while its INVITE was on the way: nobody's leg. */
const noTrunk = '' as TrunkId;

/** The owner of the device; behind the office PBX, whoever has the calling extension. */
export function callerUserOf(
  pbx: PbxView,
  { origin, caller }: Pick<InviteReceived, 'origin' | 'caller'>,
): User | undefined {
  const { users, devices, trunks } = pbx.directory;
  if (origin.kind === 'device') {
    const device = devices.get(origin.device);
    return device === undefined ? undefined : users.get(device.userId);
  }
  if (trunks.get(origin.trunk)?.kind !== 'pbx' || caller.user === '') return undefined;
  return userWithExtension(pbx.directory, caller.user);
}

/** Seen from the office, of which an office PBX is a part. */
function directionOf(pbx: PbxView, event: InviteReceived, destination: Destination): CallDirection {
  const fromInside = isOfficeSide(pbx, { far: farEndOf(event, callerUserOf(pbx, event)?.id) });
  // What the guard refuses would have gone out.
  if (destination.kind === 'call-through') return 'internal';
  const isRefused = destination.kind === 'forbidden' && destination.why !== undefined;
  const toInside = !isRefused && (destination.kind !== 'outside' || isCalledInside(pbx, destination));
  if (fromInside) return toInside ? 'internal' : 'outbound';
  return toInside ? 'inbound' : 'transit';
}

const isCalledInside = (pbx: PbxView, { trunk, number }: Extract<Destination, { kind: 'outside' }>): boolean =>
  isExtension(pbx, { trunk: trunk.id, number });

function trunkOf({ origin }: InviteReceived, destination: Destination): TrunkId | undefined {
  if (origin.kind === 'trunk') return origin.trunk;
  return destination.kind === 'outside' ? destination.trunk.id : undefined;
}

interface PartyContext {
  readonly trunk: TrunkId | undefined;
  readonly direction: CallDirection;
  readonly callerUser: User | undefined;
}

function partiesOf(pbx: PbxView, event: InviteReceived, context: PartyContext): Pick<Call, 'caller' | 'callee'> {
  const country = pbx.directory.trunks.get(context.trunk ?? noTrunk)?.country ?? pbx.directory.country;
  const isOffice = context.direction === 'outbound' || context.direction === 'internal';
  return {
    caller: isOffice ? officeCaller(event.caller, context.callerUser) : outsideCaller(event.caller, country),
    callee: partyOf(event.dialled, country),
  };
}

function officeCaller(caller: SignalledCaller, user: User | undefined): Party {
  const typed = user?.extension ?? caller.user;
  const displayName = user?.name ?? caller.displayName;
  return { typed, withheld: false, ...(displayName === undefined ? {} : { displayName }) };
}

function outsideCaller(caller: SignalledCaller, country: string): Party {
  if (caller.withheld) return { typed: '', withheld: true };
  const { displayName } = caller;
  return { ...partyOf(caller.user, country), ...(displayName === undefined ? {} : { displayName }) };
}

function partyOf(typed: string, country: string): Party {
  const number = parseE164(typed, country);
  return { typed, withheld: false, ...(number.ok ? { number: number.value } : {}) };
}

interface Showing {
  readonly direction: CallDirection;
  readonly caller: Party;
  readonly user: User | undefined;
  readonly shown: OwnNumber | undefined;
  /** The phone asked for Privacy (RFC 3323). */
  readonly wantsToHide: boolean;
  readonly isByOfficePbx: boolean;
}

/**
 * Inside to outside shows the office's number; everyone else is shown as they came. On its own lines the office PBX knows
 * what number each extension shows.
 */
function shownCaller({ direction, caller, user, shown, wantsToHide, isByOfficePbx }: Showing): ShownCaller {
  if (direction === 'outbound' && !(isByOfficePbx && shown === undefined)) {
    const number = shown?.match.kind === 'exact' ? shown.match.number : '';
    return { number, withheld: wantsToHide || number === '' };
  }
  const displayName = user?.name ?? caller.displayName;
  const number = caller.number ?? caller.typed;
  const isHidden = direction === 'outbound' && wantsToHide;
  return { number, withheld: caller.withheld || isHidden, ...(displayName === undefined ? {} : { displayName }) };
}

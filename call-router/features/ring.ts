/**
 * A call arrives: where it leads (dial-plan.ts), whose card it is (client.ts), and the phones that ring for it.
 * All devices of all people called ring at once, one INVITE to each binding; the first answer wins (answer.ts).
 */
import type { InviteTarget, PbxEffect } from '../effect';
import type { SipEvent } from '../event';
import type { Call, FarEnd, Leg } from '../state/call';
import type { AudioCodec, Device, Trunk, User } from '../state/directory';
import { officeNumbers } from '../state/directory-index';
import type { Way } from '../state/person';
import type { Binding, PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type LegId, legIdOf, type NumberId, type UserId } from '../values/ids';
import { saveCall } from './call-record';
import { callerLegOf, type Decision, decided, effectsOnly, ignore, isConnected, isEnded, both } from './decision';
import { type Destination, destinationOf, type Dialler, isEmergencyCall } from './dial-plan';
import { runDialledCode } from './dialled-codes';
import { branchOutside } from './fail-over';
import { withAlarm } from './guard-alarm';
import { cameBack, followed, ringMsOf } from './forwarding';
import { leadOn } from './lead-on';
import { withinChannels } from './channels';
import { callerUserOf, newCallOf } from './new-call';
import { pathOf } from './onward';
import { retrieve } from './park';
import { callFocus } from './room';
import { mobileEnds } from './mobile';
import { pickUp } from './pickup';
import { replaceDialog } from './replaces';
import { outsideRingMs, ringTimer } from './ring-timer';
import { chosenOf, wayOf } from './rings-on';
import { addBranches } from './transfer';
import { turnAway } from './turn-away';

export type InviteReceived = Extract<SipEvent, { readonly type: 'invite-received' }>;

/** A device gets what the caller brings first; the wide-band ones only where both ends have them: media sees to that. */
const codecsOfDevices: readonly AudioCodec[] = ['PCMA', 'PCMU', 'G722', 'opus'];

export function ringDialled(pbx: PbxView, event: InviteReceived): Decision {
  if (pbx.draining) return refuseAtTheDoor(pbx, event.leg, 'service-stopped');
  const dialler = diallerIn(pbx, event);
  if (pbx.calls.size >= pbx.limits.callsMax && !isEmergencyCall(pbx, dialler, event.dialled))
    return refuseAtTheDoor(pbx, event.leg, 'overloaded');
  if (event.replaces !== undefined) return replaceDialog(pbx, event, event.replaces);
  if (event.focusOf !== undefined) return callFocus(pbx, event, event.focusOf);
  const dialled = destinationOf(pbx, dialler, event.dialled);
  if (dialled.kind === 'pickup') return pickUp(pbx, event, dialled);
  const taken = dialled.kind === 'code' && dialled.code === 'retrieve' && retrieve(pbx, event, dialled.tail);
  if (taken) return taken;
  const { call: made, lookUp } = newCallOf(pbx, event, dialled);
  if (dialled.kind === 'code' || dialled.kind === 'calendar-switch')
    return runDialledCode(pbx, made, { event, code: dialled });
  const arrived = cameBack(pbx, made, { destination: dialled, divertedFrom: event.divertedFrom });
  const { call, destination, alarm } = followed(pbx, arrived, { destination: dialled, at: event.at });
  return withAlarm(ringThere(pbx, call, { event, destination, lookUp }), alarm);
}

/** The forwardings of who was called are followed by now. */
function ringThere(pbx: PbxView, call: Call, { event, destination, lookUp }: Serving): Decision {
  if (isServed(destination)) return serve(pbx, call, { event, destination, lookUp });
  const branches = branchesOf(pbx, call, destination);
  if (typeof branches === 'string' && pathOf(call).onward.length > 0)
    return serve(pbx, call, { event, destination, lookUp });
  if (typeof branches === 'string') return turnAway(pbx, call, { event, destination, cause: branches, lookUp });
  const ringing = addBranches(call, branches);
  return decided(ringing, [
    ...lookUp,
    openCallerLeg(pbx, call, event),
    ...branches.map((leg) => openBranch(pbx, leg, event.leg)),
    ringTimer(pbx, call, ringMsOf(pbx, call) ?? outsideRingMs(pbx, call, branches)),
    ...(lookUp.length > 0 ? [] : saveCall(ringing, event.at)),
  ]);
}

function diallerIn(pbx: PbxView, event: InviteReceived): Dialler {
  const user = callerUserOf(pbx, event)?.id;
  return {
    ...event.origin,
    at: event.at,
    extension: event.caller.user,
    ...(event.divertedFrom === undefined ? {} : { divertedFrom: event.divertedFrom }),
    ...(user === undefined ? {} : { user }),
  };
}

/** We are the callee ourselves. */
export const isServed = (destination: Destination): boolean =>
  destination.kind === 'plan' ||
  destination.kind === 'queue' ||
  destination.kind === 'mailbox' ||
  destination.kind === 'call-through';

interface Serving {
  readonly event: InviteReceived;
  readonly destination: Destination;
  readonly lookUp: readonly PbxEffect[];
}

/** We answer it ourselves: a plan of steps, a queue, a mailbox; or nobody can be rung and the number has a fallback. */
function serve(pbx: PbxView, call: Call, { event, destination, lookUp }: Serving): Decision {
  const leg = callerLegOf(call);
  if (leg === undefined) return ignore;
  // Who calls through the office is the caller of the call that is dialled from here: its record begins with that.
  const isKeptLater = lookUp.length > 0 || destination.kind === 'call-through';
  const first = [...lookUp, openCallerLeg(pbx, call, event), ...(isKeptLater ? [] : saveCall(call, event.at))];
  return both(first, leadOn(pbx, call, { leg, destination, at: event.at }));
}

/** Nothing is kept of a call that we have no room for; the gateway counts it. */
function refuseAtTheDoor(pbx: PbxView, leg: LegId, cause: EndCause): Decision {
  return effectsOnly({ to: 'sip', do: 'refuse', leg, cause, retryAfterS: pbx.limits.retryAfterS });
}

/** The legs to make for a destination, or why there are none. */
export function branchesOf(pbx: PbxView, call: Call, destination: Destination): readonly Leg[] | EndCause {
  switch (destination.kind) {
    case 'people':
      return branchesToPeople(pbx, call, destination.users);
    case 'outside':
      return branchOutside(pbx, call, destination);
    case 'forbidden':
      return destination.why === 'limit' || destination.why === 'at-once' ? 'limit-reached' : 'not-allowed';
    case 'not-now':
      return destination.cause;
    case 'no-trunk':
      return 'unreachable';
    default:
      return 'number-unknown';
  }
}

/** One leg for each phone on which these people answer, but the caller's own. */
export function branchesToPeople(pbx: PbxView, call: Call, users: readonly UserId[]): readonly Leg[] | EndCause {
  const phones = users.map((user) => ({ user, ends: phonesOf(pbx, call, user) }));
  const ends = phones.flatMap((one) => one.ends);
  if (ends.length === 0) return 'unreachable';
  const chosen = withinChannels(
    pbx,
    call,
    phones.flatMap((one) => chosenOf(pbx, one.user, one.ends)),
  );
  return branchesTo(pbx, call, chosen.length > 0 ? chosen : withinChannels(pbx, call, ends));
}

/** One leg for each phone of this kind that this person has. */
export function branchesVia(
  pbx: PbxView,
  call: Call,
  { user, via }: { readonly user: UserId; readonly via: Way },
): readonly Leg[] | EndCause {
  const ends = phonesOf(pbx, call, user).filter((end) => wayOf(pbx, end) === via);
  return ends.length === 0 ? 'unreachable' : branchesTo(pbx, call, withinChannels(pbx, call, ends));
}

function phonesOf(pbx: PbxView, call: Call, user: UserId): readonly End[] {
  const ends = [...endsOfUser(pbx, call, user), ...mobileEnds(pbx, call, user)];
  return ends.filter(({ far }) => !isCaller(pbx, call, far));
}

/** None: all that could ring are on lines that are taken. */
function branchesTo(pbx: PbxView, call: Call, ends: readonly End[]): readonly Leg[] | EndCause {
  if (ends.length === 0) return 'overloaded';
  return ends.slice(0, pbx.limits.legsPerCallMax - 1).map((end, index) => newBranch(call, index, end));
}

export interface End {
  readonly mustAccept?: boolean;
  readonly spender?: string;
  readonly shown?: NumberId;
  readonly far: FarEnd;
  readonly target: InviteTarget;
  readonly towards: string;
  readonly over?: 'webrtc';
}

/** Whoever dials their own extension means their other phones. A caller who has passed the call on can be rung again. */
function isCaller(pbx: PbxView, call: Call, far: FarEnd): boolean {
  const leg = callerLegOf(call);
  if (leg === undefined || isEnded(leg)) return false;
  const { far: caller } = leg;
  if (caller.kind === 'device') return far.kind === 'device' && caller.device === far.device;
  if (far.kind !== 'trunk' || caller.trunk !== far.trunk) return false;
  // The office PBX rings its own extensions for a call of theirs; one that we have answered, or of a provider, is passed on
  // to anybody but the caller.
  const isPbxs = pbx.directory.trunks.get(far.trunk)?.kind === 'pbx' && !isConnected(leg);
  return isPbxs || caller.number === far.number;
}

/** Back to who was on the line: all phones of the person, or the very extension behind the office PBX. */
export function branchesBackTo(pbx: PbxView, call: Call, far: FarEnd): readonly Leg[] | EndCause {
  if (far.kind === 'device') return branchesToPeople(pbx, call, [far.user]);
  const trunk = pbx.directory.trunks.get(far.trunk);
  const { user } = far;
  // On their own mobile.
  if (trunk?.kind !== 'pbx') return user === undefined ? 'unreachable' : branchesToPeople(pbx, call, [user]);
  const ends = endOnTrunk(pbx, trunk, far.number).map((end) => (user === undefined ? end : ownedBy(end, { id: user })));
  return ends.length === 0 ? 'unreachable' : ends.map((end, index) => newBranch(call, index, end));
}

/** Registered devices, and the person's desk phone behind the office PBX. */
function endsOfUser(pbx: PbxView, call: Call, id: UserId): readonly End[] {
  const user = pbx.directory.users.get(id);
  if (user === undefined) return [];
  const bindings = forNumber(pbx, pbx.bindingsOfUser(id), call.direction === 'outbound' ? undefined : call.ourNumber);
  return [...bindings.flatMap((binding) => endOfBinding(binding, id)), ...desksBehindPbx(pbx, user)];
}

/**
 * Of several accounts on one phone, each with a number of its own, the one whose number is called rings; a call to a number
 * with no such key rings the keys that are bound to none. Whoever has no such key is rung on all they have. A browser has no
 * keys: it rings along.
 */
function forNumber(pbx: PbxView, bindings: readonly Binding[], called: NumberId | undefined): readonly Binding[] {
  const deviceOf = ({ of }: Binding): Device | undefined =>
    of.kind === 'device' ? pbx.directory.devices.get(of.device) : undefined;
  const browsers = bindings.filter((binding) => deviceOf(binding)?.kind === 'browser');
  const phones = bindings.filter((binding) => !browsers.includes(binding));
  const keys = phones.filter((binding) => called !== undefined && deviceOf(binding)?.numberId === called);
  if (keys.length > 0) return [...keys, ...browsers];
  const unbound = phones.filter((binding) => deviceOf(binding)?.numberId === undefined);
  return [...(unbound.length > 0 ? unbound : phones), ...browsers];
}

function endOfBinding(binding: Binding, user: UserId): readonly End[] {
  if (binding.of.kind !== 'device') return [];
  const far: FarEnd = { kind: 'device', device: binding.of.device, user, binding: binding.id };
  const over = binding.media === 'webrtc' ? { over: binding.media } : {};
  return [{ far, target: { kind: 'binding', binding: binding.id }, towards: binding.host, ...over }];
}

/** An office number that is this person's extension and leads to a pbx trunk is their phone there. */
export function desksBehindPbx(pbx: PbxView, user: User): readonly End[] {
  const { extension } = user;
  if (extension === undefined) return [];
  return officeNumbers(pbx.directory, extension).flatMap(({ route }) => {
    const trunk = route.to === 'external' ? pbx.directory.trunks.get(route.trunkId) : undefined;
    return trunk?.kind === 'pbx' ? endOnTrunk(pbx, trunk, extension).map((end) => ownedBy(end, user)) : [];
  });
}

const ownedBy = (end: End, { id }: Pick<User, 'id'>): End => ({ ...end, far: { ...end.far, user: id } });

export function endOnTrunk(pbx: PbxView, trunk: Trunk, number: string): readonly End[] {
  const far: FarEnd = { kind: 'trunk', trunk: trunk.id, number };
  const binding = pbx.bindingsOfTrunk(trunk.id)[0];
  if (binding !== undefined) {
    return [{ far, target: { kind: 'trunk-binding', binding: binding.id, number }, towards: binding.host }];
  }
  if (trunk.host === undefined) return [];
  return [{ far, target: { kind: 'trunk', trunk: trunk.id, number }, towards: trunk.host }];
}

/** The leg to this number on this trunk; none: it is not registered here. */
export function trunkBranches(
  pbx: PbxView,
  call: Call,
  { trunk, number }: { readonly trunk: Trunk; readonly number: string },
): readonly Leg[] {
  return endOnTrunk(pbx, trunk, number).map((end, index) => newBranch(call, index, end));
}

function newBranch(call: Call, index: number, end: End): Leg {
  return {
    ...end,
    id: legIdOf(call.id, call.nextLeg + index),
    call: call.id,
    direction: 'outgoing',
    state: { in: 'opening' },
    media: 'opening',
    startedAt: call.startedAt,
  };
}

export function openCallerLeg(pbx: PbxView, call: Call, { leg, offer, towards, over }: InviteReceived): PbxEffect {
  const caller = callerLegOf(call);
  const codecs = caller === undefined ? codecsOfDevices : codecsFor(pbx, caller);
  return offer === undefined
    ? { to: 'media', do: 'open-offering-leg', leg, over: over ?? 'rtp', codecs, towards }
    : { to: 'media', do: 'open-answering-leg', leg, offer, codecs, towards };
}

/** What may be spoken with this far end. */
export function codecsFor(pbx: PbxView, { far }: Leg): readonly AudioCodec[] {
  const trunk = far.kind === 'trunk' ? pbx.directory.trunks.get(far.trunk) : undefined;
  return trunk?.codecs ?? codecsOfDevices;
}

/** `like`: the leg whose codecs are offered first. */
export function openBranch(pbx: PbxView, leg: Leg, like?: LegId): PbxEffect {
  return {
    to: 'media',
    do: 'open-offering-leg',
    leg: leg.id,
    over: leg.over ?? 'rtp',
    ...(like === undefined ? {} : { like }),
    codecs: codecsFor(pbx, leg),
    towards: leg.towards,
  };
}

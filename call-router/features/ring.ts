/**
 * A call arrives: where it leads (dial-plan.ts), whose card it is (client.ts), and the phones that ring for it.
 * All devices of all people called ring at once, one INVITE to each binding; the first answer wins (answer.ts).
 */
import type { PbxEffect } from '../effect';
import type { SipEvent } from '../event';
import type { Call, FarEnd, Leg } from '../state/call';
import type { AudioCodec, Trunk } from '../state/directory';
import { numberById } from '../state/directory-index';
import type { Way } from '../state/person';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type LegId, legIdOf, type UserId } from '../values/ids';
import { saveCall } from './call-record';
import { callerLegOf, type Decision, decided, effectsOnly, ignore, both } from './decision';
import { isClosedPage, wake } from './closed-page';
import { type Destination, destinationOf, type Dialler, isEmergencyCall } from './dial-plan';
import { runDialledCode } from './dialled-codes';
import { type End, endOnTrunk, ownedBy, phonesOf } from './ends';
import { branchOutside } from './fail-over';
import { withAlarm } from './guard-alarm';
import { cameBack, followed, ringMsOf } from './forwarding';
import { leadOn } from './lead-on';
import { withinChannels } from './channels';
import { callerUserOf, newCallOf } from './new-call';
import { pathOf } from './onward';
import { mayShow } from './outgoing';
import { retrieve } from './park';
import { callFocus } from './room';
import { pickUp } from './pickup';
import { replaceDialog } from './replaces';
import { resumeDialled } from './resume';
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
  const resumed = resumeDialled(pbx, event);
  if (resumed !== undefined) return resumed;
  if (event.replaces !== undefined) return replaceDialog(pbx, event, event.replaces);
  if (event.focusOf !== undefined) return callFocus(pbx, event, event.focusOf);
  if (!maySay(pbx, event) && !isEmergencyCall(pbx, dialler, event.dialled))
    return effectsOnly({ to: 'sip', do: 'refuse', leg: event.leg, cause: 'not-allowed' });
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
    ...shownByBrowser(pbx, event),
    ...(event.divertedFrom === undefined ? {} : { divertedFrom: event.divertedFrom }),
    ...(user === undefined ? {} : { user }),
  };
}

/** A browser says which number its person chose for this call; of any other phone that counts for nothing. */
function shownByBrowser(pbx: PbxView, { origin, shows }: InviteReceived): Pick<Dialler, 'number'> {
  const device = origin.kind === 'device' ? pbx.directory.devices.get(origin.device) : undefined;
  const number = numberById(pbx.directory, shows);
  if (device?.kind !== 'browser' || number === undefined || !mayShow(number, device.userId)) return {};
  return { number: number.id };
}

/** What was chosen is shown or the call is refused: nobody shows another number than they mean to. */
function maySay(pbx: PbxView, event: InviteReceived): boolean {
  const isBrowser =
    event.origin.kind === 'device' && pbx.directory.devices.get(event.origin.device)?.kind === 'browser';
  return event.shows === undefined || !isBrowser || shownByBrowser(pbx, event).number !== undefined;
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

/** None: all that could ring are on lines that are taken. */
function branchesTo(pbx: PbxView, call: Call, ends: readonly End[]): readonly Leg[] | EndCause {
  if (ends.length === 0) return 'overloaded';
  return ends.slice(0, pbx.limits.legsPerCallMax - 1).map((end, index) => newBranch(pbx, call, { index, end }));
}

/** Back to who was on the line: all phones of the person, or the very extension behind the office PBX. */
export function branchesBackTo(pbx: PbxView, call: Call, far: FarEnd): readonly Leg[] | EndCause {
  if (far.kind === 'device') return branchesToPeople(pbx, call, [far.user]);
  const trunk = pbx.directory.trunks.get(far.trunk);
  const { user } = far;
  // On their own mobile.
  if (trunk?.kind !== 'pbx') return user === undefined ? 'unreachable' : branchesToPeople(pbx, call, [user]);
  const ends = endOnTrunk(pbx, trunk, far.number).map((end) => (user === undefined ? end : ownedBy(end, { id: user })));
  return ends.length === 0 ? 'unreachable' : ends.map((end, index) => newBranch(pbx, call, { index, end }));
}

/** The leg to this number on this trunk; none: it is not registered here. */
export function trunkBranches(
  pbx: PbxView,
  call: Call,
  { trunk, number }: { readonly trunk: Trunk; readonly number: string },
): readonly Leg[] {
  return endOnTrunk(pbx, trunk, number).map((end, index) => newBranch(pbx, call, { index, end }));
}

interface Nth {
  /** Of the legs that are made at once, from 0. */
  readonly index: number;
  readonly end: End;
}

export function newBranch(pbx: PbxView, call: Call, { index, end }: Nth): Leg {
  const startedAt = pbx.at;
  return {
    ...end,
    id: legIdOf(call.id, call.nextLeg + index),
    call: call.id,
    direction: 'outgoing',
    // At a closed page there is nothing to open.
    ...(isClosedPage(end)
      ? { state: { in: 'dialling', since: startedAt }, media: 'closed' }
      : { state: { in: 'opening' }, media: 'opening' }),
    startedAt,
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
  if (isClosedPage(leg) && leg.far.user !== undefined) return wake(leg.call, leg.id, leg.far.user);
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

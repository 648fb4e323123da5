/**
 * Forwarding and do not disturb. Always: before anybody rings. Busy (also who rejects, or wants no calls), no answer and
 * unreachable: when the one person who was called fails. Followed for calls to one person: dialled, by a number's route, as
 * the target of a transfer. Among several who ring together nobody's mailbox or mobile may take the call from the others:
 * who wants no calls is left out, and of forwardings only one to a colleague holds, who rings instead.
 *
 * Each forwarding is a call of the person who set it (number shown, rules, fraud guard); the caller's number stays. Nobody
 * forwards the same call twice and there are at most `forwardsMax`: then it rings where it is.
 */
import type { ShownCaller } from '../effect';
import type { Forwards } from '../state/person';
import type { Call, Leg } from '../state/call';
import { numberById, numbersExactly } from '../state/directory-index';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, UserId } from '../values/ids';
import { parseE164 } from '../values/number';
import { type Decision, both, ignore } from './decision';
import { type Destination, destinationOf } from './dial-plan';
import { forwardingAlarm } from './guard-alarm';
import { leadOn } from './lead-on';
import { isPlanned, pathOf, waitingLegOf } from './onward';
import { forwarderFor, forwardsOf, mailboxOf, userOfExtension } from './person-of';
import { voicemail } from './person-settings';
import { branchesToPeople } from './ring';
import { isTransferring, withoutBranches } from './transfer';

/** A chain longer than this is a mistake of somebody's. */
const forwardsMax = 5;

export interface Followed {
  readonly call: Call;
  readonly destination: Destination;
  /** A forwarding was refused by the fraud guard, and the call rings where it is. */
  readonly alarm?: Decision;
}

interface Towards {
  readonly destination: Destination;
  readonly at: EpochMs;
}

/** Where a call really goes, and whose forwardings hold if nobody answers there. */
export function followed(pbx: PbxView, call: Call, { destination, at }: Towards): Followed {
  const { called: _fallen, ...path } = pathOf(call);
  const calm: Call = call.path?.called === undefined ? call : { ...call, path };
  if (destination.kind !== 'people') return { call: calm, destination };
  const [user, ...others] = destination.users;
  if (user === undefined) return { call: calm, destination };
  if (others.length > 0) return { call: calm, destination: among(pbx, destination.users) };
  // Who calls their own extension means their other phones.
  if (call.callerUser === user || isLoop(call, user)) return { call: calm, destination };
  const target = forwardAtOnce(pbx, call, user);
  if (target === 'busy') return { call: calm, destination: { kind: 'not-now', cause: 'busy' } };
  const next = target === undefined ? undefined : forwardedTo(pbx, { user, target, at });
  if (next !== undefined) return followed(pbx, passedOn(calm, user), { destination: next, at });
  const alarm = target === undefined ? {} : { alarm: forwardingAlarm(pbx, { call, user, target, at }) };
  return { call: { ...calm, path: { ...pathOf(calm), called: user } }, destination, ...alarm };
}

export const isLoop = (call: Call, user: UserId): boolean => {
  const { forwardedBy } = pathOf(call);
  return forwardedBy.includes(user) || forwardedBy.length >= forwardsMax;
};

export const passedOn = (call: Call, user: UserId): Call => ({
  ...call,
  path: { ...pathOf(call), forwardedBy: [...pathOf(call).forwardedBy, user] },
});

/** Before anything rings. `busy`: wants no calls and has said no other place for them. */
function forwardAtOnce(pbx: PbxView, call: Call, user: UserId): string | undefined {
  const { doNotDisturb } = pbx.person(user);
  const forwards = forwardsOf(pbx, user);
  if (forwards.always !== undefined) return forwards.always;
  if (isPlanned(call)) return doNotDisturb ? 'busy' : undefined;
  if (doNotDisturb) return forwards.busy ?? 'busy';
  return typeof branchesToPeople(pbx, call, [user]) === 'string' ? targetOf(forwards, 'unreachable') : undefined;
}

/** Who has set only where unanswered calls go means those too when no phone of theirs is on. */
function targetOf(forwards: Forwards, cause: EndCause): string | undefined {
  switch (cause) {
    case 'busy':
    case 'rejected':
      return forwards.busy;
    case 'no-answer':
      return forwards.noAnswer;
    default:
      return forwards.unreachable ?? forwards.noAnswer;
  }
}

interface Forwarding {
  readonly user: UserId;
  readonly target: string;
  readonly at: EpochMs;
}

/** Undefined: it leads nowhere any more, and is as if it were not set. */
export function forwardedTo(pbx: PbxView, { user, target, at }: Forwarding): Destination | undefined {
  if (target === voicemail) {
    const mailbox = mailboxOf(pbx, user);
    return mailbox === undefined ? undefined : { kind: 'mailbox', mailbox };
  }
  const dialler = forwarderFor(pbx, user, at);
  const destination = dialler === undefined ? undefined : destinationOf(pbx, dialler, target);
  return destination === undefined || leadsNowhere(destination) ? undefined : destination;
}

/** Nobody's callers are led to a number for help, whatever a phone's own setting says. */
const isHelp = (destination: Destination): boolean =>
  destination.kind === 'outside' && destination.isEmergency === true;

/** Nor is a caller turned away because who forwards may not call there now. */
const leadsNowhere = (destination: Destination): boolean => isHelp(destination) || kindsNowhere(destination);

const kindsNowhere = ({ kind }: Destination): boolean =>
  kind === 'nowhere' ||
  kind === 'pickup' ||
  kind === 'code' ||
  kind === 'calendar-switch' ||
  kind === 'forbidden' ||
  kind === 'no-trunk';

interface Arrived extends Pick<Towards, 'destination'> {
  readonly divertedFrom: readonly string[] | undefined;
}

/** A network to which a number of ours had forwarded it has sent it back (Diversion): nobody here forwards it again. */
export function cameBack(pbx: PbxView, call: Call, { destination, divertedFrom = [] }: Arrived): Call {
  const hasBeenHere = divertedFrom.some((diverter) => {
    const number = parseE164(diverter, pbx.directory.country);
    return number.ok && numbersExactly(pbx.directory, number.value).length > 0;
  });
  if (!hasBeenHere || destination.kind !== 'people') return call;
  return { ...call, path: { ...pathOf(call), forwardedBy: destination.users } };
}

/** Several ring together. */
export function among(pbx: PbxView, users: readonly UserId[]): Destination {
  const rung = [...new Set(users.flatMap((user) => inTheirPlace(pbx, user)))];
  return rung.length === 0 ? { kind: 'not-now', cause: 'busy' } : { kind: 'people', users: rung };
}

export const willing = (pbx: PbxView, users: readonly UserId[]): readonly UserId[] => {
  const destination = among(pbx, users);
  return destination.kind === 'people' ? destination.users : [];
};

function inTheirPlace(pbx: PbxView, user: UserId): readonly UserId[] {
  const { always } = forwardsOf(pbx, user);
  if (always === undefined) return pbx.person(user).doNotDisturb ? [] : [user];
  const colleague = userOfExtension(pbx, always)?.id;
  if (colleague === undefined) return [];
  return pbx.person(colleague).doNotDisturb || forwardsOf(pbx, colleague).always !== undefined ? [] : [colleague];
}

/** How long the one person rings who was called. */
export function ringMsOf(pbx: PbxView, call: Call): number | undefined {
  const user = call.path?.called;
  if (user === undefined || forwardsOf(pbx, user).noAnswer === undefined) return undefined;
  const { noAnswerS } = pbx.person(user);
  return noAnswerS === undefined ? undefined : noAnswerS * 1000;
}

/** The one person who was called is busy, silent or not to be had. Undefined: they have said nothing for that. */
export function forwardFailed(
  pbx: PbxView,
  call: Call,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): Decision | undefined {
  const failed = failedForwarding(pbx, call, cause);
  if (failed === undefined) return undefined;
  const { user, target, leg } = failed;
  const destination = forwardedTo(pbx, { user, target, at });
  if (destination === undefined || leadsBack(call, destination)) return undefined;
  const quiet = withoutBranches(passedOn(call, user), cause, at);
  return both(quiet.effects, leadOn(pbx, quiet.call, { leg, destination, at }));
}

interface FailedForwarding {
  readonly user: UserId;
  readonly target: string;
  /** Who waits. */
  readonly leg: Leg;
}

function failedForwarding(pbx: PbxView, call: Call, cause: EndCause): FailedForwarding | undefined {
  const user = call.path?.called;
  if (user === undefined || isPlanned(call) || isLoop(call, user)) return undefined;
  if (isTransferring(call) && call.state.to === 'transferor') return undefined;
  const leg = waitingLegOf(call);
  if (leg === undefined) return undefined;
  const target = targetOf(forwardsOf(pbx, user), cause);
  return target === undefined ? undefined : { user, target, leg };
}

/** What administrators hear when that forwarding was refused by the fraud guard. */
export function failedForwardingAlarm(
  pbx: PbxView,
  call: Call,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  const failed = failedForwarding(pbx, call, cause);
  return failed === undefined ? ignore : forwardingAlarm(pbx, { ...failed, call, at });
}

/** Somebody who has passed it on already, because they did not take it, is not rung for it again. */
const leadsBack = (call: Call, destination: Destination): boolean =>
  destination.kind === 'people' && destination.users.some((user) => isLoop(call, user));

/** Who passed the call on to this leg: to outside by the number of ours it shows, inside by extension (RFC 5806). */
export function divertedBy(pbx: PbxView, call: Call, leg: Leg): ShownCaller | undefined {
  // A transfer that comes back was not passed on by anybody.
  const isReturn = isTransferring(call) && call.state.to === 'transferor';
  const last = isReturn ? undefined : pathOf(call).forwardedBy.at(-1);
  // Nobody diverts a call to their own phone.
  const user = last === undefined || last === leg.far.user ? undefined : pbx.directory.users.get(last);
  if (user === undefined) return undefined;
  return { number: numberShown(pbx, leg) ?? user.extension ?? '', displayName: user.name, withheld: false };
}

function numberShown(pbx: PbxView, { shown }: Leg): string | undefined {
  const match = numberById(pbx.directory, shown)?.match;
  return match?.kind === 'exact' ? match.number : undefined;
}

/** Our own number alone, or nobody. */
export function shownOutside(pbx: PbxView, leg: Leg): ShownCaller {
  const number = numberShown(pbx, leg) ?? '';
  return { number, withheld: number === '' };
}

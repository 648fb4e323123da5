/** Why a person who would be rung is not, for explain-route.ts: what they have set for themselves, and whether a phone is on. */
import { officeNumbers, verifiedMobilesOf } from '../state/directory-index';
import type { Forwards, Person } from '../state/person';
import type { PbxView } from '../state/view';
import type { UserId } from '../values/ids';
import { voicemail } from './person-settings';

/** As people stand now; the way of a call at another time may find them otherwise. */
export interface PeopleNow {
  person(user: UserId): Person;
  /** Registered, behind the office PBX, or a mobile that rings along. */
  hasPhone(user: UserId): boolean;
}

/**
 * In English, to be put behind the name; undefined: their phones ring. The same order as forwarding.ts. `isPlanned`: a plan
 * says what comes next, which goes before where the person's unanswered calls go.
 */
export function whyNotRung(
  people: PeopleNow,
  { user, isPlanned }: { readonly user: UserId; readonly isPlanned: boolean },
): string | undefined {
  const { forwards, doNotDisturb } = people.person(user);
  if (forwards.always !== undefined) return `forwards all calls ${toWhere(forwards.always)}`;
  if (doNotDisturb) return `wants no calls${isPlanned ? '' : forwardedOn(forwards.busy)}`;
  if (people.hasPhone(user)) return undefined;
  return `has no phone that is on${isPlanned ? '' : forwardedOn(unreachable(forwards))}`;
}

const unreachable = ({ unreachable: to, noAnswer }: Forwards): string | undefined => to ?? noAnswer;

const forwardedOn = (target: string | undefined): string =>
  target === undefined ? '' : `: the call goes ${toWhere(target)}`;

const toWhere = (target: string): string => (target === voicemail ? 'to their mailbox' : `to ${target}`);

/** A page that is closed counts where its browser is told of calls. Not asked: whether a trunk has room for the mobile, or the desk phone behind the PBX is plugged in. */
export const hasPhone = (pbx: PbxView, user: UserId): boolean =>
  isBehindPbx(pbx, user) ||
  pbx.bindingsOfUser(user).length > 0 ||
  verifiedMobilesOf(pbx.directory, user).length > 0 ||
  pbx.isToldWhenClosed(user);

/** Their extension is one of the office PBX's. */
export function isBehindPbx({ directory }: PbxView, user: UserId): boolean {
  const desks = officeNumbers(directory, directory.users.get(user)?.extension);
  return desks.some(({ route }) => route.to === 'external' && directory.trunks.get(route.trunkId)?.kind === 'pbx');
}

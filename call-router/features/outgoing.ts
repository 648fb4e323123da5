/**
 * The way of a call to outside: which trunks are tried, in which order, and which number of ours each shows. The first
 * outgoing rule that fits decides; with none, the trunk of the number shown. Emergency calls go out on any trunk that can.
 */
import type { OutgoingRule } from '../state/office';
import type { Directory, OwnNumber, Trunk } from '../state/directory';
import { firstRentedNumber, numberById } from '../state/directory-index';
import type { PbxView } from '../state/view';
import { isOpen } from '../values/hours';
import type { NumberId, UserId } from '../values/ids';
import type { Dialler } from './dial-plan';

export interface WayOut {
  readonly trunk: Trunk;
  readonly shown?: OwnNumber;
}

export interface NumberOut {
  /** E.164 where it is one, else the digits. */
  readonly number: string;
  readonly dialled: string;
}

/** In the order in which they are tried; none: there is no trunk. `forbidden`: a rule keeps such calls in. */
export function waysOut(pbx: PbxView, dialler: Dialler, to: NumberOut): readonly WayOut[] | 'forbidden' {
  const rule = pbx.directory.outgoingRules.find((one) => fits(pbx, one, dialler, to));
  if (rule === undefined) return usualWay(pbx, dialler);
  if (rule.ways.length === 0) return 'forbidden';
  const byRule = rule.ways.flatMap(({ trunkId, numberId }) => {
    const trunk = pbx.directory.trunks.get(trunkId);
    // Never back to where the call came from.
    if (trunk === undefined || isFrom(dialler, trunk)) return [];
    // What the person chose for this call stands before what the rule would show.
    const shown = shownNumber(pbx, dialler.number) ?? shownNumber(pbx, numberId) ?? shownNumberOf(pbx, dialler);
    return [wayOf(trunk, shown)];
  });
  const [ofLine] = dialler.isByLine === true ? usualWay(pbx, dialler) : [];
  return ofLine === undefined ? byRule : [ofLine, ...byRule.filter(({ trunk }) => trunk.id !== ofLine.trunk.id)];
}

/** An administrator's rule names this beginning: such numbers are meant to be called. */
export function isByRule(pbx: PbxView, dialler: Dialler, to: NumberOut): boolean {
  const rule = pbx.directory.outgoingRules.find((one) => fits(pbx, one, dialler, to));
  return rule !== undefined && rule.prefixes.length > 0;
}

function fits(pbx: PbxView, rule: OutgoingRule, dialler: Dialler, { number, dialled }: NumberOut): boolean {
  if (
    rule.prefixes.length > 0 &&
    !rule.prefixes.some((prefix) => number.startsWith(prefix) || dialled.startsWith(prefix))
  )
    return false;
  if (!isFor(pbx, rule, personOf(pbx, dialler))) return false;
  const calendar = rule.calendarId === undefined ? undefined : pbx.directory.calendars.get(rule.calendarId);
  return calendar === undefined || isOpen(calendar, dialler.at);
}

function isFor(pbx: PbxView, { userIds, groupIds }: OutgoingRule, person: UserId | undefined): boolean {
  if (userIds.length === 0 && groupIds.length === 0) return true;
  if (person === undefined) return false;
  if (userIds.includes(person)) return true;
  return groupIds.some((id) => pbx.directory.groups.get(id)?.userIds.includes(person) ?? false);
}

/** The trunk the shown number lives on, else the first that leads outside. */
function usualWay(pbx: PbxView, dialler: Dialler): readonly WayOut[] {
  const shown = shownNumberOf(pbx, dialler);
  const trunk = outgoingTrunk(pbx, shown, dialler);
  return trunk === undefined ? [] : [wayOf(trunk, shown)];
}

/** Trunks made for it first, then the usual one, then every other that leads outside: help must be reached. */
export function emergencyWays(pbx: PbxView, dialler: Dialler): readonly WayOut[] {
  const outside = [...pbx.directory.trunks.values()].filter((trunk) => trunk.kind !== 'pbx' && !isFrom(dialler, trunk));
  const usual = usualWay(pbx, dialler).map(({ trunk }) => trunk);
  const inOrder = [...outside.filter((trunk) => trunk.isForEmergency), ...usual, ...outside];
  const shown = shownNumberOf(pbx, dialler);
  return [...new Set(inOrder)].map((trunk) => wayOf(trunk, shown));
}

/** Whose national numbers are dialled: those of the trunk the call would usually take. */
export function outgoingCountry(pbx: PbxView, dialler: Dialler): string {
  return usualWay(pbx, dialler)[0]?.trunk.country ?? pbx.directory.country;
}

const wayOf = (trunk: Trunk, shown: OwnNumber | undefined): WayOut => ({
  trunk,
  ...(shown === undefined ? {} : { shown }),
});

/** Never back into the office PBX or to a peer it came from; a person on their own mobile came by no line of theirs. */
const isFrom = (dialler: Dialler, trunk: Trunk): boolean =>
  dialler.kind === 'trunk' && dialler.trunk === trunk.id && (trunk.kind === 'pbx' || dialler.user === undefined);

/** The owner of the phone, or of the extension behind the office PBX. */
export function personOf(pbx: PbxView, dialler: Dialler): UserId | undefined {
  const device = dialler.kind === 'device' ? pbx.directory.devices.get(dialler.device) : undefined;
  return dialler.user ?? device?.userId;
}

/** A mobile is shown only when its owner has proved it: anybody else's number must not be. */
function shownNumber(pbx: Pick<PbxView, 'directory'>, id: NumberId | undefined): OwnNumber | undefined {
  const number = numberById(pbx.directory, id);
  return number?.kind === 'mobile' && number.isVerified !== true ? undefined : number;
}

/** A person may choose it for a call: one of the office's own numbers, or their own mobile; never a colleague's, or a range. */
export const mayShow = ({ match, kind, ownerUserId, isVerified }: OwnNumber, user: UserId): boolean =>
  match.kind === 'exact' && (kind === 'rented' || (kind === 'mobile' && isVerified === true && ownerUserId === user));

/** Shown on this person's calls where nothing else is chosen. */
export function usualNumber(directory: Directory, id: UserId): OwnNumber | undefined {
  const own = shownNumber({ directory }, directory.users.get(id)?.callerNumberId);
  return own ?? firstRentedNumber(directory);
}

/** The one chosen for this call, else of the account, else of the person, else the first rented number. */
function shownNumberOf(pbx: PbxView, dialler: Dialler): OwnNumber | undefined {
  const device = dialler.kind === 'device' ? pbx.directory.devices.get(dialler.device) : undefined;
  const person = personOf(pbx, dialler);
  const user = person === undefined ? undefined : pbx.directory.users.get(person);
  for (const id of [dialler.number, device?.numberId, user?.callerNumberId]) {
    const chosen = shownNumber(pbx, id);
    if (chosen !== undefined) return chosen;
  }
  return firstRentedNumber(pbx.directory);
}

function outgoingTrunk(pbx: PbxView, shown: OwnNumber | undefined, dialler: Dialler): Trunk | undefined {
  const own = shown?.trunkId === undefined ? undefined : pbx.directory.trunks.get(shown.trunkId);
  if (own !== undefined && !isFrom(dialler, own)) return own;
  for (const trunk of pbx.directory.trunks.values()) if (trunk.kind !== 'pbx' && !isFrom(dialler, trunk)) return trunk;
  return undefined;
}

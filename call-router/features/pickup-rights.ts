/**
 * Whose calls a person may intercept: those of the pickup groups they are in; with no pickup group in the office,
 * everybody's. The right `intercept-any` reaches beyond the own groups, to an extension that is named.
 */
import type { Group } from '../state/office';
import type { PbxView } from '../state/view';
import type { UserId } from '../values/ids';

/** Whose ringing calls the code alone may take. */
export function mayPickUp(pbx: PbxView, picker: UserId | undefined, rung: UserId | undefined): boolean {
  if (!pbx.directory.features.pickup) return false;
  const groups = pickupGroups(pbx);
  if (groups.length === 0) return true;
  if (picker === undefined) return false;
  const own = groups.filter(({ userIds }) => userIds.includes(picker));
  // Who is in no group and may intercept anybody has no nearer colleagues.
  if (own.length === 0) return hasRight(pbx, picker);
  return rung !== undefined && own.some(({ userIds }) => userIds.includes(rung));
}

/** An extension that was named, a lamp that was pressed, a call that was chosen. */
export function mayIntercept(pbx: PbxView, picker: UserId | undefined, rung: UserId | undefined): boolean {
  return mayPickUp(pbx, picker, rung) || (picker !== undefined && (picker === rung || hasRight(pbx, picker)));
}

const pickupGroups = ({ directory }: PbxView): readonly Group[] =>
  [...directory.groups.values()].filter(({ isPickupGroup }) => isPickupGroup);

const hasRight = ({ directory }: PbxView, user: UserId): boolean =>
  directory.features.pickup && (directory.users.get(user)?.rights.includes('intercept-any') ?? false);

/** Whose digits and REFERs may move a call: the office's own legs, never a customer's or a provider's (DESIGN section 4). */
import type { PbxEffect } from '../effect';
import type { Leg } from '../state/call';
import type { PbxView } from '../state/view';

/** A leg of a device of ours, of an extension behind the office PBX, or of a person's own mobile that has proved itself. */
export function isOfficeSide(pbx: PbxView, { far }: Pick<Leg, 'far'>): boolean {
  return far.kind === 'device' || far.user !== undefined || pbx.directory.trunks.get(far.trunk)?.kind === 'pbx';
}

/** From now on a `*` of these may begin a code; legs of the outside are left alone. */
export function gates(pbx: PbxView, ...legs: readonly Leg[]): readonly PbxEffect[] {
  return legs.filter((leg) => isOfficeSide(pbx, leg)).map((leg) => ({ to: 'media', do: 'gate-digits', leg: leg.id }));
}

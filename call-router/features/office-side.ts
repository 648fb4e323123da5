/**
 * Whose leg is the office, and whose the public: asked by everything that grants something (codes, keys, REFER, Replaces,
 * accounts) or tells our side from the client's. A line of the office PBX carries both: its extensions, and the subscribers
 * it passes on or calls for us, whose number anybody may forge (DESIGN section 4).
 */
import type { PbxEffect } from '../effect';
import type { Leg } from '../state/call';
import { officeNumbers, userWithExtension } from '../state/directory-index';
import type { PbxView } from '../state/view';
import type { TrunkId } from '../values/ids';
import { hasExtensionDigits, parseE164 } from '../values/number';

/** A leg of a device of ours, of an extension behind the office PBX, or of a person's own mobile that has proved itself. */
export function isOfficeSide(pbx: PbxView, { far }: Pick<Leg, 'far'>): boolean {
  return far.kind === 'device' || far.user !== undefined || isExtension(pbx, far);
}

export interface LineEnd {
  readonly trunk: TrunkId;
  /** As signalled, or as we call it. */
  readonly number: string;
}

/**
 * Behind the office PBX: the extension of a person of ours, a single office number, or digits that only an extension can
 * have. Whoever hides their number, shows one of the public, or one of our own public ones, is none.
 */
export function isExtension({ directory }: PbxView, { trunk: id, number }: LineEnd): boolean {
  const trunk = directory.trunks.get(id);
  if (trunk?.kind !== 'pbx') return false;
  if (hasExtensionDigits(number) || userWithExtension(directory, number) !== undefined) return true;
  const e164 = parseE164(number, trunk.country);
  return [number, ...(e164.ok ? [e164.value] : [])].some((one) => officeNumbers(directory, one).length > 0);
}

/** From now on a `*` of these may begin a code; legs of the outside are left alone. */
export function gates(pbx: PbxView, ...legs: readonly Leg[]): readonly PbxEffect[] {
  return legs.filter((leg) => isOfficeSide(pbx, leg)).map((leg) => ({ to: 'media', do: 'gate-digits', leg: leg.id }));
}

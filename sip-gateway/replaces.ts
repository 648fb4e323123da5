/**
 * Replaces (RFC 3891): an INVITE, or the target of a REFER, that takes the place of one end of a dialog of ours. Reads the
 * field, and says which leg it names or the status that refuses it (section 3). Only phones of ours and office PBXs may.
 */
import type { LegId } from '../call-router/values/ids';
import { paramsOf, splitOutside } from './header-values';
import type { DialogName, FarEnd, Legs } from './legs';

export interface ReplacedDialog {
  /** As we know it: whoever writes it writes the tags as we see them, our own as to-tag. */
  readonly name: DialogName;
  /** Only while nobody has answered it. */
  readonly earlyOnly: boolean;
}

export function parseReplaces(value: string): ReplacedDialog | 400 {
  const semicolon = value.indexOf(';');
  const sipCallId = value.slice(0, Math.max(0, semicolon)).trim();
  const params = paramsOf(value.slice(semicolon));
  const localTag = params.get('to-tag') ?? '';
  const remoteTag = params.get('from-tag') ?? '';
  if (sipCallId === '' || localTag === '' || remoteTag === '') return 400;
  return { name: { sipCallId, localTag, remoteTag }, earlyOnly: params.has('early-only') };
}

export interface Replaced {
  readonly leg: LegId;
  readonly earlyOnly: boolean;
}

/** What the Replaces of an INVITE names; undefined: it has none. */
export function replacedByInvite(
  legs: Legs,
  { field, far }: { readonly field: string | undefined; readonly far: FarEnd },
): Replaced | number | undefined {
  if (field === undefined) return undefined;
  const values = splitOutside(field, ',');
  const asked = values.length === 1 ? parseReplaces(values[0] ?? '') : 400;
  if (asked === 400) return 400;
  if (far === 'provider') return 403;
  const leg = legs.named(asked.name);
  if (leg === undefined) return legs.hasEnded(asked.name) ? 603 : 481;
  if (leg.in === 'offered') return 481; // an early dialog that the far end began is not ours to give away
  if (leg.in === 'confirmed' && leg.byeWaiting !== undefined) return 603;
  if (leg.in === 'inviting' && leg.cancelledWith !== undefined) return 603;
  if (leg.in === 'confirmed' && asked.earlyOnly) return 486;
  return { leg: leg.id, earlyOnly: asked.earlyOnly };
}

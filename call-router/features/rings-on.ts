/**
 * "Answer on": of a person's phones those that they have chosen ring, in the browser (headset), on the desk (registered here or
 * an extension behind the office PBX) or their own mobile. Nobody becomes unreachable by it: where none of the chosen can be
 * rung, the others are.
 */
import type { Device } from '../state/directory';
import { verifiedMobilesOf } from '../state/directory-index';
import type { Way } from '../state/person';
import type { PbxView } from '../state/view';
import type { DeviceId, UserId } from '../values/ids';
import { desksBehindPbx, type End } from './ends';

/** Whose phone it is, and which of theirs. */
export function wayOf(pbx: PbxView, { far, mustAccept }: Pick<End, 'far' | 'mustAccept'>): Way {
  if (far.kind === 'device')
    return pbx.directory.devices.get(far.device)?.kind === 'browser' ? 'headset' : 'desk-phone';
  return mustAccept === true ? 'mobile' : 'desk-phone';
}

/** Those of one person's phones that ring. */
export function chosenOf(pbx: PbxView, user: UserId, ends: readonly End[]): readonly End[] {
  const { ringsOn } = pbx.person(user);
  if (ringsOn === undefined) return ends;
  const chosen = ends.filter((end) => ringsOn.includes(wayOf(pbx, end)));
  return chosen.length > 0 ? chosen : ends;
}

/** The kinds of phone on which this person can be rung now. */
export function waysOf(pbx: PbxView, id: UserId): readonly Way[] {
  const kinds = pbx.bindingsOfUser(id).flatMap(({ of }) => (of.kind === 'device' ? kindOf(pbx, of.device) : []));
  const user = pbx.directory.users.get(id);
  const isOnDesk = kinds.includes('phone') || (user !== undefined && desksBehindPbx(pbx, user).length > 0);
  return [
    ...(kinds.includes('browser') ? (['headset'] as const) : []),
    ...(isOnDesk ? (['desk-phone'] as const) : []),
    ...(verifiedMobilesOf(pbx.directory, id).length > 0 ? (['mobile'] as const) : []),
  ];
}

const kindOf = ({ directory }: PbxView, device: DeviceId): Device['kind'] | readonly [] =>
  directory.devices.get(device)?.kind ?? [];

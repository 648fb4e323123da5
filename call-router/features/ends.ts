/**
 * Where a person can be rung: each contact of their registered phones and browsers, their extension behind the office PBX,
 * their own mobile. Which of these are rung is decided in rings-on.ts; the INVITEs are made in ring.ts.
 */
import type { InviteTarget } from '../effect';
import type { Call, ClosedPage, FarEnd, WayLeft } from '../state/call';
import type { Device, Trunk, User } from '../state/directory';
import { officeNumbers } from '../state/directory-index';
import type { Binding, PbxView } from '../state/view';
import type { NumberId, UserId } from '../values/ids';
import { closedPageEnds } from './closed-page';
import { callerLegOf, isConnected, isEnded } from './decision';
import { mobileEnds } from './mobile';

export interface End {
  readonly mustAccept?: boolean;
  readonly spender?: string;
  readonly shown?: NumberId;
  readonly waysLeft?: readonly WayLeft[];
  readonly far: FarEnd;
  readonly target: InviteTarget | ClosedPage;
  readonly towards: string;
  readonly over?: 'webrtc';
}

/** All phones of this person but the one that calls. */
export function phonesOf(pbx: PbxView, call: Call, user: UserId): readonly End[] {
  const ends = [...endsOfUser(pbx, call, user), ...closedPageEnds(pbx, call, user), ...mobileEnds(pbx, call, user)];
  return ends.filter(({ far }) => !isCaller(pbx, call, far));
}

/** Whoever dials their own extension means their other phones. A caller who has passed the call on can be rung again. */
export function isCaller(pbx: PbxView, call: Call, far: FarEnd): boolean {
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

export function endOfBinding(binding: Binding, user: UserId): readonly End[] {
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

export const ownedBy = (end: End, { id }: Pick<User, 'id'>): End => ({ ...end, far: { ...end.far, user: id } });

export function endOnTrunk(pbx: PbxView, trunk: Trunk, number: string): readonly End[] {
  const far: FarEnd = { kind: 'trunk', trunk: trunk.id, number };
  const binding = pbx.bindingsOfTrunk(trunk.id)[0];
  if (binding !== undefined) {
    return [{ far, target: { kind: 'trunk-binding', binding: binding.id, number }, towards: binding.host }];
  }
  if (trunk.host === undefined) return [];
  return [{ far, target: { kind: 'trunk', trunk: trunk.id, number }, towards: trunk.host }];
}

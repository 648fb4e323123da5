/** Which person of ours stands behind a leg, and what they dial and listen with. */
import type { Origin } from '../event';
import type { FarEnd, Leg } from '../state/call';
import type { User } from '../state/directory';
import { officeNumbers, userWithExtension } from '../state/directory-index';
import type { Forwards } from '../state/person';
import type { PbxView } from '../state/view';
import type { EpochMs, MailboxId, UserId } from '../values/ids';
import type { Dialler } from './dial-plan';

/** The owner of the device; behind the office PBX, whoever has that extension. */
export function personOfFar(pbx: PbxView, far: FarEnd): UserId | undefined {
  if (far.user !== undefined) return far.user;
  if (far.kind === 'device') return undefined;
  return pbx.directory.trunks.get(far.trunk)?.kind === 'pbx' ? userOfExtension(pbx, far.number)?.id : undefined;
}

export const userOfExtension = (pbx: PbxView, extension: string): User | undefined =>
  userWithExtension(pbx.directory, extension);

/** The same person, or the same extension of the office PBX. */
export function isSameEnd(pbx: PbxView, a: FarEnd, b: FarEnd): boolean {
  const person = personOfFar(pbx, a);
  if (person !== undefined) return person === personOfFar(pbx, b);
  return a.kind === 'trunk' && b.kind === 'trunk' && a.trunk === b.trunk && a.number === b.number;
}

/** As this person would dial: on a phone here, on one behind the office PBX, else in the browser. Undefined: not at all. */
export function diallerFor(pbx: PbxView, user: UserId, at: EpochMs): Dialler | undefined {
  const own = [...pbx.directory.devices.values()].filter(({ userId }) => userId === user);
  const phone = own.find(({ kind }) => kind === 'phone');
  if (phone !== undefined) return { kind: 'device', device: phone.id, user, at };
  const extension = pbx.directory.users.get(user)?.extension;
  const desk = officeNumbers(pbx.directory, extension)[0];
  if (desk?.route.to === 'external') return { kind: 'trunk', trunk: desk.route.trunkId, user, at };
  return own[0] === undefined ? undefined : { kind: 'device', device: own[0].id, user, at };
}

/** As above, for somebody who calls this person. */
export function forwarderFor(pbx: PbxView, user: UserId, at: EpochMs): Dialler | undefined {
  const dialler = diallerFor(pbx, user, at);
  return dialler === undefined ? undefined : { ...dialler, isForCaller: true };
}

/** What they have set, while the office forwards at all. */
export const forwardsOf = (pbx: PbxView, user: UserId): Forwards =>
  pbx.directory.features.forwarding ? pbx.person(user).forwards : {};

/** Where messages for this person are left. */
export function mailboxOf(pbx: PbxView, user: UserId): MailboxId | undefined {
  if (!pbx.directory.features.voicemail) return undefined;
  for (const mailbox of pbx.directory.mailboxes.values()) if (mailbox.userId === user) return mailbox.id;
  return undefined;
}

/** Whoever is on this leg, as they dial from it. */
export function diallerOf({ far }: Leg): Origin & Pick<Dialler, 'user' | 'extension'> {
  if (far.kind === 'device') return { kind: 'device', device: far.device };
  return {
    kind: 'trunk',
    trunk: far.trunk,
    extension: far.number,
    ...(far.user === undefined ? {} : { user: far.user }),
  };
}

/**
 * A person's own mobile number as one of their phones: it rings along, calls that its operator forwards to us are known by
 * who diverted them, and a call from it is recognised. Only a number whose owner has proved it (features/verify-mobile.ts).
 */
import type { Call, FarEnd } from '../state/call';
import type { OwnNumber } from '../state/directory';
import { type Mobile, verifiedMobilesOf, verifiedMobileWith, numberById } from '../state/directory-index';
import type { PbxView } from '../state/view';
import type { UserId } from '../values/ids';
import { type E164, parseE164 } from '../values/number';
import type { Destination, Dialler } from './dial-plan';
import { wayLeft, wayTaken } from './fail-over';
import { refusedByGuard, spenderOf } from './fraud-guard';
import { waysOut } from './outgoing';
import { forwarderFor } from './person-of';
import { type End, endOnTrunk } from './ends';

export const mobilesOf = (pbx: PbxView, user: UserId): readonly Mobile[] => verifiedMobilesOf(pbx.directory, user);

/** The verified mobile with this number, if there is one. */
export const mobileWith = (pbx: PbxView, number: E164 | undefined): Mobile | undefined =>
  number === undefined ? undefined : verifiedMobileWith(pbx.directory, number);

/** A number that is reserved for a mobile stands for it: the mobile's own route is taken. */
export function reservedFor(pbx: PbxView, called: OwnNumber | undefined): OwnNumber | undefined {
  const mobile = numberById(pbx.directory, called?.forMobile);
  return mobile?.isVerified === true ? mobile : called;
}

/** Who diverted the call to us is a mobile of ours: its own route is meant (RFC 5806, RFC 7044). */
export function divertedMobile(pbx: PbxView, divertedFrom: readonly string[], country: string): OwnNumber | undefined {
  for (const diverter of divertedFrom) {
    const parsed = parseE164(diverter, country);
    const mobile = parsed.ok ? mobileWith(pbx, parsed.value) : undefined;
    if (mobile !== undefined) return mobile;
  }
  return undefined;
}

/**
 * The mobiles that ring along with this person's phones. Not the one the call comes from or was forwarded by, which would
 * go in circles; not one that its owner may not call now, or for which no trunk has room.
 */
export function mobileEnds(pbx: PbxView, call: Call, user: UserId): readonly End[] {
  return mobilesOf(pbx, user).flatMap((mobile) => {
    const { number } = mobile.match;
    // Its operator may forward it to us without a word: a mobile that rings for one call rings for no other, or they ring in circles.
    const calls = [call, ...pbx.callsOfUser(user)];
    if (call.ourNumber === mobile.id || call.caller.number === number) return [];
    if (calls.some((one) => isOnLine(one, number))) return [];
    const dialler = forwarderFor(pbx, user, pbx.at);
    if (dialler === undefined) return [];
    if (refusedByGuard(pbx, dialler, { number, isE164: true, isByRule: true }) !== undefined) return [];
    const ways = waysOut(pbx, dialler, { number, dialled: number });
    if (ways === 'forbidden') return [];
    const taken = wayTaken(pbx, call, { ways: ways.map((way) => wayLeft(way, number)) });
    if (typeof taken === 'string') return [];
    const { trunk, way, left } = taken;
    return endOnTrunk(pbx, trunk, number).map((end) => ({
      ...end,
      far: { ...end.far, user } as FarEnd,
      mustAccept: true,
      ...spenderOf(pbx, dialler),
      ...(left.length === 0 ? {} : { waysLeft: left }),
      ...(way.shown === undefined ? {} : { shown: way.shown }),
    }));
  });
}

/** The mobile itself, by the way its owner's calls take; dialled as a number it would ring its owner's phones. */
export function toMobile(
  pbx: PbxView,
  { dialler, number }: { readonly dialler: Dialler; readonly number: string },
): Destination {
  const why = refusedByGuard(pbx, dialler, { number, isE164: true, isByRule: true });
  if (why !== undefined) return { kind: 'forbidden', why };
  const ways = waysOut(pbx, dialler, { number, dialled: number });
  if (ways === 'forbidden') return { kind: 'forbidden' };
  const [first, ...others] = ways;
  if (first === undefined) return { kind: 'no-trunk' };
  return { kind: 'outside', ...first, others, number, at: dialler.at, ...spenderOf(pbx, dialler) };
}

const isOnLine = (call: Call, number: string): boolean =>
  [...call.legs.values()].some(
    ({ far, state }) => far.kind === 'trunk' && far.number === number && state.in !== 'ended',
  );

/**
 * INVITE with Replaces (RFC 3891): its phone takes the place of our far end of a leg. A confirmed dialog goes on with the new
 * phone, same call, card and recording; one of our own that still rings is picked up; the customer's of a parked call is
 * retrieved. What the caller may is what an interceptor may, and a phone of one's own may always be replaced.
 *
 * RFC 3891 section 3: over → 603; ours is the UAS of an early dialog → 481; `early-only` and confirmed → 486.
 */
import type { PbxEffect } from '../effect';
import type { SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId } from '../values/ids';
import {
  both,
  type Decision,
  decided,
  inState,
  isBeingCalled,
  isConnected,
  isEnded,
  otherLegOf,
  withLegs,
} from './decision';
import { endedLeg } from './hang-up';
import { canBeAwaited } from './lost-leg';
import { callerUserOf, farEndOf } from './new-call';
import { isOfficeSide } from './office-side';
import { isParked } from './park';
import { isSameEnd, personOfFar } from './person-of';
import { joinToTake, nothingToTake, pickerLate } from './pickup';
import { mayIntercept } from './pickup-rights';
import { partnerOf, takenUp } from './resume';
import type { InviteReceived } from './ring';
import { talkAgain } from './transfer';

type Replaces = NonNullable<Extract<SipEvent, { readonly type: 'invite-received' }>['replaces']>;

export function replaceDialog(pbx: PbxView, event: InviteReceived, { leg: id, earlyOnly }: Replaces): Decision {
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  if (call === undefined || leg === undefined) return nothingToTake(event, 'no-such-dialog');
  if (!mayReplace(pbx, event, { call, leg })) return nothingToTake(event, 'not-allowed');
  if (isEnded(leg)) return nothingToTake(event, 'rejected');
  if (isBeingCalled(leg)) return joinToTake(pbx, event, { call });
  if (!isConnected(leg)) return nothingToTake(event, 'no-such-dialog');
  if (earlyOnly) return nothingToTake(event, 'busy');
  if (isParked(call) && call.state.leg === id) return joinToTake(pbx, event, { call });
  // Somebody in the middle of a transfer, a menu or a conference has no other end that could be handed over.
  return otherLegOf(call, id) === undefined
    ? nothingToTake(event, 'no-such-dialog')
    : joinToTake(pbx, event, { call, takes: id });
}

/** Only phones of the office, in place of phones of the office; a parked party is anybody's in the office. */
function mayReplace(pbx: PbxView, event: InviteReceived, { call, leg }: { readonly call: Call; readonly leg: Leg }) {
  const picker = callerUserOf(pbx, event);
  const far = farEndOf(event, picker?.id);
  if (!isOfficeSide(pbx, { far })) return false;
  if (isParked(call) && call.state.leg === leg.id) return true;
  if (!isOfficeSide(pbx, leg)) return false;
  return isSameEnd(pbx, far, leg.far) || mayIntercept(pbx, picker?.id, personOfFar(pbx, leg.far));
}

interface Opened {
  readonly leg: Leg;
  readonly takes: LegId;
  readonly at: EpochMs;
}

/** Its end is ready: the 200 is made with the codec the other side speaks, if they still talk. */
export function takerOpened(call: Call, { leg, takes, at }: Opened): Decision {
  const replaced = call.legs.get(takes);
  const like = partnerOf(call, takes);
  const isLost = replaced?.lost !== undefined && canBeAwaited(call, replaced);
  const isThere = isLost || otherLegOf(call, takes) !== undefined;
  if (replaced === undefined || !isThere || !isConnected(replaced)) return pickerLate(call, leg, at);
  return decided(withLegs(call, inState(leg, { in: 'answering' })), [
    { to: 'media', do: 'accept-offer', leg: leg.id, ...(like === undefined ? {} : { like }) },
  ]);
}

/** Its answer is made: 200, then BYE to the one that is replaced, and the talk goes on. */
export function takerSettled(
  pbx: PbxView,
  call: Call,
  { leg, takes, at, ok }: Opened & { readonly ok: PbxEffect },
): Decision {
  const other = otherLegOf(call, takes);
  const replaced = call.legs.get(takes);
  if (replaced?.lost !== undefined)
    return takenUp(pbx, call, { leg, lost: replaced, at, ok }) ?? pickerLate(call, leg, at);
  // The talk was over, or became a transfer, in the same moment.
  if (call.state.in !== 'talking' || other === undefined || replaced === undefined) return pickerLate(call, leg, at);
  const { takes: _done, ...taker } = leg;
  const taken = withLegs({ ...call, ...inPlaceOf(call, takes, leg) }, endedLeg(replaced, 'transferred', at), {
    ...inState(taker, { in: 'answered', since: at }),
    answeredAt: at,
  });
  const pair = call.state.caller === takes ? { a: leg.id, b: other } : { a: other, b: leg.id };
  return both([ok, ...farewell(replaced, other)], talkAgain(pbx, taken, { ...pair, at }));
}

/** The caller's leg stays the caller's; who answered is who has the call now. */
function inPlaceOf(call: Call, takes: LegId, { id, far }: Leg): Partial<Call> {
  if (call.callerLeg === takes) return { callerLeg: id };
  return far.user === undefined ? {} : { answeredBy: far.user };
}

const farewell = (leg: Leg, other: LegId): readonly PbxEffect[] => [
  { to: 'media', do: 'separate', a: leg.id, b: other },
  { to: 'sip', do: 'bye', leg: leg.id, cause: 'transferred' },
  { to: 'media', do: 'close-leg', leg: leg.id },
];

/**
 * What happens while a transferor consults, or while a transferred call rings: the target answers, fails or leaves; the
 * transferor leaves or comes back; the customer hangs up. How both begin is in transfer.ts.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type Sdp } from '../values/ids';
import { cancelOthers } from './answer';
import { causeOfLeaving, memberLeft } from './conference-members';
import { isConferring } from './conference-mix';
import { answeredBy, type Decision, decided, inState, withLegs, both } from './decision';
import { endCall, endedLeg } from './hang-up';
import { music, sayInCall } from './heard-in-call';
import { isParked, parkedPartyLeft } from './park';
import { isCallingBack, queuePartyLeft } from './queue-callback';
import { isQueued } from './queue-wait';
import { recordingEnd } from './recording-rule';
import { type Consulting, isConsulting, isTransferring, ringback, talkAgain, withoutBranches } from './transfer';
import { returnToTransferor, targetTakes } from './transfer-outcome';
import { ringTimerOff } from './ring-timer';

interface Answered {
  readonly leg: Leg;
  readonly at: EpochMs;
  readonly answer: Sdp;
}

/** 200 of the target, or of the transferor who is rung again. */
export function targetAnswered(pbx: PbxView, call: Call, { leg, at, answer }: Answered): Decision | undefined {
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const first: PbxEffect[] = [{ to: 'media', do: 'set-answer', leg: leg.id, answer }, ...effects];
  const alone = withLegs(call, ...losers);
  if (isTransferring(alone)) return both(first, targetTakes(pbx, alone, { target: leg, at }));
  return isConsulting(alone) ? both(first, targetTalks(alone, leg, at)) : undefined;
}

/** Transferor and target talk among themselves; none of it is in the customer's recording. */
function targetTalks(call: Consulting, target: Leg, at: EpochMs): Decision {
  const { transferor } = call.state;
  const isHeld = call.legs.get(transferor)?.state.in === 'held';
  const talks = withLegs(
    { ...call, state: { ...call.state, target: target.id } },
    { ...inState(target, { in: 'answered', since: at }), answeredAt: at },
  );
  return decided(talks, [
    { to: 'media', do: 'stop-playing', leg: transferor },
    { to: 'media', do: 'join', a: transferor, b: target.id },
    ...(isHeld ? [music(target.id)] : []),
    ringTimerOff(call),
  ]);
}

/** 180 of the target: whoever waits for it hears so. */
export function targetRings(pbx: PbxView, call: Call): readonly PbxEffect[] {
  if (isConsulting(call)) return [ringback(pbx, call.state.transferor)];
  const referrer = isTransferring(call) ? call.state.referrer : undefined;
  return referrer === undefined ? [] : [{ to: 'sip', do: 'notify-refer', leg: referrer, status: 180 }];
}

/** The last branch failed, or rang too long. */
export function targetFailed(
  pbx: PbxView,
  call: Call,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): Decision | undefined {
  if (isTransferring(call)) return returnToTransferor(pbx, call, { cause, at });
  if (!isConsulting(call)) return undefined;
  const { transferor: leg } = call.state;
  const back = backToCustomer(pbx, call, { cause, at });
  return { ...back, effects: [...back.effects, sayInCall(pbx, call, { leg, prompts: [{ say: 'transfer-failed' }] })] };
}

/** The transferor changed their mind, or the target is not to be had: as before. */
export function backToCustomer(
  pbx: PbxView,
  call: Consulting,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  const { customer, transferor, target } = call.state;
  const quiet = withoutBranches(call, cause, at);
  const talker = target === undefined ? undefined : quiet.call.legs.get(target);
  if (talker === undefined) return both(quiet.effects, talkAgain(pbx, quiet.call, { a: customer, b: transferor, at }));
  const gone = withLegs(quiet.call, endedLeg(talker, cause, at));
  const farewell: PbxEffect[] = [
    { to: 'media', do: 'separate', a: transferor, b: talker.id },
    { to: 'sip', do: 'bye', leg: talker.id, cause },
    { to: 'media', do: 'close-leg', leg: talker.id },
  ];
  return both([...farewell, ...quiet.effects], talkAgain(pbx, gone, { a: customer, b: transferor, at }));
}

interface Left {
  readonly leg: Leg;
  readonly at: EpochMs;
}

/** BYE of somebody in a transfer; undefined: the call simply ends. */
export function partyLeft(pbx: PbxView, call: Call, left: Left): Decision | undefined {
  if (isTransferring(call)) return left.leg.id === call.state.referrer ? referrerLeft(call, left) : undefined;
  if (isQueued(call) || isCallingBack(call)) return queuePartyLeft(pbx, call, left);
  if (isParked(call)) return parkedPartyLeft(call, left);
  if (isConferring(call)) return memberLeft(pbx, call, { ...left, cause: causeOfLeaving(call, left.leg) });
  if (!isConsulting(call)) return undefined;
  switch (left.leg.id) {
    case call.state.transferor:
      return both(closed(left.leg), transferorLeft(pbx, call, left));
    case call.state.target:
      return targetLeft(pbx, call, left);
    default:
      return customerLeft(pbx, call, left);
  }
}

const closed = (leg: Leg): readonly PbxEffect[] => [{ to: 'media', do: 'close-leg', leg: leg.id }];

/** The phone heard enough of its REFER; the transfer goes on without it. */
function referrerLeft(call: Call, { leg, at }: Left): Decision {
  if (!isTransferring(call)) return decided(call, []);
  const { referrer: _gone, ...state } = call.state;
  return decided(withLegs({ ...call, state }, endedLeg(leg, 'transferred', at)), closed(leg));
}

/** Hanging up completes the transfer; while the target still rings, the customer goes on waiting for it. */
function transferorLeft(pbx: PbxView, call: Consulting, { leg, at }: Left): Decision {
  const { customer, target } = call.state;
  const gone = withLegs(call, endedLeg(leg, 'transferred', at));
  if (target === undefined) {
    const ringing: Call = { ...gone, state: { in: 'transferring', customer, to: 'target', transferor: leg.far } };
    return decided(ringing, [ringback(pbx, customer)]);
  }
  const taker = gone.legs.get(target);
  const by = taker === undefined ? {} : answeredBy(taker);
  return talkAgain(pbx, { ...gone, ...by }, { a: customer, b: target, at });
}

function targetLeft(pbx: PbxView, call: Consulting, { leg, at }: Left): Decision {
  const { customer, transferor } = call.state;
  const gone = withLegs(call, endedLeg(leg, 'callee-hung-up', at));
  return both(closed(leg), talkAgain(pbx, gone, { a: customer, b: transferor, at }));
}

/** The colleagues go on talking, and the customer's recording ends with the customer; if the target still rings there is nobody left to pass on. */
function customerLeft(pbx: PbxView, call: Consulting, { leg, at }: Left): Decision {
  const { transferor, target } = call.state;
  const cause: EndCause = leg.id === call.callerLeg ? 'caller-hung-up' : 'callee-hung-up';
  if (target === undefined) return endCall(pbx, { call, at, cause, told: leg });
  const among: Call = {
    ...withLegs(call, endedLeg(leg, cause, at)),
    state: { in: 'talking', since: at, caller: transferor, callee: target },
    recording: 'none',
    isUnrecorded: true,
  };
  return decided(among, [...closed(leg), ...recordingEnd(call, at)]);
}

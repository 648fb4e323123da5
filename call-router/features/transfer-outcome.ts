/**
 * How a transfer comes out (RFC 5589): the target takes the customer, or nobody does and the customer goes back to who
 * passed them on, then to the fallback of the number they called. How it begins is in transfer.ts.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import { numberById } from '../state/directory-index';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, LegId } from '../values/ids';
import {
  answeredBy,
  both,
  type Decision,
  decided,
  inState,
  isConnected,
  isEnded,
  otherLegOf,
  withLegs,
} from './decision';
import { endCall, endedLeg } from './hang-up';
import { leadNowhere, withOnward } from './onward';
import { branchesBackTo, openBranch } from './ring';
import { recordLegs } from './recording-rule';
import { ringTimer } from './ring-timer';
import { addBranches, isTransferring, talkAgain, type Transferring, withoutBranches } from './transfer';

/** Nobody answered the transferred call: back to whoever passed it on, then to the fallback of the number called. */
export function returnToTransferor(
  pbx: PbxView,
  call: Transferring,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  const { customer, referrer, transferor, to } = call.state;
  const quiet = withoutBranches(call, cause, at);
  const waiting = referrer === undefined ? undefined : quiet.call.legs.get(referrer);
  if (waiting !== undefined && !isEnded(waiting)) {
    const told: PbxEffect = { to: 'sip', do: 'notify-refer', leg: waiting.id, status: cause === 'busy' ? 486 : 480 };
    return both([told, ...quiet.effects], talkAgain(pbx, quiet.call, { a: customer, b: waiting.id, at }));
  }
  const branches = to === 'target' && transferor !== undefined ? branchesBackTo(pbx, quiet.call, transferor) : cause;
  // What was rung last was the transferor, or the fallback: then nothing is left.
  const led = to === 'target' ? withFallback(pbx, quiet.call) : quiet.call;
  if (typeof branches === 'string') return both(quiet.effects, withoutTransferor(pbx, led, { customer, cause, at }));
  const state = { in: 'transferring', customer, to: 'transferor' } as const;
  const back = addBranches({ ...led, state }, branches);
  return decided(back, [
    ...quiet.effects,
    ...branches.map((branch) => openBranch(pbx, branch, customer)),
    ringTimer(pbx, call),
  ]);
}

interface Left {
  readonly customer: LegId;
  readonly cause: EndCause;
  readonly at: EpochMs;
}

/** The customer goes on to the fallback, or hears why it ends. */
function withoutTransferor(pbx: PbxView, call: Call, { customer, cause, at }: Left): Decision {
  const leg = call.legs.get(customer);
  const state = { in: 'transferring', customer, to: 'target' } as const;
  return leg === undefined
    ? endCall(pbx, { call, at, cause })
    : leadNowhere(pbx, { ...call, state }, { leg, cause, at });
}

/** Where calls of this number go when nobody of those who had it takes it back. */
export function withFallback(pbx: PbxView, call: Call): Call {
  const route = numberById(pbx.directory, call.ourNumber)?.fallback;
  return route === undefined || call.direction !== 'inbound' ? call : withOnward(call, { kind: 'route', route });
}

/** The target answered: the customer is with it. Its INVITE's answer is set by the caller of this function. */
export function targetTakes(
  pbx: PbxView,
  call: Transferring,
  { target, at }: { readonly target: Leg; readonly at: EpochMs },
): Decision {
  const { customer, referrer } = call.state;
  const waiting = referrer === undefined ? undefined : call.legs.get(referrer);
  const connected = withLegs(
    { ...call, ...answeredBy(target) },
    { ...inState(target, { in: 'answered', since: at }), answeredAt: at },
  );
  const talking = talkAgain(pbx, releaseReferrer(connected, waiting, at), { a: customer, b: target.id, at });
  if (waiting === undefined || isEnded(waiting)) return talking;
  return both(outcomeTold(waiting), talking);
}

interface Unusable {
  readonly leg: Leg;
  readonly cause: EndCause;
  readonly at: EpochMs;
}

/**
 * Whoever took a waiting party speaks nothing that we do: that party has been answered, so it goes on to the fallback, or hears
 * why. Undefined: nobody was waiting on the line.
 */
export function targetUnusable(pbx: PbxView, call: Call, { leg, cause, at }: Unusable): Decision | undefined {
  const other = otherLegOf(call, leg.id);
  const waiting = other === undefined ? undefined : call.legs.get(other);
  const wasRung = leg.direction === 'outgoing' && leg.id !== call.callerLeg;
  if (waiting === undefined || !isConnected(waiting) || !wasRung) return undefined;
  const gone = withFallback(pbx, withLegs(call, endedLeg(leg, cause, at)));
  return both(
    [
      { to: 'media', do: 'separate', a: leg.id, b: waiting.id },
      { to: 'sip', do: 'bye', leg: leg.id, cause },
      { to: 'media', do: 'close-leg', leg: leg.id },
      ...recordLegs(call, { customer: waiting.id }),
    ],
    withoutTransferor(pbx, gone, { customer: waiting.id, cause, at }),
  );
}

/** Before we serve the customer ourselves: a phone that waits for the outcome of its REFER hears that it is done. */
export function withoutReferrer(call: Call, at: EpochMs): { call: Call; effects: readonly PbxEffect[] } {
  const waiting =
    isTransferring(call) && call.state.referrer !== undefined ? call.legs.get(call.state.referrer) : undefined;
  if (!isTransferring(call) || waiting === undefined || isEnded(waiting)) return { call, effects: [] };
  const { referrer: _told, ...state } = call.state;
  return { call: releaseReferrer({ ...call, state }, waiting, at), effects: outcomeTold(waiting) };
}

/** The phone is told and hangs up by itself as a rule; we do not wait for it. */
const outcomeTold = ({ id: leg }: Leg): readonly PbxEffect[] => [
  { to: 'sip', do: 'notify-refer', leg, status: 200 },
  { to: 'sip', do: 'bye', leg, cause: 'transferred' },
  { to: 'media', do: 'close-leg', leg },
];

function releaseReferrer(call: Call, referrer: Leg | undefined, at: EpochMs): Call {
  return referrer === undefined || isEnded(referrer) ? call : withLegs(call, endedLeg(referrer, 'transferred', at));
}

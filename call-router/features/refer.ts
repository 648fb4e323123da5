/**
 * REFER from a desk phone (RFC 3515, RFC 5589): Xfer – number – Xfer passes the far end on; with Replaces two calls of the
 * phone become one: the customer's call takes over the other's target, talking or still ringing, and keeps its identity.
 */
import type { PbxEffect } from '../effect';
import type { SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, LegId } from '../values/ids';
import {
  answeredBy,
  type Decision,
  both,
  effectsOnly,
  inState,
  isBeingCalled,
  isConnected,
  otherLegOf,
  withLegs,
  decided,
} from './decision';
import { addParty } from './conference';
import { isConferring } from './conference-mix';
import { transferAlarm, withAlarm } from './guard-alarm';
import { endCall, endedLeg } from './hang-up';
import { ringMsOf } from './forwarding';
import { isOfficeSide } from './office-side';
import { pathOf } from './onward';
import { recordLegs } from './recording-rule';
import { moveToConference } from './refer-to-conference';
import { ringTimer } from './ring-timer';
import { asPlainTalk } from './supervise';
import { customerAsCaller, ringback, rungWith, talkAgain, transferByRefer } from './transfer';

type ReferReceived = Extract<SipEvent, { readonly type: 'refer-received' }>;

export function referReceived(pbx: PbxView, event: ReferReceived): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  const refuse = (cause: EndCause): Decision => effectsOnly({ to: 'sip', do: 'refuse-refer', leg: event.leg, cause });
  const mayRefer = leg !== undefined && isConnected(leg) && isOfficeSide(pbx, leg) && leg.isSupervisor !== true;
  if (call === undefined || leg === undefined || !mayRefer) return refuse('not-allowed');
  return asPlainTalk(pbx, call, {
    at: event.at,
    go: (talk) => referred(pbx, { call: talk, leg, event }) ?? refuse('not-allowed'),
  });
}

interface Referral {
  readonly call: Call;
  readonly leg: Leg;
  readonly event: ReferReceived;
}

/** Undefined: nothing of this call can be referred anywhere. */
function referred(pbx: PbxView, { call, leg, event }: Referral): Decision | undefined {
  const refuse = (cause: EndCause): Decision => effectsOnly({ to: 'sip', do: 'refuse-refer', leg: event.leg, cause });
  if (isConferring(call)) return invited(pbx, { call, leg, event });
  if (call.state.in !== 'talking') return undefined;
  if (event.conference !== undefined)
    return moveToConference(pbx, { call, leg, conference: event.conference, at: event.at }) ?? refuse('number-unknown');
  if (event.replaces !== undefined)
    return joinCalls(pbx, { call, leg, replaces: event.replaces, at: event.at }) ?? refuse('number-unknown');
  const asked = { call, transferor: leg, target: event.target, at: event.at };
  const outcome = transferByRefer(pbx, asked);
  return typeof outcome === 'string' ? withAlarm(refuse(outcome), transferAlarm(pbx, asked)) : outcome;
}

/** In a conference the focus invites whom a member's phone refers to (RFC 4579 section 5.5). */
function invited(pbx: PbxView, { call, leg, event }: Referral): Decision | undefined {
  if (event.replaces !== undefined || event.conference !== undefined) return undefined;
  const outcome = addParty(pbx, { call, by: leg, target: event.target, at: event.at, referred: true });
  if (typeof outcome === 'string') {
    const refused = effectsOnly({ to: 'sip', do: 'refuse-refer', leg: leg.id, cause: outcome });
    return withAlarm(refused, transferAlarm(pbx, { call, transferor: leg, target: event.target, at: event.at }));
  }
  return both([{ to: 'sip', do: 'accept-refer', leg: leg.id }], outcome);
}

interface Joining {
  readonly call: Call;
  /** The transferor's leg towards the customer. */
  readonly leg: Leg;
  /** The transferor's leg of the call to the target. */
  readonly replaces: LegId;
  readonly at: EpochMs;
}

/** Undefined: the other call is none that could be taken over. */
function joinCalls(pbx: PbxView, joining: Joining): Decision | undefined {
  const other = pbx.callOf(joining.replaces);
  if (other === undefined || other.id === joining.call.id) return undefined;
  const moved = targetsOf(other, joining.replaces);
  if (moved.length === 0) return undefined;
  const left = new Map([...other.legs].filter(([id]) => !moved.some((leg) => leg.id === id)));
  // Both legs of the transferor are told by BYE; the phone has its 202 and the outcome before.
  const emptied = endCall(pbx, { call: { ...other, legs: left }, at: joining.at, cause: 'transferred' });
  const taken = takeOver(pbx, joining, { moved, from: other });
  return {
    changes: [...emptied.changes, ...taken.changes],
    effects: [...before(joining), ...emptied.effects, ...taken.effects],
  };
}

/** Whom the phone talks to in its other call, whoever called whom; or the legs that ring for it there. */
function targetsOf(other: Call, replaced: LegId): readonly Leg[] {
  if (other.state.in === 'talking') {
    const far = otherLegOf(other, replaced);
    return far === undefined || !other.legs.has(replaced)
      ? []
      : [...other.legs.values()].filter((leg) => leg.id === far);
  }
  if (other.callerLeg !== replaced) return [];
  // Their 200 crossed the REFER.
  const callee = other.state.in === 'answering' ? other.legs.get(other.state.callee) : undefined;
  if (callee?.direction === 'outgoing')
    return [inState(callee, { in: 'answered', since: callee.answeredAt ?? callee.startedAt })];
  if (other.state.in !== 'ringing') return [];
  return [...other.legs.values()].filter(isBeingCalled);
}

/** The leg towards the customer hears the outcome at once and is let go. */
const before = ({ leg }: Joining): readonly PbxEffect[] => [
  { to: 'sip', do: 'accept-refer', leg: leg.id },
  { to: 'sip', do: 'notify-refer', leg: leg.id, status: 200 },
  { to: 'sip', do: 'bye', leg: leg.id, cause: 'transferred' },
  { to: 'media', do: 'close-leg', leg: leg.id },
];

interface Taking {
  readonly moved: readonly Leg[];
  readonly from: Call;
}

function takeOver(pbx: PbxView, { call, leg, at }: Joining, { moved, from }: Taking): Decision {
  const customer = otherLegOf(call, leg.id) ?? leg.id;
  const mine = moved.map((one): Leg => ({ ...one, call: call.id }));
  const grown = withLegs({ ...call, ringsUsers: rungWith(call, moved) }, endedLeg(leg, 'transferred', at), ...mine);
  const target = mine.find(isConnected);
  if (target !== undefined) {
    const by = answeredBy(target);
    return talkAgain(pbx, { ...grown, ...by }, { a: customer, b: target.id, at });
  }
  // RFC 5589 section 7.3: the target still rings. The customer waits for it with ringback, and what the target has set for
  // calls that it does not answer holds for this one.
  const waiting: Call = {
    ...grown,
    state: { in: 'transferring', customer, to: 'target', transferor: leg.far },
    shows: customerAsCaller(pbx, call, customer),
    ...(from.path?.called === undefined ? {} : { path: { ...pathOf(grown), called: from.path.called } }),
  };
  return decided(waiting, [
    ringback(pbx, customer),
    ...recordLegs(waiting, { customer }),
    ringTimer(pbx, waiting, ringMsOf(pbx, waiting)),
  ]);
}

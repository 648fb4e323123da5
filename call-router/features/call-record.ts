/**
 * The call record of a call as it stands (values/cdr.ts). Ring, talk and total time stand apart; each leg has its own
 * cause, so that an answered call is never taken for a missed one because one of its devices did not answer.
 */
import type { StoreEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { CallRecord, LegRecord } from '../values/cdr';
import { faultOf } from '../values/cause';
import type { EpochMs } from '../values/ids';
import { responsibleIfNone } from './lead-owner';
import { missedOf } from './missed';

/** A code that was dialled leaves no record. */
export const saveCall = (call: Call, at: EpochMs): readonly StoreEffect[] =>
  call.isService === true ? [] : [{ to: 'store', do: 'save-call', record: recordOf(call, at) }];

export function recordOf(call: Call, at: EpochMs): CallRecord {
  const ended = call.state.in === 'ended' ? call.state : undefined;
  const end = ended?.at ?? at;
  const card = call.client.in === 'known' ? call.client.card : undefined;
  return {
    id: call.id,
    direction: call.direction,
    startedAt: call.startedAt,
    ...(call.answeredAt === undefined ? {} : { answeredAt: call.answeredAt }),
    ...(ended === undefined ? {} : { endedAt: ended.at, cause: ended.cause, fault: faultOf(ended.cause) }),
    ringMs: call.ringingAt === undefined ? 0 : Math.max(0, (call.answeredAt ?? end) - call.ringingAt),
    talkMs: call.answeredAt === undefined ? 0 : Math.max(0, end - call.answeredAt),
    totalMs: Math.max(0, end - call.startedAt),
    ...partiesOf(call),
    ...(call.ourNumber === undefined ? {} : { numberId: call.ourNumber }),
    ...(call.trunk === undefined ? {} : { trunkId: call.trunk }),
    ...(call.callerUser === undefined ? {} : { callerUserId: call.callerUser }),
    rangUserIds: call.ringsUsers,
    ...(call.answeredBy === undefined ? {} : { answeredByUserId: call.answeredBy }),
    ...queueRecordOf(call, end),
    ...(card === undefined ? {} : { card: { kind: card.kind, id: card.id } }),
    ...(card?.companyId === undefined ? {} : { companyId: card.companyId }),
    otherCards: call.client.in === 'known' ? call.client.others : [],
    ...unknownClientOf(call),
    ...missedOf(call),
    ...leadRecordOf(call),
    recording: call.recording === 'paused' ? 'running' : call.recording,
    ...(call.conferenceWith === undefined ? {} : { conferenceWith: call.conferenceWith }),
    legs: [...call.legs.values()].map(legRecordOf),
  };
}

function leadRecordOf(call: Call): Pick<CallRecord, 'responsibleIfNone' | 'leadRuleId'> {
  const owner = call.state.in === 'ended' ? responsibleIfNone(call) : undefined;
  const ruleId = call.makes === 'nothing' ? undefined : call.lead?.ruleId;
  return {
    ...(owner === undefined ? {} : { responsibleIfNone: owner }),
    ...(ruleId === undefined ? {} : { leadRuleId: ruleId }),
  };
}

function queueRecordOf(call: Call, end: EpochMs): Pick<CallRecord, 'queueId' | 'queueWaitMs' | 'queueEnd'> {
  const stay = call.queueStay;
  if (stay === undefined) return {};
  return {
    queueId: stay.queue,
    queueWaitMs: Math.max(0, (stay.until ?? end) - stay.since),
    ...(stay.end === undefined ? {} : { queueEnd: stay.end }),
  };
}

function partiesOf(
  call: Call,
): Pick<CallRecord, 'callerTyped' | 'callerNumber' | 'callerName' | 'calleeTyped' | 'calleeNumber'> {
  const { caller, callee } = call;
  return {
    callerTyped: caller.typed,
    ...(caller.number === undefined ? {} : { callerNumber: caller.number }),
    ...(caller.displayName === undefined ? {} : { callerName: caller.displayName }),
    calleeTyped: callee.typed,
    ...(callee.number === undefined ? {} : { calleeNumber: callee.number }),
  };
}

/** Nobody has said yet who the client is: still being asked, or the CRM failed. */
function unknownClientOf(call: Call): Pick<CallRecord, 'ifUnknown'> {
  if (call.client.in !== 'looking-up' && call.client.in !== 'failed') return {};
  const { makes, source } = call;
  const responsible = call.responsible ?? (call.state.in === 'ended' ? responsibleIfNone(call) : undefined);
  const { number, typed, displayName } = call.direction === 'outbound' ? call.callee : call.caller;
  if (number === undefined) return {};
  return {
    ifUnknown: {
      number,
      typed,
      makes,
      ...(source === undefined ? {} : { source }),
      ...(responsible === undefined ? {} : { responsible }),
      ...(displayName === undefined ? {} : { displayName }),
    },
  };
}

function legRecordOf(leg: Leg): LegRecord {
  return {
    id: leg.id,
    direction: leg.direction,
    kind: leg.far.kind,
    ...(leg.far.kind === 'device' ? { deviceId: leg.far.device, userId: leg.far.user } : { trunkId: leg.far.trunk }),
    // As server/spending.ts counts it.
    ...(leg.spender === undefined || leg.mustAccept === true ? {} : { spender: leg.spender }),
    startedAt: leg.startedAt,
    ...(leg.answeredAt === undefined ? {} : { answeredAt: leg.answeredAt }),
    ...(leg.endedAt === undefined ? {} : { endedAt: leg.endedAt }),
    ...(leg.state.in === 'ended' ? { cause: leg.state.cause } : {}),
    ...(leg.sipStatus === undefined ? {} : { sipStatus: leg.sipStatus }),
    ...(leg.quality === undefined ? {} : { quality: leg.quality }),
    ...(leg.isSupervisor === undefined ? {} : { isSupervisor: leg.isSupervisor }),
  };
}

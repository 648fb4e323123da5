/**
 * Missed calls: who was rung for a call that nobody of ours answered. Never of an answered call, whichever of its legs was
 * not: answered elsewhere is answered. By whom a caller was reached since is the store's to say.
 */
import type { Call } from '../state/call';
import type { CallRecord } from '../values/cdr';

export type Missed = Pick<CallRecord, 'missedBy' | 'missedGroupIds' | 'missedNumberId'>;

/** Of a call that is over; nothing of any other. */
export function missedOf(call: Call): Missed {
  if (call.state.in !== 'ended' || call.answeredAt !== undefined || !reachedUs(call)) return {};
  const groups = call.path?.rangGroups ?? [];
  return {
    missedBy: call.ringsUsers,
    ...(groups.length === 0 ? {} : { missedGroupIds: groups }),
    ...(call.ourNumber === undefined ? {} : { missedNumberId: call.ourNumber }),
  };
}

/** Somebody called us, and people were rung, or a queue waited in, or a message left: more than an announcement heard. */
function reachedUs({ direction, isService, ringsUsers, queueStay, messageIn }: Call): boolean {
  if (isService === true || direction === 'outbound' || direction === 'transit') return false;
  return ringsUsers.length > 0 || queueStay !== undefined || messageIn !== undefined;
}

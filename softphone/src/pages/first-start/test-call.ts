/** How the test call stands, from the calls there were since it was asked for. Pure. */
import type { Call, LiveCall } from '../../../../server/api/messages';

export type TestCall =
  | { readonly in: 'waiting' }
  | { readonly in: 'ringing'; readonly from: string }
  | { readonly in: 'talking'; readonly from: string; readonly since: string; readonly isRecorded: boolean }
  | { readonly in: 'worked'; readonly call: Call }
  /** It came, and nobody took it. */
  | { readonly in: 'unanswered'; readonly call: Call };

export interface Wanted {
  readonly numberId: string | undefined;
  readonly trunkId: string | undefined;
  /** ISO 8601: older calls are no test. */
  readonly since: string;
}

type Either = Pick<Call | LiveCall, 'numberId' | 'trunkId' | 'startedAt' | 'direction'>;

/** A call that came over the number or the trunk of the first start, or that we made to test it. */
const isTest = (call: Either, { numberId, trunkId, since }: Wanted): boolean =>
  call.startedAt >= since &&
  ((numberId !== undefined && call.numberId === numberId) || (trunkId !== undefined && call.trunkId === trunkId));

const farEnd = ({ direction, caller, callee }: Call | LiveCall): string =>
  direction === 'outbound' ? (callee.number ?? callee.typed) : (caller.number ?? caller.typed);

/** @param calls newest first. */
export function testCallOf(live: readonly LiveCall[], calls: readonly Call[], wanted: Wanted): TestCall {
  const now = live.find((call) => call.state !== 'ended' && isTest(call, wanted));
  if (now !== undefined) {
    const from = farEnd(now);
    if (now.answeredAt === undefined) return { in: 'ringing', from };
    return { in: 'talking', from, since: now.answeredAt, isRecorded: now.recording === 'running' };
  }
  const ended = calls.filter((call) => call.endedAt !== undefined && isTest(call, wanted));
  const worked = ended.find(({ answeredAt }) => answeredAt !== undefined);
  if (worked !== undefined) return { in: 'worked', call: worked };
  const [last] = ended;
  return last === undefined ? { in: 'waiting' } : { in: 'unanswered', call: last };
}

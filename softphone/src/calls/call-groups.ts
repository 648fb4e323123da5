/** My calls by client: one line for each, at the place of the newest call, with how many there were and how it stands. */
import type { Call } from '../../../server/api/messages';

export interface CallGroup {
  readonly key: string;
  /** The newest. */
  readonly last: Call;
  readonly count: number;
}

/** Newest first, as the calls come. A withheld number is nobody's: such calls stand alone. */
export function callGroups(calls: readonly Call[], userId: string | undefined): readonly CallGroup[] {
  const groups = new Map<string, CallGroup>();
  for (const call of calls) {
    const key = otherOf(call, userId) ?? `call ${call.id}`;
    const before = groups.get(key);
    groups.set(key, before === undefined ? { key, last: call, count: 1 } : { ...before, count: before.count + 1 });
  }
  return [...groups.values()];
}

/** Where to call back; undefined: the number was withheld. Inside the office it is an extension. */
export function numberToCall(call: Call, userId: string | undefined): string | undefined {
  const isMine = call.direction === 'outbound' || (call.direction === 'internal' && call.caller.userId === userId);
  const { number, typed } = isMine ? call.callee : call.caller;
  return number ?? (typed === '' ? undefined : typed);
}

function otherOf(call: Call, userId: string | undefined): string | undefined {
  if (call.direction !== 'internal' && call.card !== undefined) return `${call.card.kind} ${call.card.id}`;
  return numberToCall(call, userId);
}

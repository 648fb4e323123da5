/** Missed calls of one client as one line: how often and when last, and who has reached the client since. */
import type { MissedCall } from '../../../server/api/messages';

export interface MissedGroup {
  readonly key: string;
  /** The newest. */
  readonly last: MissedCall;
  readonly count: number;
}

/**
 * Newest first, as the calls come. Calls of one client belong together while nobody reached the client in between; calls
 * with a withheld number stand alone.
 */
export function groupedByClient(calls: readonly MissedCall[]): readonly MissedGroup[] {
  const groups = new Map<string, MissedGroup>();
  for (const call of calls) {
    const key = `${clientOf(call)} ${call.reachedCallId ?? call.reachedAt ?? 'open'}`;
    const before = groups.get(key);
    groups.set(key, before ? { ...before, count: before.count + 1 } : { key, last: call, count: 1 });
  }
  return [...groups.values()];
}

function clientOf({ callId, caller, card }: MissedCall): string {
  if (card !== undefined) return `${card.kind} ${card.id}`;
  return caller.number ?? (caller.typed === '' ? callId : caller.typed);
}

/** Where to call back; undefined: the number was withheld. */
export const callBackNumber = ({ caller }: Pick<MissedCall, 'caller'>): string | undefined =>
  caller.number ?? (caller.typed === '' ? undefined : caller.typed);

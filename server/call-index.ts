/** Which calls belong to a queue, a slot, a person: kept with each change of a call, so that a look-up costs one step. */
import type { Call } from '../call-router/state/call';
import type { CallId, QueueId, RoomId, UserId } from '../call-router/values/ids';

export class CallIndex<Key> {
  private readonly calls = new Map<Key, Set<CallId>>();
  private readonly keysOf: (call: Call | undefined) => readonly Key[];

  constructor(keysOf: (call: Call | undefined) => readonly Key[]) {
    this.keysOf = keysOf;
  }

  /** In the order in which they came to it. Undefined: there are none. */
  get(key: Key): Iterable<CallId> | undefined {
    return this.calls.get(key);
  }

  /** Answers with the keys that have no call any more. */
  move(before: Call | undefined, after: Call | undefined): readonly Key[] {
    const [left, entered] = [this.keysOf(before), this.keysOf(after)];
    let emptied: readonly Key[] = [];
    if (before !== undefined) {
      for (const key of left)
        if (!entered.includes(key) && this.leave(key, before.id) === 'empty') emptied = [...emptied, key];
    }
    if (after !== undefined) for (const key of entered) if (!left.includes(key)) this.enter(key, after.id);
    return emptied;
  }

  private enter(key: Key, call: CallId): void {
    const calls = this.calls.get(key) ?? new Set();
    this.calls.set(key, calls.add(call));
  }

  private leave(key: Key, call: CallId): 'empty' | 'others' {
    const calls = this.calls.get(key);
    calls?.delete(call);
    if (calls !== undefined && calls.size > 0) return 'others';
    this.calls.delete(key);
    return 'empty';
  }
}

export const queueOf = (call: Call | undefined): readonly QueueId[] =>
  call?.state.in === 'queued' ? [call.state.queue] : [];

export const slotOf = (call: Call | undefined): readonly string[] =>
  call?.state.in === 'parked' ? [call.state.slot] : [];

export const roomOf = (call: Call | undefined): readonly RoomId[] =>
  call?.state.in === 'conferring' && call.state.dialled?.as === 'room' ? [call.state.dialled.room] : [];

/** Everybody of ours with a leg in it that is not over. */
export function usersOf(call: Call | undefined): readonly UserId[] {
  if (call === undefined || call.state.in === 'ended') return [];
  const users = new Set<UserId>();
  for (const { far, state } of call.legs.values())
    if (far.user !== undefined && state.in !== 'ended') users.add(far.user);
  return [...users];
}

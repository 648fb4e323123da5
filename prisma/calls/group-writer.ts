/**
 * Writes of live calls, committed in groups: what is asked for within 50 ms becomes one transaction, so 250 calls a second
 * cost 20 commits. Each asker is answered when its write is on disk. If a group fails, its writes are tried one by one, so one
 * that cannot be written does not take the others with it.
 */
import type { CallRecord } from '../../call-router/values/cdr';
import type { Store, Tx } from '../connect';
import { matchClient } from '../crm/match-client';
import type { CallOperations } from '../operations';
import { present } from '../rows';
import { dropRemovedCards } from './existing-cards';
import { type RecordingSaved, saveRecordings } from './recordings';
import { upsertCalls } from './upsert-calls';

type LookUp = CallOperations['match-client']['request'];

type Write =
  | { readonly of: 'call'; readonly record: CallRecord }
  | { readonly of: 'recording'; readonly saved: RecordingSaved }
  | { readonly of: 'else'; readonly work: (tx: Tx) => Promise<unknown> };

interface Waiting {
  readonly write: Write;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const groupMs = 50;
/** Above it the group is written at once. */
const groupMax = 500;

export class GroupWriter {
  readonly #store: Store;
  #waiting: Waiting[] = [];
  #cancelTimer: (() => void) | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves when committed. A newer record of the same call in the same group replaces the older. */
  saveCall(record: CallRecord): Promise<void> {
    return this.#add({ of: 'call', record });
  }

  /** What the recorder says of a file: behind the calls of the group, the newest of each. */
  saveRecording(saved: RecordingSaved): Promise<void> {
    return this.#add({ of: 'recording', saved });
  }

  /** Another write in the group, behind its calls and recordings, in the order asked. */
  save(work: (tx: Tx) => Promise<unknown>): Promise<void> {
    return this.#add({ of: 'else', work });
  }

  /** Writes what waits now; resolves when nothing is under way. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    // One after the other: a later group of the same call must not overtake.
    if (group.length > 0) this.#last = this.#last.then(() => this.#commit(group));
    return this.#last;
  }

  #add(write: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      if (this.#waiting.length >= groupMax) void this.flush();
      else this.#cancelTimer ??= this.#store.clock.after(groupMs, () => void this.flush());
    });
  }

  /** Never rejects: it tells each asker. */
  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(group);
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await this.#commit([one]);
    }
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const records = new Map<string, CallRecord>();
    const recordings = new Map<string, RecordingSaved>();
    const others: ((tx: Tx) => Promise<unknown>)[] = [];
    for (const { write } of group) {
      if (write.of === 'call') records.set(write.record.id, newer(records.get(write.record.id), write.record));
      else if (write.of === 'recording')
        recordings.set(write.saved.callId, { ...recordings.get(write.saved.callId), ...write.saved });
      else others.push(write.work);
    }
    const linked = await this.#linkAll([...records.values()]);
    await this.#store.write(async (tx) => {
      if (linked.length > 0)
        await upsertCalls(
          this.#store.kind,
          tx,
          linked.sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
      await saveRecordings(this.#store.kind, tx, [...recordings.values()]);
      for (const work of others) await work(tx);
    });
  }

  /** One after the other: each may be a transaction of its own. */
  async #linkAll(records: readonly CallRecord[]): Promise<CallRecord[]> {
    const linked = records.filter(({ endedAt }) => endedAt === undefined);
    const over = records.filter(({ endedAt }) => endedAt !== undefined);
    for (const record of await dropRemovedCards(this.#store.client, over)) linked.push(await this.#linkLate(record));
    return linked;
  }

  /**
   * The look-up failed or came too late in the call, or its card was removed: at its end it is done again, and makes what it would have made then. Under
   * the number's lock it makes one card however often it is asked, so a group that fails later and is tried again does no harm.
   */
  async #linkLate(record: CallRecord): Promise<CallRecord> {
    if (record.card !== undefined) return record;
    const asked = lookUpOf(record);
    const found = asked === undefined ? undefined : await matchClient(this.#store, asked);
    if (found?.found !== true) return record;
    const { card, others } = found;
    return present<CallRecord>({
      ...absent,
      ...record,
      card: { kind: card.kind, id: card.id },
      companyId: card.companyId,
      otherCards: others,
    });
  }
}

/** So that `present` sees each optional property. */
const absent = {
  conferenceWith: undefined,
  missedBy: undefined,
  missedGroupIds: undefined,
  missedNumberId: undefined,
  responsibleIfNone: undefined,
  leadRuleId: undefined,
  answeredAt: undefined,
  endedAt: undefined,
  cause: undefined,
  fault: undefined,
  callerNumber: undefined,
  callerName: undefined,
  calleeNumber: undefined,
  numberId: undefined,
  trunkId: undefined,
  callerUserId: undefined,
  answeredByUserId: undefined,
  queueId: undefined,
  queueWaitMs: undefined,
  queueEnd: undefined,
  card: undefined,
  companyId: undefined,
  ifUnknown: undefined,
};

function lookUpOf({ ifUnknown, startedAt: at, ...record }: CallRecord): LookUp | undefined {
  if (ifUnknown !== undefined) return { ...ifUnknown, at };
  const number = clientNumberOf(record);
  return number === undefined ? undefined : { number, typed: number, makes: 'nothing', at };
}

/** Internal and transit calls have no client. */
function clientNumberOf(record: Pick<CallRecord, 'direction' | 'callerNumber' | 'calleeNumber'>): string | undefined {
  if (record.direction === 'inbound') return record.callerNumber;
  return record.direction === 'outbound' ? record.calleeNumber : undefined;
}

function newer(known: CallRecord | undefined, next: CallRecord): CallRecord {
  if (known?.endedAt !== undefined && next.endedAt === undefined) return known;
  return next;
}

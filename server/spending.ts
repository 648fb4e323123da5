/**
 * What each account has spent on calls out in the last day, for the fraud guard, and how fast trunks are called. Kept from
 * the legs as they change; a call that runs counts until it is over, however long ago it began.
 */
import type { Call, Leg } from '../call-router/state/call';
import type { Spent } from '../call-router/state/view';
import type { EpochMs, LegId, TrunkId } from '../call-router/values/ids';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const secondMs = 1000;
/** Of one account; more than any limit allows. */
const callsKeptMax = 2000;

export class Spending {
  private readonly spent = new Map<string, Map<LegId, Spent>>();
  private readonly starts = new Map<TrunkId, EpochMs[]>();
  private accountsLookedThroughAt = 0;

  /** Accounts of which calls are known. */
  get accounts(): number {
    return this.spent.size;
  }

  of(spender: string): readonly Spent[] {
    return [...(this.spent.get(spender)?.values() ?? [])];
  }

  startsSince(trunk: TrunkId, since: EpochMs): number {
    return this.starts.get(trunk)?.filter((at) => at > since).length ?? 0;
  }

  /** From the call records of the last day, at the start. */
  restore(spender: string, calls: readonly Spent[]): void {
    for (const call of calls) this.accountOf(spender).set(call.leg, call);
  }

  note(before: Call | undefined, after: Call): void {
    if (before?.legs === after.legs) return;
    for (const leg of after.legs.values())
      if (before?.legs.get(leg.id) !== leg) this.noteLeg(before?.legs.get(leg.id), leg);
  }

  private noteLeg(before: Leg | undefined, leg: Leg): void {
    if (leg.far.kind !== 'trunk' || leg.direction !== 'outgoing') return;
    // At its making, not when the INVITE leaves: calls that come at once would all see a trunk that nobody calls.
    if (before === undefined && leg.state.in === 'opening') this.noteStart(leg.far.trunk, leg.startedAt);
    // A mobile that rings along for every call to its owner is a call of theirs when they have taken it.
    if (leg.spender === undefined || leg.mustAccept === true) return;
    if (before === undefined && leg.state.in === 'ended') return;
    this.forgetIdleAccounts(leg.startedAt);
    const account = this.accountOf(leg.spender);
    const { id, startedAt, answeredAt, endedAt } = leg;
    const isNew = !account.has(id);
    account.set(id, {
      leg: id,
      startedAt,
      ...(answeredAt === undefined ? {} : { answeredAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
    });
    if (isNew) forgetOld(account, startedAt);
  }

  /** Once an hour: persons who were removed and numbers that forwarded once would stay for ever. */
  private forgetIdleAccounts(now: EpochMs): void {
    if (now < this.accountsLookedThroughAt + hourMs) return;
    this.accountsLookedThroughAt = now;
    for (const [spender, account] of this.spent) {
      forgetOld(account, now);
      if (account.size === 0) this.spent.delete(spender);
    }
  }

  private noteStart(trunk: TrunkId, at: EpochMs): void {
    const recent = (this.starts.get(trunk) ?? []).filter((one) => one > at - secondMs);
    this.starts.set(trunk, [...recent, at]);
  }

  private accountOf(spender: string): Map<LegId, Spent> {
    const account = this.spent.get(spender) ?? new Map<LegId, Spent>();
    this.spent.set(spender, account);
    return account;
  }
}

function forgetOld(account: Map<LegId, Spent>, now: EpochMs): void {
  for (const [leg, { startedAt, endedAt }] of account) {
    const isOld = startedAt <= now - dayMs || account.size > callsKeptMax;
    if (isOld && endedAt !== undefined) account.delete(leg);
  }
}

/**
 * The state of the router, with the indexes that answer its questions in one step however many calls live.
 * Only server/switchboard.ts holds one and applies changes to it.
 */
import type { Call } from '../call-router/state/call';
import type { Directory } from '../call-router/state/directory';
import { newOffice } from '../call-router/state/new-office';
import {
  type AgentWork,
  type MailboxCount,
  newPerson,
  newQueueWork,
  type Person,
  type QueueWork,
} from '../call-router/state/person';
import type { Binding, Change, Limits, PbxView, Spent, TrunkState } from '../call-router/state/view';
import { Spending } from './spending';
import { CallIndex, queueOf, roomOf, slotOf, usersOf } from './call-index';
import { assertNever } from '../call-router/values/assert';
import {
  type BindingId,
  type CallId,
  type DeviceId,
  type EpochMs,
  epochMs,
  type LegId,
  type MailboxId,
  type QueueId,
  type RoomId,
  type TrunkId,
  type UserId,
} from '../call-router/values/ids';

const none: readonly UserId[] = [];
const noCalls: readonly Call[] = [];

const nobody: Directory = {
  country: 'CZ',
  users: new Map(),
  devices: new Map(),
  trunks: new Map(),
  numbers: [],
  neverMakeRecords: new Set(),
  ...newOffice,
};

export class PbxState implements PbxView {
  readonly limits: Limits;
  readonly calls = new Map<CallId, Call>();
  readonly bindings = new Map<BindingId, Binding>();
  readonly trunkStates = new Map<TrunkId, TrunkState>();
  directory = nobody;
  draining = false;
  private readonly bindingsByOwner = new Map<string, readonly Binding[]>();
  private readonly callByLeg = new Map<LegId, CallId>();
  readonly mailboxCounts = new Map<MailboxId, MailboxCount>();
  private readonly persons = new Map<UserId, Person>();
  private readonly agents = new Map<UserId, AgentWork>();
  private readonly queues = new Map<QueueId, QueueWork>();
  /** Agents who have no call left, or stand otherwise, since takeFreed was asked. */
  private freed = new Set<UserId>();
  private readonly waiting = new CallIndex<QueueId>(queueOf);
  private readonly parked = new CallIndex<string>(slotOf);
  private readonly rooms = new CallIndex<RoomId>(roomOf);
  private readonly ofUser = new CallIndex<UserId>(usersOf);
  private readonly spending = new Spending();
  private readonly channels = new Map<TrunkId, number>();
  private toldWhenClosed: ReadonlySet<UserId> = new Set();
  private devicesByUser: ReadonlyMap<UserId, readonly DeviceId[]> = new Map();

  /** Set by the switchboard before each decision. */
  at: EpochMs = epochMs(0);

  constructor(limits: Limits) {
    this.limits = limits;
  }

  callOf(leg: LegId): Call | undefined {
    const call = this.callByLeg.get(leg);
    return call === undefined ? undefined : this.calls.get(call);
  }

  bindingsOfUser(user: UserId): readonly Binding[] {
    const devices = this.devicesByUser.get(user) ?? [];
    return devices.flatMap((device) => this.bindingsByOwner.get(ownerOf({ kind: 'device', device })) ?? []);
  }

  bindingsOfTrunk(trunk: TrunkId): readonly Binding[] {
    return this.bindingsByOwner.get(ownerOf({ kind: 'trunk', trunk })) ?? [];
  }

  callsOnTrunk(trunk: TrunkId): number {
    return this.channels.get(trunk) ?? 0;
  }

  isToldWhenClosed(user: UserId): boolean {
    return this.toldWhenClosed.has(user);
  }

  person(user: UserId): Person {
    return this.persons.get(user) ?? newPerson;
  }

  agentWork(user: UserId): AgentWork | undefined {
    return this.agents.get(user);
  }

  queueWork(queue: QueueId): QueueWork {
    return this.queues.get(queue) ?? newQueueWork;
  }

  /** Only agents who are logged in: the others' calls cost nothing here. */
  takeFreed(): readonly UserId[] {
    if (this.freed.size === 0) return none;
    const users = [...this.freed];
    this.freed = new Set();
    return users;
  }

  callsOfUser(user: UserId): readonly Call[] {
    return this.callsOf(this.ofUser.get(user));
  }

  callsInQueue(queue: QueueId): readonly Call[] {
    return this.callsOf(this.waiting.get(queue));
  }

  inRoom(room: RoomId): Call | undefined {
    return this.callsOf(this.rooms.get(room))[0];
  }

  parkedIn(slot: string): Call | undefined {
    return this.callsOf(this.parked.get(slot))[0];
  }

  private callsOf(ids: Iterable<CallId> | undefined): readonly Call[] {
    if (ids === undefined) return noCalls;
    return [...ids].flatMap((id) => this.calls.get(id) ?? []);
  }

  startsOnTrunk(trunk: TrunkId, since: EpochMs): number {
    return this.spending.startsSince(trunk, since);
  }

  spendingOf(spender: string): readonly Spent[] {
    return this.spending.of(spender);
  }

  apply(changes: readonly Change[]): void {
    for (const change of changes) this.applyOne(change);
  }

  private applyOne(change: Change): void {
    switch (change.set) {
      case 'call':
        return this.setCall(change.call);
      case 'call-gone':
        return this.forgetCall(change.call);
      case 'directory':
        this.directory = change.directory;
        this.devicesByUser = devicesByUser(change.directory);
        return;
      case 'bindings':
        return this.setBindings(change.of, change.bindings);
      case 'trunk-state':
        this.trunkStates.set(change.trunk, change.state);
        return;
      case 'person':
        this.persons.set(change.user, change.person);
        this.noteFreed([change.user]);
        return;
      case 'agent-work':
        this.agents.set(change.user, change.work);
        return;
      case 'queue-work':
        this.queues.set(change.queue, change.work);
        return;
      case 'told-when-closed':
        this.toldWhenClosed = change.users;
        return;
      case 'mailbox-count':
        this.mailboxCounts.set(change.count.mailbox, change.count);
        return;
      case 'spending':
        this.spending.restore(change.spender, change.calls);
        return;
      case 'draining':
        this.draining = true;
        return;
      default:
        return assertNever(change);
    }
  }

  private setCall(call: Call): void {
    const before = this.calls.get(call.id);
    this.count(before, -1);
    this.calls.set(call.id, call);
    this.count(call, 1);
    this.spending.note(before, call);
    for (const index of [this.waiting, this.parked, this.rooms]) index.move(before, call);
    this.noteFreed(this.ofUser.move(before, call));
    if (before?.legs === call.legs) return;
    for (const leg of call.legs.keys()) this.callByLeg.set(leg, call.id);
  }

  /** A leg that moved to another call is that one's. */
  private forgetCall(id: CallId): void {
    const call = this.calls.get(id);
    this.count(call, -1);
    for (const index of [this.waiting, this.parked, this.rooms]) index.move(call, undefined);
    this.noteFreed(this.ofUser.move(call, undefined));
    this.calls.delete(id);
    for (const leg of call?.legs.keys() ?? []) if (this.callByLeg.get(leg) === id) this.callByLeg.delete(leg);
  }

  private noteFreed(users: readonly UserId[]): void {
    for (const user of users) if (this.person(user).agentOf.length > 0) this.freed.add(user);
  }

  private count(call: Call | undefined, by: 1 | -1): void {
    for (const trunk of trunksOf(call)) this.channels.set(trunk, this.callsOnTrunk(trunk) + by);
  }

  private setBindings(of: Binding['of'], now: readonly Binding[]): void {
    for (const old of this.bindingsByOwner.get(ownerOf(of)) ?? []) this.bindings.delete(old.id);
    this.bindingsByOwner.set(ownerOf(of), now);
    for (const binding of now) this.bindings.set(binding.id, binding);
  }
}

const ownerOf = (of: Binding['of']): string => (of.kind === 'device' ? `device ${of.device}` : `trunk ${of.trunk}`);

function devicesByUser({ devices }: Directory): ReadonlyMap<UserId, readonly DeviceId[]> {
  const byUser = new Map<UserId, DeviceId[]>();
  for (const { id, userId } of devices.values()) byUser.set(userId, [...(byUser.get(userId) ?? []), id]);
  return byUser;
}

/** Each leg that lives holds a channel of its trunk. */
function trunksOf(call: Call | undefined): readonly TrunkId[] {
  if (call === undefined || call.state.in === 'ended') return [];
  const trunks: TrunkId[] = [];
  for (const leg of call.legs.values()) {
    if (leg.far.kind === 'trunk' && leg.state.in !== 'ended') trunks.push(leg.far.trunk);
  }
  return trunks;
}

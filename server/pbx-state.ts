/**
 * The state of the router, with the indexes that answer its questions in one step however many calls live.
 * Only server/switchboard.ts holds one and applies changes to it.
 */
import type { Call } from '../call-router/state/call';
import type { Directory } from '../call-router/state/directory';
import type { Binding, Change, Limits, PbxView, TrunkState } from '../call-router/state/view';
import { assertNever } from '../call-router/values/assert';
import type { BindingId, CallId, TrunkId, UserId } from '../call-router/values/ids';

export interface PbxState {
  readonly view: PbxView;
  readonly apply: (changes: readonly Change[]) => void;
}

const nobody: Directory = {
  country: 'CZ',
  users: new Map(),
  devices: new Map(),
  trunks: new Map(),
  numbers: [],
  neverMakeRecords: new Set(),
};

export function emptyPbx(limits: Limits): PbxState {
  const calls = new Map<CallId, Call>();
  const bindings = new Map<BindingId, Binding>();
  const trunkStates = new Map<TrunkId, TrunkState>();
  const byOwner = new Map<string, readonly Binding[]>();
  const channels = new Map<TrunkId, number>();
  let directory = nobody;
  let draining = false;

  const count = (call: Call | undefined, by: 1 | -1): void => {
    for (const trunk of trunksOf(call)) channels.set(trunk, (channels.get(trunk) ?? 0) + by);
  };

  const setCall = (call: Call): void => {
    count(calls.get(call.id), -1);
    calls.set(call.id, call);
    count(call, 1);
  };

  const setBindings = (of: Binding['of'], now: readonly Binding[]): void => {
    for (const old of byOwner.get(ownerOf(of)) ?? []) bindings.delete(old.id);
    byOwner.set(ownerOf(of), now);
    for (const binding of now) bindings.set(binding.id, binding);
  };

  const applyOne = (change: Change): void => {
    switch (change.set) {
      case 'call':
        return setCall(change.call);
      case 'call-gone':
        count(calls.get(change.call), -1);
        calls.delete(change.call);
        return;
      case 'directory':
        directory = change.directory;
        return;
      case 'bindings':
        return setBindings(change.of, change.bindings);
      case 'trunk-state':
        trunkStates.set(change.trunk, change.state);
        return;
      case 'draining':
        draining = true;
        return;
      default:
        return assertNever(change);
    }
  };

  const view: PbxView = {
    limits,
    calls,
    bindings,
    trunkStates,
    get directory() {
      return directory;
    },
    get draining() {
      return draining;
    },
    bindingsOfUser: (user) => devicesOf(directory, user).flatMap((key) => byOwner.get(key) ?? []),
    bindingsOfTrunk: (trunk) => byOwner.get(ownerOf({ kind: 'trunk', trunk })) ?? [],
    callsOnTrunk: (trunk) => channels.get(trunk) ?? 0,
  };
  return {
    view,
    apply: (changes) => {
      for (const change of changes) applyOne(change);
    },
  };
}

const ownerOf = (of: Binding['of']): string => (of.kind === 'device' ? `device ${of.device}` : `trunk ${of.trunk}`);

function devicesOf(directory: Directory, user: UserId): readonly string[] {
  const owners: string[] = [];
  for (const device of directory.devices.values()) {
    if (device.userId === user) owners.push(ownerOf({ kind: 'device', device: device.id }));
  }
  return owners;
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

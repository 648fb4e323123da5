/**
 * A browser that registers while a call rings for its person rings too: the page was opened by the notice of that call, or was
 * loaded anew as it rang. What rang on its lost connection is taken back then, and not before, so that no reload costs a call.
 */
import type { Call, FarEnd, Leg } from '../state/call';
import type { SipEvent } from '../event';
import type { Change, PbxView } from '../state/view';
import type { PbxEffect } from '../effect';
import type { EpochMs, LegId, UserId } from '../values/ids';
import { cancelBranch } from './cancel-branch';
import { isClosedPage } from './closed-page';
import { joiningOf } from './conference-joining';
import { type Conferring, conferenceWith, isConferring } from './conference-mix';
import { type Decision, isBeingCalled, isEnded, withLegs } from './decision';
import { type End, endOfBinding, isCaller } from './ends';
import { endedLeg } from './hang-up';
import { waitingLegOf } from './pickup';
import { newBranch, openBranch } from './ring';
import { addBranches } from './transfer';

type BindingsChanged = Extract<SipEvent, { readonly type: 'bindings-changed' }>;

export function bindingsChanged(pbx: PbxView, event: BindingsChanged): Decision {
  const bound: Change = { set: 'bindings', of: event.of, bindings: event.bindings };
  const device = event.of.kind === 'device' ? pbx.directory.devices.get(event.of.device) : undefined;
  if (device?.kind !== 'browser' || event.bindings.length === 0) return { changes: [bound], effects: [] };
  const { userId: user } = device;
  const ends = event.bindings.flatMap((binding) => endOfBinding(binding, user));
  const rung = callsRinging(pbx, user).map((call) => alsoRung(pbx, call, { user, ends, at: event.at }));
  return {
    changes: [bound, ...rung.flatMap(({ changes }) => changes)],
    effects: rung.flatMap(({ effects }) => effects),
  };
}

/** A call that was to ring for somebody without any phone is not one of theirs yet. */
function callsRinging(pbx: PbxView, user: UserId): readonly Call[] {
  const theirs = pbx.callsOfUser(user).filter((call) => legsOf(call, user).some(isBeingCalled));
  const awaits = [...pbx.calls.values()].filter(
    (call) => call.state.in === 'ringing' && call.ringsUsers.includes(user) && legsOf(call, user).length === 0,
  );
  return [...theirs, ...awaits.filter(rings)];
}

const legsOf = ({ legs }: Call, user: UserId): readonly Leg[] =>
  [...legs.values()].filter(({ far, isSupervisor }) => far.user === user && isSupervisor !== true);

const rings = ({ legs }: Call): boolean => [...legs.values()].some(isBeingCalled);

interface Late {
  readonly user: UserId;
  readonly ends: readonly End[];
  readonly at: EpochMs;
}

function alsoRung(pbx: PbxView, call: Call, { user, ends, at }: Late): Decision {
  const lost = legsOf(call, user).filter(
    (leg) => isBeingCalled(leg) && (leg.lost !== undefined || isClosedPage(leg)) && isOneOf(ends, leg.far),
  );
  const live = [...call.legs.values()].filter((leg) => !isEnded(leg) && !lost.includes(leg));
  const fresh = ends.filter(({ far }) => !live.some((leg) => isSameBinding(leg.far, far)) && !isCaller(pbx, call, far));
  const room = pbx.limits.legsPerCallMax - live.length;
  if (fresh.length === 0 || room < fresh.length || !wantsHeadset(pbx, call, user)) return { changes: [], effects: [] };
  const branches = fresh.map((end, index) => newBranch(pbx, call, { index, end }));
  const quiet = withLegs(call, ...lost.map((leg) => endedLeg(leg, 'unreachable', at)));
  const more = joinedAs(addBranches(quiet, branches), { of: call, user, branches, lost });
  const like = waitingLegOf(call) ?? call.callerLeg;
  return {
    changes: [{ set: 'call', call: more }],
    effects: [
      ...lost.flatMap((leg): readonly PbxEffect[] => cancelBranch(leg, 'unreachable')),
      ...branches.map((branch) => openBranch(pbx, branch, like)),
    ],
  };
}

const isOneOf = (ends: readonly End[], far: FarEnd): boolean =>
  ends.some((end) => end.far.kind === 'device' && far.kind === 'device' && end.far.device === far.device);

const isSameBinding = (a: FarEnd, b: FarEnd): boolean =>
  a.kind === 'device' && b.kind === 'device' && a.binding !== undefined && a.binding === b.binding;

/** As when the call came (rings-on.ts): where the headset was not chosen, only if it is all there is. */
function wantsHeadset(pbx: PbxView, call: Call, user: UserId): boolean {
  const { ringsOn } = pbx.person(user);
  if (ringsOn === undefined || ringsOn.includes('headset')) return true;
  return !legsOf(call, user).some((leg) => isBeingCalled(leg) && leg.lost === undefined);
}

interface More {
  /** Before they were added. */
  readonly of: Call;
  readonly user: UserId;
  readonly branches: readonly Leg[];
  readonly lost: readonly Leg[];
}

/** In a conference they ring for the party that their person is rung as. */
function joinedAs(call: Call, { of, user, branches, lost }: More): Call {
  if (!isConferring(call) || !isConferring(of)) return call;
  const rung = legsOf(of, user).find(isBeingCalled);
  const one = rung === undefined ? undefined : joiningOf(of, rung.id);
  if (one === undefined) return call;
  const isLost = (id: LegId): boolean => lost.some((leg) => leg.id === id);
  const legs = [...one.legs.filter((id) => !isLost(id)), ...branches.map(({ id }) => id)];
  return withJoining(call, one, { ...one, legs });
}

function withJoining(call: Conferring, old: Conferring['state']['joining'][number], one: typeof old): Conferring {
  return conferenceWith(call, { joining: call.state.joining.map((other) => (other === old ? one : other)) });
}

/**
 * Listening in, whispering and barging in: a person with the right hears a call on their own phone. Nobody in the call is
 * told; while somebody listens the talk is mixed, and afterwards it is a plain talk again. What the supervisor says to a
 * colleague is in no recording; what they say to all is.
 *
 * A transfer, a park or a REFER of a supervised talk sends the supervisor off first (`unsupervised`), so that those who talk
 * have all their keys.
 */
import type { CommandEvent } from '../command';
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { Supervising } from '../state/conference';
import type { PbxView } from '../state/view';
import type { EpochMs, UserId } from '../values/ids';
import { asConference, notInCall, ringToJoin } from './conference';
import { talkOn, withoutSupervisors } from './conference-members';
import { type Conferring, conferenceWith, isConferring, isLedBy, remixed } from './conference-mix';
import { type Decision, both, decided, ignore, talkingLegs } from './decision';
import { branchesToPeople } from './ring';

export function superviseAsked(
  pbx: PbxView,
  event: Extract<CommandEvent, { readonly type: 'supervise-asked' }>,
): Decision {
  const { user, how, at } = event;
  const call = pbx.calls.get(event.call);
  // It ended, or is being passed on, while the command was on its way.
  if (call === undefined || !maySupervise(pbx, call, user)) return ignore;
  const conference = asConference(pbx, call, at);
  if (conference === undefined) return ignore;
  const turned = turnedTo(conference, user, how);
  if (turned !== undefined) return remixed(pbx, call, { call: turned, at });
  const branches = phonesToListen(pbx, call, user);
  if (branches.length === 0) return ignore;
  return ringToJoin(pbx, call, { conference, branches, as: { kind: 'supervisor', user, how }, at });
}

/** By right, or as head of a group of somebody who talks. Never in a call of one's own. */
export function maySupervise(pbx: Pick<PbxView, 'directory'>, call: Call, user: UserId): boolean {
  const members = talkingLegs(call);
  if (members.some((leg) => leg.far.user === user)) return false;
  const has = pbx.directory.users.get(user)?.rights.includes('supervise') ?? false;
  return has || members.some((leg) => isLedBy(pbx, leg, user));
}

/** The phones of this person that would ring. */
export function phonesToListen(pbx: PbxView, call: Call, user: UserId): readonly Leg[] {
  const branches = branchesToPeople(pbx, call, [user]);
  return typeof branches === 'string'
    ? []
    : notInCall(call, branches).map((leg): Leg => ({ ...leg, isSupervisor: true }));
}

/** They are on it, or rung to it, already: from now on another way. Undefined: they are not. */
function turnedTo(call: Conferring, user: UserId, how: Supervising): Conferring | undefined {
  const { supervisors, joining } = call.state;
  if (!isSupervising(call, user)) return undefined;
  return conferenceWith(call, {
    supervisors: supervisors.map((one) => (one.user === user ? { ...one, how } : one)),
    joining: joining.map((one) =>
      one.as.kind === 'supervisor' && one.as.user === user ? { ...one, as: { ...one.as, how } } : one,
    ),
  });
}

export function isSupervising({ state }: Conferring, user: UserId): boolean {
  return (
    state.supervisors.some((one) => one.user === user) ||
    state.joining.some(({ as }) => as.kind === 'supervisor' && as.user === user)
  );
}

/** Two who talk, and nothing but somebody who listens in makes it a conference. */
export function isSupervisedTalk(call: Call): call is Conferring {
  if (!isConferring(call) || call.state.dialled !== undefined || call.state.members.length !== 2) return false;
  return call.state.joining.every(({ as }) => as.kind === 'supervisor');
}

/** A supervised talk as the plain talk it is to those who talk; any other call as it stands. */
export function unsupervised(
  pbx: PbxView,
  call: Call,
  at: EpochMs,
): { readonly call: Call; readonly effects: readonly PbxEffect[] } {
  if (!isSupervisedTalk(call)) return { call, effects: [] };
  const quiet = withoutSupervisors(call, at);
  const talking = talkOn(pbx, quiet.call, at);
  const change = talking.changes[0];
  return {
    call: change?.set === 'call' ? change.call : call,
    effects: [...quiet.effects, ...talking.effects],
  };
}

/** What follows is decided on the plain talk. */
export function asPlainTalk(
  pbx: PbxView,
  call: Call,
  { at, go }: { readonly at: EpochMs; readonly go: (call: Call) => Decision },
): Decision {
  if (!isSupervisedTalk(call)) return go(call);
  const plain = unsupervised(pbx, call, at);
  const next = go(plain.call);
  const kept = next.changes.length > 0 ? next : decided(plain.call, next.effects);
  return both(plain.effects, kept);
}

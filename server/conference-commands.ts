/**
 * Conference and supervision as REST asks for them. As in in-call-commands.ts each is looked at against the view that the
 * router will decide on, so that a refusal has a reason.
 */
import { asConference, askerOf, branchesToAdd } from '../call-router/features/conference';
import { mergeByCode } from '../call-router/features/conference-merge';
import { isConferring } from '../call-router/features/conference-mix';
import { transferRefusal } from '../call-router/features/guard-alarm';
import { isSupervising, maySupervise, phonesToListen } from '../call-router/features/supervise';
import { isConsulting } from '../call-router/features/transfer';
import type { Call, Leg } from '../call-router/state/call';
import type { PbxView } from '../call-router/state/view';
import type { EndCause } from '../call-router/values/cause';
import type { EpochMs, LegId, UserId } from '../call-router/values/ids';
import { fail, succeed } from '../call-router/values/result';
import type { CommandProblem, Commands, ConferenceAsked, SupervisionAsked } from './api/commands';
import type { Clock } from './clock';
import type { Switchboard } from './switchboard';

export function conferenceCommands(board: Switchboard, clock: Clock): Pick<Commands, 'confer' | 'supervise'> {
  return {
    async confer(asked) {
      const at = clock.now();
      const problem = whyNoConference(board.view, asked, at);
      // What the fraud guard refuses is decided by the router all the same: it stops the person and tells the administrators.
      if (problem === undefined || isGuarded(board.view, asked, at))
        board.post({ from: 'api', type: 'conference-asked', at, ...asked });
      return problem === undefined ? succeed(undefined) : fail(problem);
    },
    async supervise(asked) {
      const problem = whyNoSupervision(board.view, asked, clock.now());
      if (problem !== undefined) return fail(problem);
      board.post({ from: 'api', type: 'supervise-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
  };
}

const notNow = (why: string): CommandProblem => ({ kind: 'not-now', why });
const nobodyTalks = 'the two sides do not talk to each other now';

function whyNoConference(view: PbxView, asked: ConferenceAsked, at: EpochMs): CommandProblem | undefined {
  const { call: id, legs = [], add, by } = asked;
  const call = view.calls.get(id);
  if (call === undefined) return { kind: 'not-found' };
  const asker = askerOf(view, call, by);
  if (asker === undefined) return notNow('nobody of the office is on this call');
  const other = legs.find((leg) => !call.legs.has(leg));
  if (other !== undefined) return whyNoMerge(view, call, { asker, other, at });
  const gone = legs.find((leg) => call.legs.get(leg)?.state.in === 'ended');
  if (gone !== undefined) return { kind: 'invalid', field: 'legId', why: 'has left the call' };
  if (isConsulting(call)) return add === undefined ? undefined : notNow('a transfer with announcement is under way');
  if (asConference(view, call, at) === undefined) return notNow(nobodyTalks);
  if (add === undefined)
    return notNow(isConferring(call) ? 'it is a conference already' : 'only two talk: say who is to be added');
  const branches = branchesToAdd(view, { call, by: asker, target: add, at });
  return typeof branches === 'string' ? notNow(reasons[branches] ?? `it cannot be called (${branches})`) : undefined;
}

function isGuarded(view: PbxView, { call: id, add, by }: ConferenceAsked, at: EpochMs): boolean {
  const call = view.calls.get(id);
  const asker = call === undefined ? undefined : askerOf(view, call, by);
  if (call === undefined || asker === undefined || add === undefined) return false;
  return transferRefusal(view, { call, transferor: asker, target: add, at }) !== undefined;
}

interface Merge {
  readonly asker: Leg;
  readonly other: LegId;
  readonly at: EpochMs;
}

function whyNoMerge(view: PbxView, call: Call, { asker, other, at }: Merge): CommandProblem | undefined {
  if (view.callOf(other) === undefined) return { kind: 'invalid', field: 'legId', why: 'is a leg of no live call' };
  return mergeByCode(view, call, { leg: asker, at, other }) === undefined
    ? notNow('the other leg is in no call of the same phone that could be joined to this one')
    : undefined;
}

const reasons: Readonly<Partial<Record<EndCause, string>>> = {
  busy: 'they are on this call already, or are being rung for it',
  'number-unknown': 'the number leads nowhere',
  'not-allowed': 'this number may not be called',
  'limit-reached': 'this person has called out enough, until an administrator lifts it',
  unreachable: 'no phone of theirs is registered',
  overloaded: 'the conference is full, or one of our limits is reached',
  'trunk-failed': 'there is no trunk to call out on',
};

function whyNoSupervision(view: PbxView, asked: SupervisionAsked, at: EpochMs): CommandProblem | undefined {
  const { call: id, user } = asked;
  const call = view.calls.get(id);
  if (call === undefined) return { kind: 'not-found' };
  if (!view.directory.users.has(user)) return { kind: 'invalid', field: 'userId', why: 'is nobody of ours' };
  if (asConference(view, call, at) === undefined) return notNow(nobodyTalks);
  if (!maySupervise(view, call, user)) return notNow(whyNotTheirs(call, user));
  if (isConferring(call) && isSupervising(call, user)) return undefined;
  return phonesToListen(view, call, user).length === 0 ? notNow('no phone of this person is registered') : undefined;
}

const whyNotTheirs = ({ legs }: Call, user: UserId): string =>
  [...legs.values()].some(({ far, state }) => far.user === user && state.in !== 'ended')
    ? 'this person is on the call'
    : 'this person has no right to listen, and leads no group of who talks';

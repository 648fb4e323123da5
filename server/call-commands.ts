/**
 * Commands on calls, as REST asks for them: looked at against the router's view, posted as events, and answered from what
 * came of them. The switchboard handles an event before `post` returns, so the answer is the call as it is then.
 */
import { callingDialler } from '../call-router/features/click-to-call';
import { destinationOf } from '../call-router/features/dial-plan';
import { waysOf } from '../call-router/features/rings-on';
import { mayShow } from '../call-router/features/outgoing';
import { numberById } from '../call-router/state/directory-index';
import type { Way } from '../call-router/state/person';
import type { PbxView } from '../call-router/state/view';
import { type CallId, callIdOf, type EpochMs, type NumberId, type UserId } from '../call-router/values/ids';
import { fail, type Result, succeed } from '../call-router/values/result';
import type { CommandProblem, Commands } from './api/commands';
import { agentCommands } from './agent-commands';
import type { Clock } from './clock';
import { conferenceCommands } from './conference-commands';
import { inCallCommands } from './in-call-commands';
import { mobileProofs } from './mobile-proofs';
import { overloaded } from './overloaded';
import { personCommands } from './person-commands';
import { phoneCommands } from './phone-commands';
import type { Switchboard } from './switchboard';
import { waitingCommands } from './waiting-commands';

export function callCommands(board: Switchboard, clock: Clock, newId: () => string): Commands {
  return {
    ...inCallCommands(board, clock),
    ...waitingCommands(board, clock),
    ...conferenceCommands(board, clock),
    ...personCommands(board, clock),
    ...phoneCommands(board, clock),
    ...agentCommands(board, clock),
    ...mobileProofs(board, clock, newId),
    async hangUp({ call, leg }) {
      const live = board.view.calls.get(call);
      if (live === undefined) return fail({ kind: 'not-found' });
      if (leg !== undefined && !live.legs.has(leg))
        return fail({ kind: 'invalid', field: 'legId', why: 'is no leg of this call' });
      if (live.state.in === 'ended') return fail({ kind: 'not-now', why: 'the call has ended' });
      board.post({ from: 'api', type: 'hang-up-asked', at: clock.now(), call, ...(leg === undefined ? {} : { leg }) });
      return succeed(undefined);
    },
    async call({ user, to, number, via }) {
      const problem = whyNot(board.view, { user, to, number, via, at: clock.now() });
      if (problem !== undefined) return fail(problem);
      const call = callIdOf(newId());
      board.post({
        from: 'api',
        type: 'call-asked',
        at: clock.now(),
        call,
        user,
        to,
        ...(number === undefined ? {} : { number }),
        ...(via === undefined ? {} : { via }),
      });
      return callMade(board.view, call);
    },
  };
}

interface Asked {
  readonly user: UserId;
  readonly to: string;
  readonly number: NumberId | undefined;
  readonly via: Way | undefined;
  readonly at: EpochMs;
}

function whyNot(view: PbxView, { user, to, number, via, at }: Asked): CommandProblem | undefined {
  const full = overloaded(view);
  if (full !== undefined) return full;
  if (!view.directory.users.has(user)) return { kind: 'invalid', field: 'fromUserId', why: 'is nobody of ours' };
  const shown = numberById(view.directory, number);
  if (number !== undefined && shown === undefined)
    return { kind: 'invalid', field: 'fromNumberId', why: 'is no number of ours' };
  if (shown?.kind === 'mobile' && !mayShow(shown, user))
    return { kind: 'invalid', field: 'fromNumberId', why: 'is not this person’s to show' };
  const ways = waysOf(view, user);
  const dialler = callingDialler(view, { user, at, ...(number === undefined ? {} : { number }) });
  if (ways.length === 0 || dialler === undefined)
    return { kind: 'not-now', why: 'no phone of this person is registered' };
  if (via !== undefined && !ways.includes(via)) return { kind: 'not-now', why: 'this phone cannot be reached now' };
  const destination = destinationOf(view, dialler, to);
  if (destination.kind === 'nowhere') return { kind: 'invalid', field: 'to', why: 'leads nowhere' };
  return destination.kind === 'no-trunk' ? { kind: 'not-now', why: 'there is no trunk to call out on' } : undefined;
}

function callMade(view: PbxView, call: CallId): Result<CallId, CommandProblem> {
  return view.calls.has(call) ? succeed(call) : fail({ kind: 'not-now', why: 'the call ended at once' });
}

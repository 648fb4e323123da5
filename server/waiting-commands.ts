/** Commands that let the far end of a leg wait: hold, resume, park. As in-call-commands.ts: looked at before it is posted. */
import { isConferring } from '../call-router/features/conference-mix';
import { otherLegOf } from '../call-router/features/decision';
import { isHeldByCommand } from '../call-router/features/hold-by-command';
import { isOfficeSide } from '../call-router/features/office-side';
import { park, retrievers } from '../call-router/features/park';
import { fail, type Result, succeed } from '../call-router/values/result';
import type { CommandProblem, Commands, LegAsked } from './api/commands';
import type { Clock } from './clock';
import { connectedLeg, type Found, notNow } from './in-call-commands';
import type { Switchboard } from './switchboard';

type Waiting = Pick<Commands, 'hold' | 'resume' | 'park' | 'retrieve'>;

export function waitingCommands(board: Switchboard, clock: Clock): Waiting {
  return {
    async hold(asked) {
      const found = holdableLeg(board, asked);
      if (!found.ok) return found;
      if (found.value.leg.state.in === 'held') return notNow('it is held already');
      board.post({ from: 'api', type: 'hold-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
    async resume(asked) {
      const found = holdableLeg(board, asked);
      if (!found.ok) return found;
      const { leg } = found.value;
      if (!isHeldByCommand(leg))
        return notNow(leg.state.in === 'held' ? 'the phone itself holds: resume it there' : 'it is not held');
      board.post({ from: 'api', type: 'resume-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
    async park(asked) {
      const found = talkingLeg(board, asked);
      if (!found.ok) return found;
      const { live: call, leg: parker } = found.value;
      const at = clock.now();
      if (park(board.view, { call, parker, at }) === 'parking-full') return notNow('all parking places are taken');
      board.post({ from: 'api', type: 'park-asked', at, ...asked });
      return succeed(undefined);
    },
    async retrieve({ call, user }) {
      const live = board.view.calls.get(call);
      if (live === undefined) return fail({ kind: 'not-found' });
      if (!board.view.directory.users.has(user))
        return fail({ kind: 'invalid', field: 'userId', why: 'is nobody of ours' });
      const phones = retrievers(board.view, live, user);
      if (phones === 'nothing-to-pick-up') return notNow('it is not parked, or somebody is taking it');
      if (typeof phones === 'string') return notNow('no phone of this person can be rung');
      board.post({ from: 'api', type: 'retrieve-asked', at: clock.now(), call, user });
      return succeed(undefined);
    },
  };
}

/** A leg of the office whose far end is somebody to hold or to park. */
function talkingLeg(board: Switchboard, asked: LegAsked): Result<Found, CommandProblem> {
  const found = connectedLeg(board, asked);
  if (!found.ok) return found;
  const { live, leg } = found.value;
  if (otherLegOf(live, leg.id) === undefined) return notNow('the two sides do not talk to each other now');
  return isOfficeSide(board.view, leg) ? found : notNow('this leg is not one of the office: name the leg of who asks');
}

/** In a talk or in a conference. */
function holdableLeg(board: Switchboard, asked: LegAsked): Result<Found, CommandProblem> {
  const found = connectedLeg(board, asked);
  if (!found.ok || !isConferring(found.value.live)) return talkingLeg(board, asked);
  const { live, leg } = found.value;
  const isMember = isConferring(live) && live.state.members.includes(leg.id);
  return isMember && isOfficeSide(board.view, leg)
    ? found
    : notNow('this leg is not one of the office in the conference');
}

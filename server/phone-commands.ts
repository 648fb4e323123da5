/**
 * Commands on one person's own phones in a call: ring for it too, answer by itself, be heard by nobody. As in-call-commands.ts:
 * looked at before it is posted.
 */
import { canAnswerWhenTold } from '../call-router/features/answer-by-command';
import { canBePickedUp } from '../call-router/features/pickup';
import { waysOf } from '../call-router/features/rings-on';
import { fail, succeed } from '../call-router/values/result';
import type { Commands } from './api/commands';
import type { Clock } from './clock';
import { connectedLeg, notNow } from './in-call-commands';
import type { Switchboard } from './switchboard';

export function phoneCommands(
  board: Switchboard,
  clock: Clock,
): Pick<Commands, 'pickUp' | 'answer' | 'mute' | 'unmute'> {
  return {
    async pickUp({ call, user }) {
      const live = board.view.calls.get(call);
      if (live === undefined) return fail({ kind: 'not-found' });
      if (!board.view.directory.users.has(user))
        return fail({ kind: 'invalid', field: 'userId', why: 'is nobody of ours' });
      if (!canBePickedUp(board.view, live, user)) return notNow('it rings for nobody whose calls this person may take');
      if (waysOf(board.view, user).length === 0) return notNow('no phone of this person is registered');
      board.post({ from: 'api', type: 'pickup-asked', at: clock.now(), call, user });
      return succeed(undefined);
    },
    async mute(asked) {
      const found = connectedLeg(board, asked);
      if (!found.ok) return found;
      if (found.value.leg.isMuted === true) return notNow('it is muted already');
      board.post({ from: 'api', type: 'mute-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
    async unmute(asked) {
      const found = connectedLeg(board, asked);
      if (!found.ok) return found;
      if (found.value.leg.isMuted !== true) return notNow('it is not muted');
      board.post({ from: 'api', type: 'unmute-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
    async answer({ call, leg: id }) {
      const live = board.view.calls.get(call);
      if (live === undefined) return fail({ kind: 'not-found' });
      const leg = live.legs.get(id);
      if (leg === undefined) return fail({ kind: 'invalid', field: 'legId', why: 'is no leg of this call' });
      if (leg.state.in !== 'ringing') return notNow('its phone does not ring');
      if (!canAnswerWhenTold(leg)) return notNow('its phone has not said that it can be told to answer');
      board.post({ from: 'api', type: 'answer-asked', at: clock.now(), call, leg: id });
      return succeed(undefined);
    },
  };
}

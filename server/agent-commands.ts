/** What is asked of agents by REST: looked at against the router's view, so that a refusal has a reason, then posted. */
import { whyNotAgent } from '../call-router/features/agent-status';
import { fail, succeed } from '../call-router/values/result';
import type { Commands } from './api/commands';
import type { Clock } from './clock';
import type { Switchboard } from './switchboard';

export function agentCommands({ view, post }: Switchboard, clock: Clock): Pick<Commands, 'agent'> {
  return {
    async agent(asked) {
      const { user, queue, what } = asked;
      if (!view.directory.users.has(user)) return fail({ kind: 'not-found' });
      if (queue !== undefined && !view.directory.queues.has(queue))
        return fail({ kind: 'invalid', field: 'queueId', why: 'is no queue of ours' });
      if (whyNotAgent(view, asked) !== undefined)
        return fail({ kind: 'not-now', why: 'this person is a member of no such queue' });
      if (what !== 'log-in' && view.person(user).agentOf.length === 0)
        return fail({ kind: 'not-now', why: 'this person is not logged in to a queue' });
      post({ from: 'api', type: 'agent-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
  };
}

/** What a page or a program sets for a person: checked as a code would be, then posted like one. */
import { forwardProblem } from '../call-router/features/person-settings';
import type { Forwards } from '../call-router/state/person';
import { fail, succeed } from '../call-router/values/result';
import type { CommandProblem, Commands } from './api/commands';
import type { Clock } from './clock';
import type { Switchboard } from './switchboard';

const forwardNames = ['always', 'busy', 'noAnswer', 'unreachable'] as const satisfies readonly (keyof Forwards)[];

const words: Readonly<Record<NonNullable<ReturnType<typeof forwardProblem>>, string>> = {
  'number-unknown': 'leads nowhere',
  'not-allowed': 'may not be called from here',
  'not-available': 'needs a mailbox of this person',
  'own-number': 'is this person again',
};

export function personCommands(board: Switchboard, clock: Clock): Pick<Commands, 'setPerson' | 'liftBlock'> {
  return {
    async setPerson({ user, person }) {
      if (!board.view.directory.users.has(user)) return fail({ kind: 'not-found' });
      const before = board.view.person(user).forwards;
      for (const name of forwardNames) {
        const target = person.forwards[name];
        // What stands already may have become wrong since; it does not keep the rest from being saved.
        const isNew = target !== undefined && target !== before[name];
        const problem = isNew ? forwardProblem(board.view, { user, target, at: clock.now() }) : undefined;
        if (problem !== undefined) return fail(invalid(name, words[problem]));
      }
      const { noAnswerS = Math.round(board.view.limits.ringTimeoutMs / 1000) } = person;
      const whole = { ...person, noAnswerS };
      board.post({ from: 'api', type: 'person-asked', at: clock.now(), user, person: whole });
      return succeed(undefined);
    },
    async liftBlock({ user }) {
      if (board.view.person(user).block?.isLifted !== false) return fail({ kind: 'not-found' });
      board.post({ from: 'api', type: 'block-lift-asked', at: clock.now(), user });
      return succeed(undefined);
    },
  };
}

const invalid = (name: keyof Forwards, why: string): CommandProblem => ({
  kind: 'invalid',
  field: `forwards.${name}`,
  why,
});

/** How I stand, always in sight: do not disturb, forwarded, paused. A click leads to where it is set. */
import { Link } from 'react-router';
import type { Me } from '../../../server/api/messages';
import { useAgents, usePerson } from '../api/person';
import { useDesk } from '../api/desk';
import { useFeature } from '../api/me';
import { Icon } from '../parts/icon';
import { standingsOf } from './standing';

export function StandingChips({ me }: { readonly me: Me }) {
  const person = usePerson(me.id).data;
  const memberOf = useMemberOf(me.id);
  const forwards = useFeature('forwarding');
  if (person === undefined) return null;
  const seen = forwards ? person : { ...person, forwards: {} };
  return (
    <span className="chips">
      {standingsOf(seen, memberOf.length).map(({ key, icon, words, isWarning }) => (
        <Link key={key} to="/me" className={`chip ${isWarning ? 'chip-warning' : ''}`} title={words}>
          <Icon name={icon} />
          <span className="chip-words">{words}</span>
        </Link>
      ))}
    </span>
  );
}

/** The queues this person is a member of. */
export function useMemberOf(userId: string | undefined): readonly string[] {
  const hasQueues = (useDesk().data?.queues.length ?? 0) > 0;
  const agents = useAgents(hasQueues && userId !== undefined).data ?? [];
  return agents.find((agent) => agent.userId === userId)?.memberOfQueueIds ?? [];
}

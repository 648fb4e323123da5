/** In the person's menu: do not disturb, and for agents the pause. The rest is a click away. */
import { DropdownMenu } from 'radix-ui';
import { useNavigate } from 'react-router';
import { type PersonToSet, usePerson, useSetPerson, useTurnAgent } from '../api/person';
import { problemWords } from '../api/problem';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { notify } from './notices';
import { useMemberOf } from './standing-chips';

const refused = { onError: (error: unknown) => notify('failed', problemWords(error)) };

export function MyStandingMenu({ userId }: { readonly userId: string }) {
  const go = useNavigate();
  const person = usePerson(userId).data;
  const set = useSetPerson(userId);
  if (person === undefined) return null;
  const turn = (doNotDisturb: boolean) => set.mutate({ ...(person satisfies PersonToSet), doNotDisturb }, refused);
  return (
    <>
      <DropdownMenu.CheckboxItem className="menu-item" checked={person.doNotDisturb} onCheckedChange={turn}>
        <Icon name="silent" />
        {t('me.do-not-disturb')}
        <DropdownMenu.ItemIndicator className="menu-mark">
          <Icon name="check" />
        </DropdownMenu.ItemIndicator>
      </DropdownMenu.CheckboxItem>
      <AgentItems userId={userId} isIn={person.agentOf.length > 0} isPaused={person.pause !== undefined} />
      <DropdownMenu.Item className="menu-item" onSelect={() => void go('/me')}>
        <Icon name="forward" />
        {t('me.open')}
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="menu-line" />
    </>
  );
}

interface AgentItemsProps {
  readonly userId: string;
  readonly isIn: boolean;
  readonly isPaused: boolean;
}

function AgentItems({ userId, isIn, isPaused }: AgentItemsProps) {
  const memberOf = useMemberOf(userId);
  const agent = useTurnAgent();
  if (memberOf.length === 0) return null;
  const what = !isIn ? 'log-in' : isPaused ? 'resume' : 'pause';
  return (
    <DropdownMenu.Item className="menu-item" onSelect={() => agent.mutate({ userId, what }, refused)}>
      <Icon name="queues" />
      {t(`agent.${what}`)}
    </DropdownMenu.Item>
  );
}

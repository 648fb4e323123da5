/** Where one can go: a rail at the left, a bar at the bottom on a phone. */
import { NavLink, useNavigate } from 'react-router';
import type { Feature, Role } from '../../../server/api/messages';
import { useCards } from '../api/cards';
import { useDesk } from '../api/desk';
import { useFeatures } from '../api/me';
import { Icon, type IconName } from '../parts/icon';
import { type TextKey, t } from '../text/text';
import type { ShortcutId } from './shortcuts';
import { useShortcuts } from './use-shortcuts';

interface Place {
  readonly to: string;
  readonly key: ShortcutId;
  readonly icon: IconName;
  readonly name: TextKey;
  readonly count?: { readonly shown: string; readonly words: string } | undefined;
  /** Not for this person, or nothing of the kind is set up. */
  readonly isHidden?: boolean;
  readonly feature?: Feature;
}

export function Navigation({ role }: { readonly role: Role }) {
  const shown = usePlaces(role);
  const go = useNavigate();
  useShortcuts({
    ...Object.fromEntries(shown.map(({ key, to }) => [key, () => void go(to)])),
    'go-me': () => void go('/me'),
    ...(role === 'administrator' ? { 'go-alarms': () => void go('/alarms') } : {}),
    close: 'itself',
  });
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {shown.map((place) => (
        <NavLink key={place.to} to={place.to} className="nav-link">
          <Icon name={place.icon} />
          <span className="nav-name">{t(place.name)}</span>
          {place.count && <Count {...place.count} />}
        </NavLink>
      ))}
    </nav>
  );
}

/** What is not set up (queues, mailboxes) or switched off does not show. */
function usePlaces(role: Role): readonly Place[] {
  const newLeads = useCards('leads', { isNew: true });
  const desk = useDesk().data;
  const offered = useFeatures();
  const places: readonly Place[] = [
    {
      to: '/leads',
      key: 'go-leads',
      icon: 'leads',
      name: 'nav.leads',
      count: counted('leads.new-count', newLeads.rows.length, newLeads.query.hasNextPage),
    },
    { to: '/clients', key: 'go-clients', icon: 'clients', name: 'nav.clients' },
    { to: '/deals', key: 'go-deals', icon: 'deals', name: 'nav.deals', feature: 'deals' },
    {
      to: '/calls',
      key: 'go-calls',
      icon: 'calls',
      name: 'nav.calls',
      count: counted('calls.missed-open', desk?.missedCalls ?? 0),
    },
    {
      to: '/messages',
      key: 'go-messages',
      icon: 'voicemail',
      name: 'nav.messages',
      count: counted('messages.new-count', desk?.newMessages ?? 0),
      isHidden: (desk?.mailboxes.length ?? 0) === 0,
    },
    { to: '/queues', key: 'go-queues', icon: 'queues', name: 'nav.queues', isHidden: (desk?.queues.length ?? 0) === 0 },
    {
      to: '/reports',
      key: 'go-reports',
      icon: 'reports',
      name: 'nav.reports',
      feature: 'reports',
      isHidden: role === 'operator' && (desk?.headOf.length ?? 0) === 0,
    },
    { to: '/settings', key: 'go-settings', icon: 'settings', name: 'nav.settings', isHidden: role !== 'administrator' },
  ];
  return places.filter(({ isHidden, feature }) => !isHidden && (feature === undefined || offered.includes(feature)));
}

function Count({ shown, words }: NonNullable<Place['count']>) {
  return (
    <span className="badge" title={words}>
      {shown}
      <span className="visually-hidden"> {words}</span>
    </span>
  );
}

function counted(key: TextKey, count: number, hasMore = false): Place['count'] {
  return count === 0 ? undefined : { shown: hasMore ? `${count}+` : String(count), words: t(key, { count }) };
}

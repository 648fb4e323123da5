/** Where one can go: a rail at the left, a bar at the bottom on a phone. */
import { NavLink } from 'react-router';
import type { Role } from '../../../server/api/messages';
import { useCards } from '../api/cards';
import { Icon, type IconName } from '../parts/icon';
import { type TextKey, t } from '../text/text';

interface Place {
  readonly to: string;
  readonly icon: IconName;
  readonly name: TextKey;
  readonly only?: Role;
}

const places: readonly Place[] = [
  { to: '/leads', icon: 'leads', name: 'nav.leads' },
  { to: '/clients', icon: 'clients', name: 'nav.clients' },
  { to: '/deals', icon: 'deals', name: 'nav.deals' },
  { to: '/calls', icon: 'calls', name: 'nav.calls' },
  { to: '/settings', icon: 'settings', name: 'nav.settings', only: 'administrator' },
];

export function Navigation({ role }: { readonly role: Role }) {
  const newLeads = useCards('leads', { isNew: true });
  const count = newLeads.rows.length;
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {places
        .filter((place) => !place.only || place.only === role)
        .map((place) => (
          <NavLink key={place.to} to={place.to} className="nav-link">
            <Icon name={place.icon} />
            <span className="nav-name">{t(place.name)}</span>
            {place.to === '/leads' && count > 0 && (
              <span className="badge" title={t('leads.new-count', { count })}>
                {newLeads.query.hasNextPage ? `${count}+` : count}
                <span className="visually-hidden"> {t('leads.new-count', { count })}</span>
              </span>
            )}
          </NavLink>
        ))}
    </nav>
  );
}

/**
 * The way through the settings: all pages under their headings at the left, or, where that has no room, the groups as tabs
 * and the pages of the present one under them.
 */
import { useEffect, useRef } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { useFeatures } from '../../api/me';
import { useMedia } from '../../parts/use-media';
import { t } from '../../text/text';
import { type SettingsGroup, settingsGroups } from './places';

export function SettingsNav() {
  const hasRoom = useMedia('(min-width: 1000px)');
  return (
    <nav className="settings-nav" aria-label={t('settings.title')}>
      {hasRoom ? settingsGroups.map((group) => <Group key={group.name} group={group} />) : <Tabs />}
    </nav>
  );
}

function Group({ group }: { readonly group: SettingsGroup }) {
  return (
    <section className="settings-group">
      <h2>{t(group.name)}</h2>
      <Places group={group} className="settings-link" />
    </section>
  );
}

/** Without what is switched off. */
function Places({ group, className }: { readonly group: SettingsGroup; readonly className: string }) {
  const offered = useFeatures();
  const places = group.places.filter(({ feature }) => feature === undefined || offered.includes(feature));
  return places.map(({ to, name }) => (
    <NavLink key={to} to={`/settings/${to}`} className={className}>
      {t(name)}
    </NavLink>
  ));
}

function Tabs() {
  const { pathname } = useLocation();
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const tab of tabs.current?.querySelectorAll('.tab.active') ?? []) {
      tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }, [pathname]);
  const present = settingsGroups.find(({ places }) =>
    places.some(({ to }) => `${pathname}/`.startsWith(`/settings/${to}/`)),
  );
  return (
    <div ref={tabs}>
      <div className="tabs settings-tabs">
        {settingsGroups.map((group) => (
          <Link
            key={group.name}
            to={`/settings/${group.places[0]?.to ?? ''}`}
            className={`tab ${group === present ? 'active' : ''}`}
            aria-current={group === present ? 'true' : undefined}
          >
            {t(group.name)}
          </Link>
        ))}
      </div>
      {present && (
        <div className="tabs settings-pages">
          <Places group={present} className="tab" />
        </div>
      )}
    </div>
  );
}

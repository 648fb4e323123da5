/** The administrator's settings, one page for each thing that is set. */
import { lazy } from 'react';
import { Navigate, NavLink, Route, Routes } from 'react-router';
import { type TextKey, t } from '../../text/text';

const People = lazy(() => import('./people'));
const Person = lazy(() => import('./person'));
const Trunks = lazy(() => import('./trunks'));
const Numbers = lazy(() => import('./numbers'));
const Lists = lazy(() => import('./lists'));
const NeverRecord = lazy(() => import('./never-record'));
const LogInRanges = lazy(() => import('./log-in-ranges'));

const places: readonly { readonly to: string; readonly name: TextKey }[] = [
  { to: 'people', name: 'settings.people' },
  { to: 'trunks', name: 'settings.trunks' },
  { to: 'numbers', name: 'settings.numbers' },
  { to: 'lists', name: 'settings.lists' },
  { to: 'never-record', name: 'settings.never-record' },
  { to: 'log-in', name: 'settings.log-in' },
];

export default function Settings() {
  return (
    <div className="settings">
      <nav className="tabs" aria-label={t('settings.title')}>
        {places.map((place) => (
          <NavLink key={place.to} to={`/settings/${place.to}`} className="tab">
            {t(place.name)}
          </NavLink>
        ))}
      </nav>
      <div className="settings-page">
        <Routes>
          <Route index element={<Navigate to="people" replace />} />
          <Route path="people" element={<People />} />
          <Route path="people/:id" element={<Person />} />
          <Route path="trunks" element={<Trunks />} />
          <Route path="numbers" element={<Numbers />} />
          <Route path="lists" element={<Lists />} />
          <Route path="never-record" element={<NeverRecord />} />
          <Route path="log-in" element={<LogInRanges />} />
        </Routes>
      </div>
    </div>
  );
}

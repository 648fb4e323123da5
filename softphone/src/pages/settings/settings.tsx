/** The administrator's settings, one page for each thing that is set, each loaded when it is first opened. */
import { type ComponentType, lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import '../../styles/settings.css';
import { useFeatures } from '../../api/me';
import type { Feature } from '../../../../server/api/messages';
import { Empty, Loading } from '../../parts/states';
import { t } from '../../text/text';
import { settingsGroups } from './places';
import { SettingsNav } from './settings-nav';

type Loaded = () => Promise<{ readonly default: ComponentType }>;

const pages: Readonly<Record<string, Loaded>> = {
  people: () => import('./people'),
  'people/:id': () => import('./person'),
  groups: () => import('./groups'),
  trunks: () => import('./trunks'),
  numbers: () => import('./numbers'),
  hours: () => import('./hours/calendars'),
  'hours/:id': () => import('./hours/calendar'),
  routes: () => import('./routes/plans'),
  'routes/:id': () => import('./routes/plan'),
  queues: () => import('./queues/queues'),
  'queues/:id': () => import('./queues/queue'),
  mailboxes: () => import('./mailboxes'),
  rooms: () => import('./rooms'),
  sounds: () => import('./sounds/sounds'),
  codes: () => import('./codes/codes'),
  'calling-out': () => import('./rules/outgoing'),
  'fraud-guard': () => import('./fraud-guard'),
  recording: () => import('./rules/recording'),
  'new-leads': () => import('./rules/new-leads'),
  office: () => import('./office'),
  features: () => import('./features'),
  mail: () => import('./mail'),
  lists: () => import('./lists'),
  'never-record': () => import('./never-record'),
  'log-in': () => import('./log-in-ranges'),
};

const places = settingsGroups.flatMap((group) => group.places);
const featureOf = (path: string): Feature | undefined => places.find(({ to }) => to === path.split('/')[0])?.feature;
const routes = Object.entries(pages).map(([path, load]) => ({ path, Page: lazy(load), feature: featureOf(path) }));

export default function Settings() {
  const offered = useFeatures();
  const shown = routes.filter(({ feature }) => feature === undefined || offered.includes(feature));
  return (
    <div className="settings">
      <SettingsNav />
      <div className="settings-page">
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route index element={<Navigate to="people" replace />} />
            {shown.map(({ path, Page }) => (
              <Route key={path} path={path} element={<Page />} />
            ))}
            <Route path="*" element={<Empty title={t('state.no-page')}>{t('state.no-page-why')}</Empty>} />
          </Routes>
        </Suspense>
      </div>
    </div>
  );
}

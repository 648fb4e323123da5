/** What the window shows: log-in, a forced password change, or the shell with its pages (each loaded when first needed). */
import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { useMe } from './api/me';
import { ConnectionBanner } from './frame/connection-banner';
import { Notices } from './frame/notices';
import { Shell } from './frame/shell';
import { Home } from './pages/home';
import { type LatePage, latePage } from './pages/late-page';
import { LogIn } from './pages/log-in';
import { Empty, Failed, Loading } from './parts/states';
import { useNumberFormats } from './text/number-formats';
import { usePreferencesOf, useSpoken } from './text/preferences';
import { t } from './text/text';

const Leads = latePage(() => import('./pages/leads'));
const Clients = latePage(() => import('./pages/clients'));
const Deals = latePage(() => import('./pages/deals'));
const Calls = latePage(() => import('./pages/calls'));
const CallPage = latePage(() => import('./pages/call'));
const ContactCard = latePage(() => import('./cards/contact-card'));
const CompanyCard = latePage(() => import('./cards/company-card'));
const LeadCard = latePage(() => import('./cards/lead-card'));
const DealCard = latePage(() => import('./cards/deal-card'));
const Messages = latePage(() => import('./pages/messages'));
const Queues = latePage(() => import('./pages/queues'));
const Reports = latePage(() => import('./pages/reports'));
const Alarms = latePage(() => import('./pages/alarms'));
const MyCalls = latePage(() => import('./pages/me'));
const Headset = latePage(() => import('./pages/headset'));
const Password = lazy(() => import('./pages/password'));
const Welcome = lazy(() => import('./pages/welcome'));
const FirstStart = latePage(() => import('./pages/first-start/first-start'));
const Settings = latePage(() => import('./pages/settings/settings'));

/** Where people begin, by the first part of the path. */
const firstPages: Readonly<Record<string, LatePage>> = {
  ...{ '': Leads, leads: Leads, clients: Clients, contacts: ContactCard, deals: Deals, calls: Calls },
  ...{ messages: Messages, queues: Queues, me: MyCalls, settings: Settings },
};

/** Fetches the code of the page that will most likely be shown at this path, while who asks is still being found out. */
export async function fetchFirstPage(path: string): Promise<void> {
  await firstPages[path.split('/')[1] ?? '']?.fetch();
}

export function Desk() {
  useNumberFormats();
  useSpoken();
  usePreferencesOf(useMe().data ?? undefined);
  return (
    <>
      <ConnectionBanner />
      <Suspense fallback={<Loading />}>
        <Pages />
      </Suspense>
      <Notices />
    </>
  );
}

function Pages() {
  const me = useMe();
  const { pathname } = useLocation();
  if (pathname === '/welcome') return <Welcome />;
  if (me.isPending) return <Loading />;
  if (me.data === undefined) return <Failed error={me.error} retry={() => void me.refetch()} />;
  if (me.data === null) return <LogIn />;
  if (me.data.mustChangePassword) return <Password isForced />;
  const { features } = me.data;
  return (
    <Routes>
      <Route element={<Shell me={me.data} />}>
        <Route index element={<Home me={me.data} />} />
        {me.data.role === 'administrator' && <Route path="first-start" element={<FirstStart />} />}
        <Route path="leads" element={<Leads />} />
        <Route path="leads/:id" element={<LeadCard />} />
        <Route path="clients" element={<Clients />} />
        <Route path="contacts/:id" element={<ContactCard />} />
        <Route path="companies/:id" element={<CompanyCard />} />
        {features.includes('deals') && <Route path="deals" element={<Deals />} />}
        {features.includes('deals') && <Route path="deals/:id" element={<DealCard />} />}
        <Route path="calls" element={<Calls />} />
        <Route path="calls/:id" element={<CallPage />} />
        <Route path="messages" element={<Messages />} />
        <Route path="queues" element={<Queues />} />
        <Route path="headset" element={<Headset />} />
        <Route path="me" element={<MyCalls />} />
        {features.includes('reports') && <Route path="reports" element={<Reports />} />}
        {me.data.role === 'administrator' && <Route path="alarms" element={<Alarms />} />}
        <Route path="password" element={<Password />} />
        {me.data.role === 'administrator' && <Route path="settings/*" element={<Settings />} />}
        <Route path="*" element={<Empty title={t('state.no-page')}>{t('state.no-page-why')}</Empty>} />
      </Route>
    </Routes>
  );
}

/**
 * The one window: navigation at the left, search and the person at the top, the page in the middle. A grid with a named
 * area for the phone at the right, which takes its room only when it is there.
 */
import { Suspense, useEffect } from 'react';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import type { Me } from '../../../server/api/messages';
import { useAnswerFromNotice } from '../away/answer-from-notice';
import { renewPush, watchNoticeClicks } from '../away/push';
import { useDeskNews } from '../api/desk-news';
import { PhoneButton } from '../panel/phone-button';
import { PhonePanel } from '../panel/phone-panel';
import { phone } from '../phone/phone';
import { Loading } from '../parts/states';
import { t } from '../text/text';
import { Bell } from './bell';
import { HelpButton } from './help-button';
import { Navigation } from './navigation';
import { PageGuard } from './page-guard';
import { PersonMenu } from './person-menu';
import { SearchBox } from './search-box';
import { StandingChips } from './standing-chips';
import { listenToKeys } from './use-shortcuts';

/** A click on a notice of the browser leads there; and what this browser is told goes to who is logged in now. */
function useNoticesWhileClosed(): void {
  const go = useNavigate();
  useEffect(() => watchNoticeClicks((path) => void go(path)), [go]);
  useEffect(() => void renewPush().catch((error: unknown) => reportError(error)), []);
}

export function Shell({ me }: { readonly me: Me }) {
  const place = useLocation().pathname;
  useEffect(listenToKeys, []);
  useNoticesWhileClosed();
  useAnswerFromNotice();
  useDeskNews();
  useEffect(() => {
    phone.start();
    return () => phone.loggedOut();
  }, []);
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t('nav.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand" aria-label={t('nav.home')}>
          <img src="/icon.svg" alt="" width="22" height="22" />
          <span className="brand-name">Trunkline</span>
        </Link>
        <SearchBox />
        <div className="top-end">
          <StandingChips me={me} />
          {me.id !== undefined && <PhoneButton />}
          <HelpButton />
          <Bell me={me} />
          <PersonMenu me={me} />
        </div>
      </header>
      <Navigation role={me.role} />
      <main className="page" id="page" tabIndex={-1}>
        <PageGuard place={place}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </PageGuard>
      </main>
      <PhonePanel me={me} />
    </div>
  );
}

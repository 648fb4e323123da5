/** Starts the page in the browser. */
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { meQuery } from './api/me';
import { makeQueryClient } from './api/query-client';
import { startServiceWorker } from './away/push';
import { Desk, fetchFirstPage } from './desk';
import { applyTheme } from './frame/theme';
import { beginSpeaking } from './text/preferences';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/frame.css';
import './styles/list.css';
import './styles/cards.css';
import './styles/player.css';
import './styles/desk.css';
import './styles/phone.css';

applyTheme();
// Without it (plain HTTP on a network address) the page works, and is not told of anything while it is closed.
startServiceWorker().catch((error: unknown) => reportError(error));
const place = document.getElementById('desk');
if (place) {
  const queries = makeQueryClient();
  // Side by side; what fails here is asked for again by the page, which says so.
  void queries.prefetchQuery(meQuery);
  await Promise.all([beginSpeaking(), fetchFirstPage(location.pathname).catch(() => undefined)]);
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <Desk />
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
}

import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import i18next from 'i18next';

import '@/app/mantine.css';
import '@/app/tokens.css';

import { createApi } from '@/api/client';
import { ConfigContext } from '@/app/config-context';
import { Providers } from '@/app/Providers';
import { newQueryClient } from '@/app/query-client';
import { newRouter } from '@/app/router';
import { mayHaveSession, rememberSession, watchOtherTabs } from '@/app/session-memory';
import { showStartFailure } from '@/app/start-failure';
import { loadRuntimeConfig } from '@/lib/config';
import { startI18n } from '@/lib/i18n/i18n';

const RELOADED_KEY = 'tarun-reloaded';

// A tab left open over a deployment asks for a file that is gone: the new page knows the new names. Once only, so
// that a file that is really missing does not reload for ever.
window.addEventListener('vite:preloadError', (event) => {
  // Without a network the file is not gone, only out of reach: a reload would lose the page too.
  if (!navigator.onLine || sessionStorage.getItem(RELOADED_KEY) !== null) return;
  sessionStorage.setItem(RELOADED_KEY, '1');
  event.preventDefault();
  location.reload();
});

async function start(root: HTMLElement): Promise<void> {
  // The texts are waited for even when the settings fail: the failure is told in words.
  const texts = startI18n();
  const config = await loadRuntimeConfig().finally(() => texts);
  const api = createApi(config.apiBase);
  const queryClient = newQueryClient();
  if (mayHaveSession()) {
    // A failure here is met again, and shown, by the first page that needs the session.
    await api.session.refresh().then(
      (session) => session === null && rememberSession(false),
      () => undefined,
    );
  }
  api.session.subscribe(() => rememberSession(api.session.state.session !== null));
  watchOtherTabs(() => api.session.end('logged_out'));
  const router = newRouter({ api, queryClient });
  createRoot(root).render(
    <StrictMode>
      <ConfigContext.Provider value={config}>
        <Providers api={api} queryClient={queryClient}>
          <RouterProvider router={router} />
        </Providers>
      </ConfigContext.Provider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');
try {
  await start(root);
} catch {
  showStartFailure(root, i18next.t);
}

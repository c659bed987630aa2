import { createFileRoute, redirect, useRouter } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { LogInPage } from '@/features/session/LogInPage';

interface LogInSearch {
  /** Where to go afterwards; a path of this site, never another site. */
  readonly to?: string;
  readonly reason?: 'expired' | 'logged_out';
}

export const Route = createFileRoute('/login')({
  validateSearch: (search: Record<string, unknown>): LogInSearch => ({
    ...(typeof search.to === 'string' && /^\/[^/\\]/.test(search.to) ? { to: search.to } : {}),
    ...(search.reason === 'expired' || search.reason === 'logged_out' ? { reason: search.reason } : {}),
  }),
  beforeLoad: ({ context, search }) => {
    if (context.api.session.state.session !== null) throw redirect({ href: search.to ?? '/inbox', replace: true });
  },
  loader: () => i18next.loadNamespaces('session'),
  component: LogInRoute,
});

function LogInRoute(): ReactNode {
  const router = useRouter();
  const { to, reason } = Route.useSearch();
  return <LogInPage reason={reason ?? null} onLoggedIn={() => router.history.replace(to ?? '/inbox')} />;
}

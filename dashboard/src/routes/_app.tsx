import { createFileRoute, Outlet, redirect, useMatch, useNavigate, useRouter } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect, type ReactNode } from 'react';

import { useApi, useSessionState } from '@/api/context';
import { useConfig } from '@/app/config-context';
import { LiveConnection } from '@/app/LiveConnection';
import { mayHaveSession } from '@/app/session-memory';
import { Shell } from '@/app/Shell';
import { InboxProvider } from '@/features/inbox/InboxProvider';
import { useLogOut } from '@/features/session/use-log-out';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const { session } = context.api;
    if (session.state.session !== null) return;
    // Throws without a network, and the page then says so: that is not a reason to ask for the password.
    if (mayHaveSession() && (await session.refresh()) !== null) return;
    throw redirect({ to: '/login', search: { to: location.href }, replace: true });
  },
  loader: () => i18next.loadNamespaces('inbox'),
  component: AppLayout,
});

function AppLayout(): ReactNode {
  const api = useApi();
  const state = useSessionState();
  const { websocketUrl, stage } = useConfig();
  const logOut = useLogOut(api);
  const conversation = useMatch({ from: '/_app/inbox/$conversationId', shouldThrow: false });
  useLeaveWithoutSession();
  if (state.session === null) return null;
  return (
    <LiveConnection websocketUrl={websocketUrl}>
      <InboxProvider user={state.session.user.id}>
        <Shell session={state.session} stage={stage} immersive={conversation !== undefined} onLogOut={logOut}>
          <Outlet />
        </Shell>
      </InboxProvider>
    </LiveConnection>
  );
}

/** Goes to the log-in form when the session ends, and forgets what was read under it. */
function useLeaveWithoutSession(): void {
  const state = useSessionState();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const reason = state.session === null ? state.reason : null;
  useEffect(() => {
    if (reason === null) return;
    queryClient.clear();
    // Read here and not followed: it changes on the way to the form, which must not lead back to itself.
    const { href } = router.state.location;
    const search = reason === 'expired' ? ({ to: href, reason } as const) : reason === 'logged_out' ? ({ reason } as const) : {};
    void navigate({ to: '/login', search, replace: true });
  }, [reason, router, queryClient, navigate]);
}

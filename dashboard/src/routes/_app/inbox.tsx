import { createFileRoute, Outlet, useMatch, useNavigate } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';

import { InboxLayout } from '@/features/inbox/components/InboxLayout';
import { statusOf, type ConversationStatus } from '@/features/inbox/model';

export const Route = createFileRoute('/_app/inbox')({
  validateSearch: (search: Record<string, unknown>): { status?: ConversationStatus } => {
    const status = statusOf(search.status);
    return status === 'open' ? {} : { status };
  },
  component: InboxRoute,
});

function InboxRoute(): ReactNode {
  const { status } = Route.useSearch();
  const navigate = useNavigate();
  const match = useMatch({ from: '/_app/inbox/$conversationId', shouldThrow: false });
  const open = useCallback(
    (conversationId: string) => void navigate({ to: '/inbox/$conversationId', params: { conversationId }, search: true }),
    [navigate],
  );
  const filter = useCallback(
    (next: ConversationStatus) => void navigate({ to: '/inbox', search: next === 'open' ? {} : { status: next } }),
    [navigate],
  );
  return (
    <InboxLayout status={status ?? 'open'} selected={match?.params.conversationId ?? null} onOpen={open} onFilter={filter}>
      <Outlet />
    </InboxLayout>
  );
}

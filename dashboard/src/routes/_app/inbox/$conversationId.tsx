import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useCallback, type ReactNode } from 'react';

import { ConversationPane } from '@/features/inbox/components/ConversationPane';

export const Route = createFileRoute('/_app/inbox/$conversationId')({ component: ConversationRoute });

function ConversationRoute(): ReactNode {
  const { conversationId } = Route.useParams();
  const navigate = useNavigate();
  const close = useCallback(() => void navigate({ to: '/inbox', search: true }), [navigate]);
  // The key: another conversation starts with its own scroll position, draft and panel.
  return <ConversationPane key={conversationId} id={conversationId} onClose={close} />;
}

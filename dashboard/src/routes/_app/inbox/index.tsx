import { createFileRoute } from '@tanstack/react-router';

import { ChooseConversation } from '@/features/inbox/components/ChooseConversation';

export const Route = createFileRoute('/_app/inbox/')({ component: ChooseConversation });

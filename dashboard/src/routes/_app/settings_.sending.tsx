import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { useSession } from '@/api/context';
import { SendingRulesPage } from '@/features/settings/sending/SendingRulesPage';

export const Route = createFileRoute('/_app/settings_/sending')({
  loader: () => i18next.loadNamespaces('settings/sending'),
  component: SendingRoute,
});

function SendingRoute(): ReactNode {
  const role = useSession()?.user.role;
  return <SendingRulesPage manages={role === 'owner' || role === 'admin'} />;
}

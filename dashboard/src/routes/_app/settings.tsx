import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { useSession } from '@/api/context';
import { SettingsPage } from '@/features/settings/SettingsPage';

export const Route = createFileRoute('/_app/settings')({
  loader: () => i18next.loadNamespaces('settings'),
  component: SettingsRoute,
});

function SettingsRoute(): ReactNode {
  const session = useSession();
  return session === null ? null : <SettingsPage session={session} />;
}

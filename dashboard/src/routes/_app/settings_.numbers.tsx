import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';

import { NumbersPage } from '@/features/numbers/components/NumbersPage';

export const Route = createFileRoute('/_app/settings_/numbers')({
  loader: () => i18next.loadNamespaces('numbers'),
  component: NumbersPage,
});

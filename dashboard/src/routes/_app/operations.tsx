import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';

import { OperationsPage } from '@/features/operations/OperationsPage';

export const Route = createFileRoute('/_app/operations')({
  loader: () => i18next.loadNamespaces('operations'),
  component: OperationsPage,
});

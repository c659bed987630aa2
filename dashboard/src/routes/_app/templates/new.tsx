import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { NewTemplatePage } from '@/features/templates/EditorPage';

export const Route = createFileRoute('/_app/templates/new')({
  validateSearch: ({ number }: Record<string, unknown>): { number: string } => ({ number: String(number ?? '') }),
  loader: () => i18next.loadNamespaces('templates'),
  component: NewTemplateRoute,
});

function NewTemplateRoute(): ReactNode {
  return <NewTemplatePage number={Route.useSearch().number} />;
}

import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { EditTemplatePage } from '@/features/templates/EditorPage';

export const Route = createFileRoute('/_app/templates/$name/$language/edit')({
  validateSearch: ({ number }: Record<string, unknown>): { number: string } => ({ number: String(number ?? '') }),
  loader: () => i18next.loadNamespaces('templates'),
  component: TemplateRoute,
});

function TemplateRoute(): ReactNode {
  const { name, language } = Route.useParams();
  const { number } = Route.useSearch();
  return <EditTemplatePage which={{ number, name, language }} />;
}

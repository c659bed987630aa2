import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { TemplatePage } from '@/features/templates/TemplatePage';

export const Route = createFileRoute('/_app/templates/$name/$language/')({
  validateSearch: ({ number }: Record<string, unknown>): { number: string } => ({ number: String(number ?? '') }),
  loader: () => i18next.loadNamespaces('templates'),
  component: TemplateRoute,
});

function TemplateRoute(): ReactNode {
  const { name, language } = Route.useParams();
  const { number } = Route.useSearch();
  return <TemplatePage which={{ number, name, language }} />;
}

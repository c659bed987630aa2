import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';

import { TemplatesPage } from '@/features/templates/TemplatesPage';

export const Route = createFileRoute('/_app/templates/')({
  validateSearch: ({ number }: Record<string, unknown>): { number?: string } => (typeof number === 'string' || typeof number === 'number' ? { number: String(number) } : {}),
  loader: () => i18next.loadNamespaces('templates'),
  component: TemplatesRoute,
});

function TemplatesRoute(): ReactNode {
  const { number } = Route.useSearch();
  const navigate = Route.useNavigate();
  return <TemplatesPage number={number ?? null} onNumber={(chosen) => void navigate({ search: { number: chosen } })} />;
}

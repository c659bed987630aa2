import { Button } from '@mantine/core';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';

/** A route that could not be shown. */
export function RouteError({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return <main style={{ height: '100%' }}><ErrorState error={error} onRetry={retry} /></main>;
}

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { t } = useTranslation('common');
  const action = <Button component={Link} to="/inbox">{t('notFound.action')}</Button>;
  return <main style={{ height: '100%' }}><EmptyState icon="help" title={t('notFound.title')} body="" action={action} /></main>;
}

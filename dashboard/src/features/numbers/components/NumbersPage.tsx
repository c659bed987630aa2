import { Button, Modal, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';
import { OfflineNote } from '@/components/OfflineNote';

import { numbersQuery } from '../api';
import { ConnectForm } from './ConnectForm';
import { NumberCard } from './NumberCard';
import classes from './NumbersPage.module.css';

/** The numbers of the business: what state each is in, what is wrong with it, and how one is connected. */
export function NumbersPage(): ReactNode {
  const { t } = useTranslation('numbers');
  const [connecting, form] = useDisclosure(false);
  return (
    <div className={classes.page}>
      <Link to="/settings" className={classes.back}><Icon name="back" size={18} />{t('back')}</Link>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('title')}</h1>
        <Button onClick={form.open}>{t('connect.open')}</Button>
      </header>
      <NumberList onConnect={form.open} />
      <Modal opened={connecting} onClose={form.close} title={t('connect.title')} closeButtonProps={{ 'aria-label': t('close') }} size="lg">
        <ConnectForm onDone={form.close} />
      </Modal>
    </div>
  );
}

function NumberList({ onConnect }: { readonly onConnect: () => void }): ReactNode {
  const { t } = useTranslation('numbers');
  const query = useQuery(numbersQuery(useApi()));
  if (query.data === undefined) {
    if (query.isError || query.fetchStatus === 'paused') {
      return <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
    }
    return (
      <div role="status" aria-label={t('loading')} className={classes.list}>
        <Skeleton height={180} radius="lg" />
        <Skeleton height={180} radius="lg" />
      </div>
    );
  }
  if (query.data.length === 0) {
    const action = <Button variant="default" onClick={onConnect}>{t('connect.open')}</Button>;
    return <EmptyState icon="phone" title={t('empty.title')} body={t('empty.body')} action={action} />;
  }
  return (
    <>
      <OfflineNote loadedAt={query.dataUpdatedAt} />
      <ul className={classes.list}>
        {query.data.map((number) => <li key={number.id}><NumberCard number={number} /></li>)}
      </ul>
    </>
  );
}

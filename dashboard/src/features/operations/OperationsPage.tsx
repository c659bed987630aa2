import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { RelativeTime } from '@/components/RelativeTime';

import { deadLettersQuery, decide, keys, type DeadLetter } from './api';
import { Decide } from './Decide';
import classes from './OperationsPage.module.css';
import { ParkedEvents } from './ParkedEvents';

/** What the queues of the business have given up, and what becomes of it. */
export function OperationsPage(): ReactNode {
  const { t } = useTranslation(['operations', 'common']);
  const query = useInfiniteQuery(deadLettersQuery(useApi()));
  const pages = query.data?.pages ?? [];
  const letters = pages.flatMap((page) => page.items);
  const queues = pages[0]?.queues ?? [];
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('title')}</h1>
      <p className={classes.about}>{t('about')}</p>
      {queues.length > 0 && (
        <ul className={classes.queues} aria-label={t('queues')}>
          {queues.map(({ queue, waiting }) => <li key={queue}>{t('queueCount', { queue, count: waiting })}</li>)}
        </ul>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isRefetching} />}
      {query.isSuccess && letters.length === 0 && <EmptyState icon="tick" title={t('emptyTitle')} body={t('emptyBody')} />}
      {letters.length > 0 && (
        <ul className={classes.letters} aria-label={t('title')}>
          {letters.map((letter) => <Letter key={letter.id} letter={letter} />)}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>
      )}
      <ParkedEvents />
    </div>
  );
}

function Letter({ letter }: { readonly letter: DeadLetter }): ReactNode {
  const { t } = useTranslation('operations');
  return (
    <li className={classes.letter}>
      <div className={classes.what}>
        <strong>{t(`kind.${letter.kind}`, { defaultValue: t('kind.unknown') })}</strong>
        <span className={classes.fact}>{t('queue', { queue: letter.queue })}</span>
        {letter.summary !== '' && <span className={classes.fact}>{letter.summary}</span>}
        <span className={classes.fact}><RelativeTime at={letter.at} /></span>
      </div>
      {letter.fate === 'waiting' ? <Decide id={letter.id} decide={decide} shown={keys.deadLetters} /> : <span className={classes.fate}>{t(`fate.${letter.fate}`)}</span>}
    </li>
  );
}

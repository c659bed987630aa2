import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { ErrorState } from '@/components/ErrorState';
import { RelativeTime } from '@/components/RelativeTime';

import { decideParked, keys, parkedEventsQuery, type ParkedEvent } from './api';
import { Decide } from './Decide';
import classes from './OperationsPage.module.css';

/** What WhatsApp told and nothing here handles yet: kept until it is. */
export function ParkedEvents(): ReactNode {
  const { t } = useTranslation('operations');
  const query = useInfiniteQuery(parkedEventsQuery(useApi()));
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h2 className={classes.title}>{t('parked.title')}</h2>
      <p className={classes.about}>{t('parked.about')}</p>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isRefetching} />}
      {query.isSuccess && events.length === 0 && <p className={classes.about}>{t('parked.empty')}</p>}
      {events.length > 0 && (
        <ul className={classes.letters} aria-label={t('parked.title')}>
          {events.map((event) => <Event key={event.id} event={event} />)}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>
      )}
    </>
  );
}

function Event({ event }: { readonly event: ParkedEvent }): ReactNode {
  const { t } = useTranslation('operations');
  return (
    <li className={classes.letter}>
      <div className={classes.what}>
        <strong>{t('parked.event', { kind: event.kind })}</strong>
        <span className={classes.fact}>{t('parked.of', { about: event.about })}</span>
        <span className={classes.fact}>{t('parked.bytes', { count: event.bytes })}</span>
        <span className={classes.fact}><RelativeTime at={event.at} /></span>
      </div>
      {event.fate === 'waiting'
        ? <Decide id={event.id} decide={decideParked} shown={keys.parkedEvents} />
        : <span className={classes.fate}>{t(event.fate === 'applied' ? 'parked.applied' : 'fate.discarded')}</span>}
    </li>
  );
}

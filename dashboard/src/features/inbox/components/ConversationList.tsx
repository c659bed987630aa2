import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@mantine/core';

import { useApi } from '@/api/context';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { OfflineNote } from '@/components/OfflineNote';

import { conversationsQuery } from '../api';
import type { ConversationStatus } from '../model';
import classes from './ConversationList.module.css';
import { ConversationRows } from './ConversationRows';
import { ListSkeleton } from './Skeletons';

interface Props {
  readonly status: ConversationStatus;
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  readonly onFilter: (status: ConversationStatus) => void;
}

/** The conversations of a status, in whichever state their reading is. */
export function ConversationList({ status, selected, onOpen, onFilter }: Props): ReactNode {
  const { t } = useTranslation(['inbox', 'common']);
  const query = useInfiniteQuery(conversationsQuery(useApi(), status));
  const conversations = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);

  if (query.data === undefined) {
    if (query.isError || query.fetchStatus === 'paused') {
      return <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
    }
    return <ListSkeleton />;
  }
  return (
    <>
      <OfflineNote loadedAt={query.dataUpdatedAt} />
      {conversations.length === 0 ? (
        <EmptyState
          icon="inbox" title={t(`empty.${status}Title`)} body={t(`empty.${status}Body`)}
          action={status !== 'open' && <Button variant="default" onClick={() => onFilter('open')}>{t('empty.showOpen')}</Button>}
        />
      ) : (
        <ConversationRows
          conversations={conversations} selected={selected} onOpen={onOpen} hasMore={query.hasNextPage}
          mayLoadMore={query.hasNextPage && !query.isFetching && !query.isFetchNextPageError} onLoadMore={query.fetchNextPage}
        />
      )}
      {query.isFetchingNextPage && <p className={classes.foot} role="status">{t('list.loadingMore')}</p>}
      {query.isFetchNextPageError && !query.isFetchingNextPage && (
        <p className={classes.foot} role="alert">
          {t('list.moreFailed')}{' '}
          <Button size="compact-sm" variant="default" onClick={() => void query.fetchNextPage()}>{t('common:state.retry')}</Button>
        </p>
      )}
    </>
  );
}

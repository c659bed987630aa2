import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { OfflineNote } from '@/components/OfflineNote';

import { messagesQuery } from '../api';
import { usePendingReplies } from '../context';
import { useReadMark } from '../hooks/use-read-mark';
import type { Conversation } from '../model';
import { threadRows } from '../rows';
import { ThreadSkeleton } from './Skeletons';
import classes from './Thread.module.css';
import { ThreadRows } from './ThreadRows';

/** The messages of a conversation, in whichever state their reading is. */
export function Thread({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { t } = useTranslation(['inbox', 'common']);
  const query = useInfiniteQuery(messagesQuery(useApi(), conversation.id));
  const pending = usePendingReplies(conversation.id);
  const [newestInSight, setNewestInSight] = useState(false);
  const pages = query.data?.pages;
  const rows = useMemo(() => threadRows(pages ?? [], pending), [pages, pending]);
  useReadMark(conversation, pages?.[0]?.items ?? [], newestInSight);

  if (pages === undefined) {
    if (query.isError || query.fetchStatus === 'paused') {
      return <div className={classes.thread}><ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isRefetching} /></div>;
    }
    return <ThreadSkeleton />;
  }
  return (
    <div className={classes.thread}>
      <OfflineNote loadedAt={query.dataUpdatedAt} />
      {rows.length === 0 ? (
        <EmptyState icon="inbox" title={t('thread.emptyTitle')} body={t('thread.emptyBody')} />
      ) : (
        <ThreadRows
          rows={rows} conversation={conversation} mayLoadOlder={query.hasNextPage && !query.isFetching && !query.isFetchNextPageError}
          onLoadOlder={query.fetchNextPage} onNewestInSight={setNewestInSight}
        />
      )}
      {query.isFetchingNextPage && <p className={classes.older} role="status">{t('thread.older')}</p>}
      {query.isFetchNextPageError && !query.isFetchingNextPage && (
        <p className={classes.older} role="alert">
          {t('thread.olderFailed')}{' '}
          <Button size="compact-sm" variant="default" onClick={() => void query.fetchNextPage()}>{t('common:state.retry')}</Button>
        </p>
      )}
    </div>
  );
}

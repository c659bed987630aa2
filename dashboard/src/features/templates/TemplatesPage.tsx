import { Button, Loader, NativeSelect, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi, useSession } from '@/api/context';
import { ButtonLink } from '@/components/ButtonLink';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { OfflineNote } from '@/components/OfflineNote';
import { clockTime } from '@/lib/time';
import { showToast } from '@/lib/toast';

import { keys, numbersQuery, syncTemplates, templatesQuery, type Filter } from './api';
import { Chips } from './components/Chips';
import { CATEGORIES, STATUSES, type Template } from './model';
import classes from './Templates.module.css';

interface Props {
  readonly number: string | null;
  readonly onNumber: (number: string) => void;
}

/** The templates of an account, with where each stands at WhatsApp. */
export function TemplatesPage({ number, onNumber }: Props): ReactNode {
  const { t } = useTranslation('templates');
  const numbers = useQuery(numbersQuery(useApi()));
  const manages = useSession()?.user.role !== 'agent';
  const chosen = number ?? numbers.data?.[0]?.id ?? null;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('title')}</h1>
        {chosen !== null && (
          <div className={classes.actions}>
            <Refresh number={chosen} />
            {manages && <ButtonLink to="/templates/new" search={{ number: chosen }}>{t('new')}</ButtonLink>}
          </div>
        )}
      </header>
      {numbers.isError && <ErrorState error={numbers.error} onRetry={() => void numbers.refetch()} retrying={numbers.isFetching} />}
      {numbers.isPending && <Rows />}
      {numbers.data !== undefined && chosen === null && <EmptyState icon="list" title={t('noNumber')} body={t('noNumberHint')} />}
      {chosen !== null && numbers.data !== undefined && (
        <List
          number={chosen}
          chooser={numbers.data.length > 1 && (
            <NativeSelect
              label={t('number')} value={chosen} onChange={(event) => onNumber(event.currentTarget.value)}
              data={numbers.data.map(({ id, display_phone: label }) => ({ value: id, label }))}
            />
          )}
        />
      )}
    </div>
  );
}

function Refresh({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation('templates');
  const api = useApi();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const refresh = async (): Promise<void> => {
    setBusy(true);
    try {
      await syncTemplates(api, number);
      showToast('info', t('syncAsked'));
      await queryClient.invalidateQueries({ queryKey: keys.all });
    } catch {
      showToast('danger', t('syncFailed'));
    } finally {
      setBusy(false);
    }
  };
  return <Button variant="default" loading={busy} onClick={() => void refresh()}>{t('sync')}</Button>;
}

function List({ number, chooser }: { readonly number: string; readonly chooser: ReactNode }): ReactNode {
  const { t, i18n } = useTranslation('templates');
  const [filter, setFilter] = useState<Filter>({ status: null, category: null });
  const query = useInfiniteQuery(templatesQuery(useApi(), number, filter));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const first = query.data?.pages[0];
  const any = { value: '', label: t('any') };
  return (
    <>
      <div className={classes.filters}>
        {chooser}
        <NativeSelect
          label={t('statusLabel')} value={filter.status ?? ''} onChange={(event) => setFilter({ ...filter, status: event.currentTarget.value || null })}
          data={[any, ...STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))]}
        />
        <NativeSelect
          label={t('categoryLabel')} value={filter.category ?? ''} onChange={(event) => setFilter({ ...filter, category: event.currentTarget.value || null })}
          data={[any, ...CATEGORIES.map((category) => ({ value: category, label: t(`category.${category}`) }))]}
        />
      </div>
      <OfflineNote loadedAt={query.dataUpdatedAt} />
      {first?.sync_failure != null && <p className={classes.notice} role="status">{t('syncRefused', { reason: first.sync_failure })}</p>}
      {query.isPending && <Rows />}
      {query.isError && items.length === 0 && <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />}
      {query.isSuccess && items.length === 0 && <EmptyState icon="list" title={t('empty')} body={t('emptyHint')} />}
      <ul className={classes.list}>
        {items.map((template) => <Row key={`${template.name}/${template.language}`} number={number} template={template} />)}
      </ul>
      {query.hasNextPage && <Button variant="default" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>}
      {first?.synced_at != null && <p className={classes.hint}>{t('syncedAt', { time: clockTime(Date.parse(first.synced_at), i18n.language) })}</p>}
      {query.isFetching && !query.isPending && <Loader size="xs" aria-label={t('loading')} />}
    </>
  );
}

function Row({ number, template }: { readonly number: string; readonly template: Template }): ReactNode {
  const body = template.definition?.body;
  const { name, language } = template;
  return (
    <li>
      <Link className={classes.row} to="/templates/$name/$language" params={{ name, language }} search={{ number }}>
        <span className={classes.name}>{name}</span>
        <Chips template={template} />
        {body?.kind === 'text' && <p className={classes.words} dir="auto">{body.text.slice(0, 160)}</p>}
        {template.reason !== null && <p className={classes.words}>{template.reason.explanation ?? template.reason.code}</p>}
      </Link>
    </li>
  );
}

function Rows(): ReactNode {
  return <div className={classes.list} aria-hidden="true">{[0, 1, 2, 3].map((row) => <Skeleton key={row} height={72} radius={12} />)}</div>;
}

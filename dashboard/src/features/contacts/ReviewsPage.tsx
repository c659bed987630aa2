import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { formatPhone } from '@/lib/phone';
import { fullTime } from '@/lib/time';

import { resolveReview, reviewsKey, reviewsQuery, type ContactCard, type ContactReview, type Verdict } from './api';
import classes from './ReviewsPage.module.css';

/** Names that lead to two customers, for somebody to decide. Nothing decides it by itself. */
export function ReviewsPage(): ReactNode {
  const { t } = useTranslation('contacts');
  const { data, error, refetch, isRefetching } = useQuery(reviewsQuery(useApi()));
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('title')}</h1>
      <p className={classes.lead}>{t('lead')}</p>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} retrying={isRefetching} />}
      {data?.items.length === 0 && <EmptyState icon="tick" title={t('emptyTitle')} body={t('emptyBody')} />}
      {data?.items.map((review) => <Question key={review.id} review={review} />)}
    </div>
  );
}

function Question({ review }: { readonly review: ContactReview }): ReactNode {
  const { t, i18n } = useTranslation('contacts');
  const api = useApi();
  const queryClient = useQueryClient();
  const [sure, setSure] = useState(false);
  const decide = useMutation({
    mutationFn: (verdict: Verdict) => resolveReview(api, review.id, verdict),
    onSettled: () => queryClient.invalidateQueries({ queryKey: reviewsKey }),
  });
  const name = review.name.kind === 'phone' ? formatPhone(review.name.value) : review.name.value;
  return (
    <article className={classes.card} aria-label={name}>
      <h2 className={classes.name}>{name}</h2>
      <p>{t(`why.${review.why}`)}</p>
      <p className={classes.time}>{t('found', { time: fullTime(review.found_at, i18n.language) })}</p>
      <dl className={classes.people}>
        <div><dt>{t('holder')}</dt><dd><Person contact={review.holder} /></dd></div>
        <div><dt>{t('claimant')}</dt><dd><Person contact={review.claimant} /></dd></div>
      </dl>
      {decide.isError && <p role="alert" className={classes.warn}>{t('failed')}</p>}
      {sure && <p className={classes.warn}>{t('sure')}</p>}
      <div className={classes.buttons}>
        <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate('keep_separate')}>{t('keepSeparate')}</Button>
        {sure
          ? <Button loading={decide.isPending} onClick={() => decide.mutate('same_person')}>{t('confirm')}</Button>
          : <Button variant="light" onClick={() => setSure(true)}>{t('samePerson')}</Button>}
      </div>
    </article>
  );
}

function Person({ contact }: { readonly contact: ContactCard | null }): ReactNode {
  const { t, i18n } = useTranslation('contacts');
  if (contact === null) return t('gone');
  const shown = [contact.name, contact.username, contact.phone == null ? null : formatPhone(contact.phone)].filter((part) => part != null);
  return (
    <>
      {shown.length === 0 ? t('nameless') : shown.join(' · ')}
      <br />
      <span className={classes.time}>{t('since', { time: fullTime(contact.created_at, i18n.language) })}</span>
    </>
  );
}

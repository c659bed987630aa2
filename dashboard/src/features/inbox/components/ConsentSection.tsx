import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { fullTime } from '@/lib/time';
import { useNow } from '@/lib/use-now';
import { uuidV7 } from '@/lib/uuid';

import { keys } from '../api';
import { consentQuery, contractKeys, recordOptOut, type ConsentEntry } from '../contract';
import type { Conversation } from '../model';
import classes from './ConsentSection.module.css';

/** What the customer has agreed to and how that is known; a colleague may enter a no. */
export function ConsentSection({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const now = useNow();
  const { data: consent } = useQuery(consentQuery(useApi(), conversation));
  const marketing = consent?.marketing ?? (conversation.marketing_opted_out ? 'refused' : 'unasked');
  return (
    <section className={classes.section} aria-label={t('consent.title')}>
      <h4 className={classes.title}>{t('consent.title')}</h4>
      <p className={classes.now} data-warn={marketing === 'refused' || undefined}>{t(`consent.now.${marketing}`)}</p>
      {consent?.held_until != null && Date.parse(consent.held_until) > now && (
        <p className={classes.held}>{t('consent.held', { time: fullTime(consent.held_until, i18n.language) })}</p>
      )}
      {marketing !== 'refused' && <OptOut conversation={conversation} />}
      {consent !== undefined && consent.entries.length > 0 && (
        <ol className={classes.history} aria-label={t('consent.history')}>
          {consent.entries.map((entry) => <Entry key={`${entry.at}${entry.entered_at}${entry.source}`} entry={entry} />)}
        </ol>
      )}
    </section>
  );
}

function Entry({ entry }: { readonly entry: ConsentEntry }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const source = t(`consent.source.${entry.source}` as 'consent.source.word', { name: entry.colleague ?? '' });
  return (
    <li className={classes.entry}>
      <span className={classes.change} data-warn={entry.change === 'opt_out' || undefined}>{t(`consent.change.${entry.change}`)}</span>
      <time dateTime={entry.at}>{fullTime(entry.at, i18n.language)}</time>
      <span className={classes.source}>{source}</span>
      {entry.wording != null && <q lang={entry.language ?? undefined} dir="auto">{entry.wording}</q>}
    </li>
  );
}

/** One click asks, a second one enters: it is easily said by mistake, and only the customer can take it back. */
function OptOut({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { t } = useTranslation('inbox');
  const [asked, setAsked] = useState<string | null>(null);
  const api = useApi();
  const queryClient = useQueryClient();
  const enter = useMutation({
    mutationFn: (key: string) => recordOptOut(api, conversation, key),
    onSuccess: async () => {
      setAsked(null);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: contractKeys.consent(conversation.contact.id) }),
        queryClient.invalidateQueries({ queryKey: contractKeys.contract(conversation.id) }),
        queryClient.invalidateQueries({ queryKey: keys.conversation(conversation.id) }),
      ]);
    },
  });
  if (asked === null) {
    return <Button variant="default" size="sm" fullWidth h="auto" mih={36} py={6} styles={{ label: { whiteSpace: 'normal' } }} onClick={() => setAsked(uuidV7(Date.now()))}>{t('consent.optOut')}</Button>;
  }
  return (
    <div className={classes.ask}>
      <p>{t('consent.ask')}</p>
      {enter.isError && <p role="alert" className={classes.held}>{t('consent.failed')}</p>}
      <div className={classes.buttons}>
        <Button size="sm" color="red" loading={enter.isPending} onClick={() => enter.mutate(asked)}>{t('consent.confirm')}</Button>
        <Button size="sm" variant="default" onClick={() => setAsked(null)}>{t('consent.cancel')}</Button>
      </div>
    </div>
  );
}

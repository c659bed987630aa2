import { Badge, Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import '@mantine/core/styles/Badge.css';

import { useApi } from '@/api/context';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';

import { ContractCost, ContractReason } from '../components/ContractCost';
import { contractQuery, type Contract } from '../contract';
import type { Conversation } from '../model';
import { sendableQuery, type Template } from '../template';
import classes from './TemplateForm.module.css';
import { languageName, matches, named, wordsOf } from './template-list';

interface Props {
  readonly conversation: Conversation;
  readonly onChoose: (template: Template) => void;
}

/** So many are shown before somebody asks for more. */
const STEP = 40;
const ASK_AFTER_MS = 300;

/** The templates that can be sent now, found by name or by what they say. */
export function TemplateList({ conversation, onChoose }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const api = useApi();
  const [search, setSearch] = useState('');
  const [most, setMost] = useState(STEP);
  const [asked] = useDebouncedValue(search.trim().toLowerCase().replaceAll(/\s+/g, '_'), ASK_AFTER_MS);
  const query = useQuery(sendableQuery(api, conversation));
  // An account with more than can be read at once is searched by the server too, which knows names alone.
  const further = useQuery({ ...sendableQuery(api, conversation, asked), enabled: query.data?.more === true && asked !== '' });
  const { data: contract } = useQuery(contractQuery(api, conversation));
  const box = useRef<HTMLInputElement>(null);
  const loaded = query.data !== undefined;
  useEffect(() => {
    if (loaded) box.current?.focus();
  }, [loaded]);

  if (query.data === undefined) {
    const waits = query.isPending && query.fetchStatus !== 'paused';
    if (waits) return <p role="status">{t('template.loading')}</p>;
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  const all = new Map([...query.data.templates, ...(further.data?.templates ?? [])].map((template) => [named(template), template]));
  const found = [...all.values()].filter((template) => matches(template, search));
  if (all.size === 0) return <EmptyState icon="list" title={t('template.noneTitle')} body={t('template.none')} />;
  return (
    <div className={classes.fields}>
      <TextInput
        ref={box} data-autofocus type="search" label={t('template.search')} placeholder={t('template.searchHint')} value={search} maxLength={200} dir="auto"
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setMost(STEP);
        }}
      />
      <p className={classes.found} role="status">{t('template.found', { count: found.length })}{query.data.more && ` ${t('template.moreByName')}`}</p>
      {found.length > 0 && (
        <ul className={classes.choices} aria-label={t('template.choose')}>
          {found.slice(0, most).map((template) => (
            <li key={named(template)}>
              <Choice template={template} contract={contract?.templates.find((one) => one.category === template.category)} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
      {found.length > most && <Button variant="default" onClick={() => setMost(most + STEP)}>{t('template.more')}</Button>}
    </div>
  );
}

interface ChoiceProps {
  readonly template: Template;
  readonly contract: Contract | undefined;
  readonly onChoose: (template: Template) => void;
}

function Choice({ template, contract, onChoose }: ChoiceProps): ReactNode {
  const { t, i18n } = useTranslation('inbox/compose');
  return (
    <button type="button" className={classes.choice} onClick={() => onChoose(template)}>
      <span className={classes.name}>{template.name}</span>
      <span className={classes.facts}>
        <Badge variant="outline" color="gray">{t(`template.category.${template.category}`)}</Badge>
        <span>{languageName(template.language, i18n.language)}</span>
        {contract !== undefined && (contract.decision === 'deny' ? <span className={classes.denied}><ContractReason contract={contract} /></span> : <ContractCost contract={contract} />)}
      </span>
      <span className={classes.words} dir="auto">{wordsOf(template) || t('template.loginCode')}</span>
    </button>
  );
}

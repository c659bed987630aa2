import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { ErrorState, useReason } from '@/components/ErrorState';
import { TemplateView } from '@/components/TemplateView';

import { createTemplate, faultsQuery, keys, saveTemplate, templateQuery, type Which } from './api';
import { DefinitionForm } from './components/DefinitionForm';
import { newDefinition, shownOf, type Definition, type Template } from './model';
import classes from './Templates.module.css';

/** After so long without a key the rules are asked. */
const CHECK_AFTER_MS = 400;

/** Writes a new template. */
export function NewTemplatePage({ number }: { readonly number: string }): ReactNode {
  return <Editor number={number} start={newDefinition()} which={null} version={0} />;
}

/** Changes a template that is there. */
export function EditTemplatePage({ which }: { readonly which: Which }): ReactNode {
  const query = useQuery({ ...templateQuery(useApi(), which), staleTime: Infinity });
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  if (query.data?.definition == null) return <div className={classes.page}><Skeleton height={320} radius={12} /></div>;
  return <Editor number={which.number} start={query.data.definition} which={which} version={query.data.version} />;
}

interface Props {
  readonly number: string;
  readonly start: Definition;
  readonly which: Which | null;
  readonly version: number;
}

function Editor({ number, start, which, version }: Props): ReactNode {
  const { t } = useTranslation('templates');
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [definition, setDefinition] = useState(start);
  const [asked] = useDebouncedValue(definition, CHECK_AFTER_MS);
  const check = useQuery({ ...faultsQuery(api, asked), enabled: asked.name !== '' });
  const faults = check.data ?? [];
  const save = useMutation({
    mutationFn: (): Promise<Template> => (which === null ? createTemplate(api, number, definition) : saveTemplate(api, which, version, definition)),
    onSuccess: (template) => {
      const { name, language } = template;
      queryClient.setQueryData(keys.one({ number, name, language }), template);
      void queryClient.invalidateQueries({ queryKey: keys.all });
      void navigate({ to: '/templates/$name/$language', params: { name, language }, search: { number } });
    },
  });
  const reason = useReason(save.error);
  const ready = definition.name !== '' && check.isSuccess && asked === definition && faults.length === 0;
  return (
    <div className={classes.page}>
      <p><Link to="/templates" search={{ number }}>{t('back')}</Link></p>
      <header className={classes.head}>
        <h1 className={classes.title}>{which === null ? t('newTitle') : t('editTitle', { name: which.name })}</h1>
        <Button loading={save.isPending} disabled={!ready} onClick={() => save.mutate()}>{t('save')}</Button>
      </header>
      {save.isError && <p className={classes.notice} role="alert">{reason}</p>}
      <div className={classes.columns}>
        <DefinitionForm number={number} definition={definition} faults={faults} named={which !== null} onChange={setDefinition} />
        <aside className={classes.side}>
          <TemplateView shown={shownOf(definition)} />
          <p className={classes.hint} role="status">
            {definition.name === '' ? t('nameFirst') : ready ? t('fits') : faults.length > 0 ? t('faultCount', { count: faults.length }) : t('checking')}
          </p>
        </aside>
      </div>
    </div>
  );
}

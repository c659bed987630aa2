import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { ErrorState, useReason } from '@/components/ErrorState';
import { TemplateView } from '@/components/TemplateView';
import { uuidV7 } from '@/lib/uuid';

import { showMessage } from '../api';
import { contractQuery } from '../contract';
import type { Conversation } from '../model';
import { fillingOf, previewQuery, questions, sendableQuery, sendTemplate, type Question, type Template, type Values } from '../template';
import { ContractCost, ContractReason } from './ContractCost';
import classes from './TemplatePicker.module.css';

interface Props {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** After so long without a key the preview is made anew. */
const PREVIEW_AFTER_MS = 300;

function named(template: Template): string {
  return `${template.name} · ${template.language}`;
}

/** Chooses a template, asks for what it needs, shows how it will read and what it costs, and sends it. */
export function TemplatePicker({ conversation, onClose }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const query = useQuery(sendableQuery(useApi(), conversation));
  const [chosen, choose] = useState<string | null>(null);
  const template = query.data?.find((one) => named(one) === chosen) ?? query.data?.[0];
  return (
    <Modal opened onClose={onClose} title={t('template.title')} size="lg">
      {query.isPending && <p role="status">{t('template.waiting')}</p>}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />}
      {query.data?.length === 0 && <p>{t('template.none')}</p>}
      {template !== undefined && query.data !== undefined && (
        <>
          <NativeSelect data-autofocus label={t('template.choose')} value={named(template)} onChange={(event) => choose(event.currentTarget.value)} data={query.data.map(named)} />
          <Fill key={named(template)} conversation={conversation} template={template} onClose={onClose} />
        </>
      )}
    </Modal>
  );
}

function Fill({ conversation, template, onClose }: Props & { readonly template: Template }): ReactNode {
  const { t } = useTranslation('inbox');
  const api = useApi();
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Values>({});
  // One key for this filling: an answer that was lost does not send it twice.
  const [key] = useState(() => uuidV7(Date.now()));
  const [asked] = useDebouncedValue(values, PREVIEW_AFTER_MS);
  const preview = useQuery(previewQuery(api, conversation, fillingOf(template, asked)));
  const { data: contract } = useQuery(contractQuery(api, conversation));
  const verdict = contract?.templates.find((one) => one.category === template.category);
  const send = useMutation({
    mutationFn: () => sendTemplate(api, conversation.id, key, fillingOf(template, values)),
    onSuccess: (message) => {
      showMessage(queryClient, conversation.id, message);
      onClose();
    },
  });
  const reason = useReason(send.error);
  const complete = preview.data !== undefined && preview.data.faults.length === 0 && asked === values;
  const denied = verdict !== undefined && verdict.decision === 'deny';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !denied) send.mutate();
      }}
    >
      {questions(template).map((question) => (
        <Ask key={question.place} question={question} value={values[question.place] ?? ''} onChange={(value) => setValues({ ...values, [question.place]: value })} />
      ))}
      {preview.data !== undefined && (
        <TemplateView
          shown={{ header: preview.data.header ?? null, body: preview.data.body, footer: preview.data.footer ?? null, offer: preview.data.offer ?? null, buttons: preview.data.buttons, cards: preview.data.cards }}
        />
      )}
      <div className={classes.foot} role="status">
        {verdict !== undefined && (denied ? <span className={classes.denied}><ContractReason contract={verdict} /></span> : <ContractCost contract={verdict} />)}
        {!complete && preview.isSuccess && <span>{t('template.missing')}</span>}
      </div>
      {send.isError && <p className={classes.denied} role="alert">{t('template.failed')} {reason}</p>}
      <div className={classes.foot}>
        <Button type="submit" loading={send.isPending} disabled={!complete || denied}>{t('template.send')}</Button>
        <Button variant="default" onClick={onClose}>{t('template.cancel')}</Button>
      </div>
    </form>
  );
}

interface AskProps {
  readonly question: Question;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Ask({ question, value, onChange }: AskProps): ReactNode {
  const { t } = useTranslation('inbox');
  const labels = {
    value: t('template.value', { variable: `{{${question.label}}}` }), link: t('template.link'), suffix: t('template.suffix', { label: question.label }),
    code: t('template.code', { label: question.label }), ends: t('template.ends'),
  } as const;
  return (
    <TextInput
      label={labels[question.kind]} value={value} dir="auto" required type={question.kind === 'ends' ? 'datetime-local' : 'text'} maxLength={1024}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

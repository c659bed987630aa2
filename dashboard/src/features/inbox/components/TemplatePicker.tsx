import { Button, Modal, NativeSelect } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import type { components } from '@/api/schema';
import { ErrorState, useReason } from '@/components/ErrorState';
import { TemplateView, type ShownTemplate } from '@/components/TemplateView';
import { uuidV7 } from '@/lib/uuid';

import { sendBody, showMessage } from '../api';
import { TemplateAnswers } from '../compose/TemplateAnswers';
import classes from '../compose/TemplateForm.module.css';
import { contractQuery } from '../contract';
import type { Conversation } from '../model';
import { fillingOf, isFillable, isFlowData, previewQuery, questions, sendableQuery, type Question, type Template, type Values } from '../template';
import { ContractCost, ContractReason } from './ContractCost';

interface Props {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** After so long without a key the preview is made anew. */
const PREVIEW_AFTER_MS = 300;
/** What the form says already, by the fields that are empty. */
const ONLY_MISSING: readonly string[] = ['missing', 'parameter_missing', 'too_few'];

function named(template: Template): string {
  return `${template.name} · ${template.language}`;
}

/** Chooses a template, asks for what it needs, shows how it will read and what it costs, and sends it. */
export function TemplatePicker({ conversation, onClose }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const query = useQuery(sendableQuery(useApi(), conversation));
  const isNarrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const [chosen, choose] = useState<string | null>(null);
  const template = query.data?.find((one) => named(one) === chosen) ?? query.data?.[0];
  return (
    <Modal opened onClose={onClose} title={t('template.title')} size={860} fullScreen={isNarrow ?? false} closeButtonProps={{ 'aria-label': t('close') }}>
      {query.isPending && query.fetchStatus !== 'paused' && <p role="status">{t('template.waiting')}</p>}
      {(query.isError || (query.isPending && query.fetchStatus === 'paused')) && <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />}
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
  const { t } = useTranslation('inbox/compose');
  const api = useApi();
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Values>({});
  const change = useCallback((more: Values) => setValues((before) => ({ ...before, ...more })), []);
  // One key for this filling: an answer that was lost does not send it twice.
  const [key] = useState(() => uuidV7(Date.now()));
  const [asked] = useDebouncedValue(values, PREVIEW_AFTER_MS);
  const fillable = isFillable(template);
  const preview = useQuery(previewQuery(api, conversation, fillingOf(template, asked)));
  const { data: contract } = useQuery(contractQuery(api, conversation));
  const verdict = contract?.templates.find((one) => one.category === template.category);
  const send = useMutation({
    mutationFn: () => sendBody(api, conversation.id, key, { template: fillingOf(template, values) }),
    onSuccess: (message) => {
      showMessage(queryClient, conversation.id, message);
      onClose();
    },
  });
  const reason = useReason(send.error ?? preview.error);
  const wanted = questions(template);
  const complete = preview.isSuccess && !preview.isPlaceholderData && preview.data.faults.length === 0 && asked === values && fillable && areWellFormed(wanted, values);
  const denied = verdict !== undefined && verdict.decision === 'deny';
  const failed = send.isError || preview.isError;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !denied) send.mutate();
      }}
    >
      <div className={classes.columns}>
        <div className={classes.fields}>
          <TemplateAnswers questions={wanted} values={values} onChange={change} />
          {preview.data?.faults.filter(({ code }) => fillable && !ONLY_MISSING.includes(code)).map(({ place, code, message }) => <p key={`${place} ${code}`} className={classes.denied}>{message}</p>)}
        </div>
        <div className={classes.seen}>{preview.data !== undefined && <TemplateView shown={shownOf(preview.data, values)} />}</div>
      </div>
      <div className={classes.foot} role="status">
        {verdict !== undefined && (denied ? <span className={classes.denied}><ContractReason contract={verdict} /></span> : <ContractCost contract={verdict} />)}
        {!complete && fillable && preview.isSuccess && <span>{t(preview.data.faults.length > 0 ? 'template.missing' : 'template.waiting')}</span>}
      </div>
      {failed && <p className={classes.denied} role="alert">{send.isError && t('template.failed')} {reason}</p>}
      <div className={classes.foot}>
        <Button type="submit" loading={send.isPending} disabled={!complete || denied}>{t('template.send')}</Button>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  );
}

/** Whether what was written has the shape it is to have. What cannot be sent is left out of what is sent, so nobody else would say. */
function areWellFormed(wanted: readonly Question[], values: Values): boolean {
  return wanted.every(({ kind, place }) => kind !== 'flowData' || isFlowData(values[place] ?? ''));
}

/** How it will read, with the picture that was chosen here. */
function shownOf(preview: components['schemas']['TemplatePreview'], values: Values): ShownTemplate {
  const { header, body, footer, offer, buttons, cards } = preview;
  const picture = (place: string): string | null => values[`${place}.preview`] || null;
  return {
    header: header == null ? null : { ...header, preview: picture('header') },
    body, footer: footer ?? null, offer: offer ?? null, buttons,
    cards: cards.map((card, index) => ({ ...card, header: { ...card.header, preview: picture(`card.${index}.header`) } })),
  };
}

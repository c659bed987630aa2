import { Badge, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import '@mantine/core/styles/Badge.css';

import { useApi } from '@/api/context';
import { ApiError } from '@/api/problem';
import type { components } from '@/api/schema';
import { useReason } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';
import { TemplateView, type ShownTemplate } from '@/components/TemplateView';
import { announce } from '@/lib/announce';
import { fullTime } from '@/lib/time';
import { useNow } from '@/lib/use-now';

import { sendBody, showMessage } from '../api';
import { ContractCost, ContractReason } from '../components/ContractCost';
import { contractQuery, type Contract } from '../contract';
import type { Conversation } from '../model';
import { fillingOf, isFillable, previewQuery, questions, type Template, type Values } from '../template';
import { faultsHere, placeOf, sortFaults, wellFormed, type FieldFault } from './template-faults';
import { languageName } from './template-list';
import { TemplateAnswers, useFaultWords } from './TemplateAnswers';
import classes from './TemplateForm.module.css';
import { useFirstFault } from './use-first-fault';
import { useKey } from './use-key';

interface Props {
  readonly conversation: Conversation;
  readonly template: Template;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** After so long without a key the preview is made anew. */
const PREVIEW_AFTER_MS = 300;

/** Asks for what one template needs, shows how it will read and what it costs, and sends it. */
export function TemplateFill({ conversation, template, onBack, onClose }: Props): ReactNode {
  const { t, i18n } = useTranslation(['inbox/compose', 'common']);
  const now = useNow();
  const [values, setValues] = useState<Values>({});
  const change = useCallback((more: Values) => setValues((before) => ({ ...before, ...more })), []);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const wanted = questions(template);
  const fillable = isFillable(template);
  const here = faultsHere(wanted, values, now);
  const filling = fillingOf(template, wellFormed(values, here));
  const { preview, isCurrent } = usePreview(conversation, filling, values);
  const { fields, whole } = sortFaults(preview.data?.faults ?? [], wanted);
  const verdict = useVerdict(conversation, template);
  const send = useSend(conversation, filling, onClose);
  const { form, tried, tryOut } = useFirstFault();
  const write = (more: Values): void => {
    send.reset();
    change(more);
  };
  const reason = useReason(send.error ?? preview.error);
  const faultWords = useFaultWords();

  const errors = new Map<string, FieldFault>(isCurrent ? fields : []);
  for (const [place, fault] of here) if (tried || fault.code !== 'missing') errors.set(place, fault);
  if (send.error instanceof ApiError && send.error.field !== null) {
    // What the server refuses when it is sent stands at the field too, when it names one.
    const { field } = send.error;
    errors.set(placeOf({ place: field.replace(/^template\./, ''), code: '', subject: null, message: reason }), { code: '', subject: null, message: reason });
  }
  const refused = verdict?.decision === 'deny';
  const ready = fillable && here.size === 0 && isCurrent && preview.data?.faults.length === 0;
  return (
    <form
      ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tryOut();
        if (ready && !refused) send.mutate();
      }}
    >
      <Button variant="subtle" size="compact-sm" leftSection={<Icon name="back" size={16} />} onClick={onBack}>{t('template.others')}</Button>
      <h3 ref={heading} tabIndex={-1} className={classes.chosen}>{template.name} <small>{languageName(template.language, i18n.language)}</small></h3>
      <div className={classes.columns}>
        <div className={classes.fields}>
          {wanted.length === 0 && <p className={classes.found}>{t('template.nothing')}</p>}
          <TemplateAnswers questions={wanted} values={values} errors={errors} onChange={write} />
          {fillable && isCurrent && whole.map((fault) => <p key={fault.code} className={classes.denied} role="alert">{faultWords(fault)}</p>)}
        </div>
        <div className={classes.seen}>
          {preview.data !== undefined && <TemplateView shown={shownOf(preview.data, values)} />}
          {preview.isPending && <p role="status" className={classes.found}>{t(preview.fetchStatus === 'paused' ? 'template.offline' : 'template.waiting')}</p>}
        </div>
      </div>
      <Standing template={template} verdict={verdict} />
      {preview.isError && (
        <p className={classes.denied} role="alert">{reason} <Button size="compact-sm" variant="default" onClick={() => void preview.refetch()}>{t('common:state.retry')}</Button></p>
      )}
      {send.isError && <p className={classes.denied} role="alert">{t('template.failed')} {reason}</p>}
      <div className={classes.foot}>
        <Button type="submit" loading={send.isPending} disabled={refused || !fillable || (here.size === 0 && !isCurrent)}>{t('template.send')}</Button>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        {tried && here.size > 0 && fillable && <span role="alert">{t('template.missing')}</span>}
      </div>
    </form>
  );
}

/** What it counts as, what it costs, and why it does not go or goes later. */
function Standing({ template, verdict }: { readonly template: Template; readonly verdict: Contract | undefined }): ReactNode {
  const { t, i18n } = useTranslation('inbox/compose');
  return (
    <div className={classes.foot} role="status">
      <Badge variant="outline" color="gray">{t(`template.category.${template.category}`)}</Badge>
      {verdict !== undefined && verdict.decision !== 'deny' && <ContractCost contract={verdict} />}
      {verdict !== undefined && verdict.decision !== 'allow' && (
        <span className={verdict.decision === 'deny' ? classes.denied : undefined}>
          <ContractReason contract={verdict} />{verdict.until !== null && ` ${t('template.until', { time: fullTime(verdict.until, i18n.language) })}`}
        </span>
      )}
    </div>
  );
}

/** What the send contract says of templates of this category. */
function useVerdict(conversation: Conversation, template: Template): Contract | undefined {
  const { data } = useQuery(contractQuery(useApi(), conversation));
  return data?.templates.find((one) => one.category === template.category);
}

function usePreview(conversation: Conversation, filling: ReturnType<typeof fillingOf>, values: Values) {
  const api = useApi();
  const [asked, setAsked] = useState({ values, filling });
  const [settled] = useDebouncedValue(values, PREVIEW_AFTER_MS);
  if (settled === values && asked.values !== values) setAsked({ values, filling });
  const preview = useQuery(previewQuery(api, conversation, asked.filling));
  return { preview, isCurrent: preview.isSuccess && !preview.isPlaceholderData && asked.values === values };
}

function useSend(conversation: Conversation, filling: ReturnType<typeof fillingOf>, onClose: () => void) {
  const { t } = useTranslation('inbox/compose');
  const api = useApi();
  const queryClient = useQueryClient();
  const keyOf = useKey();
  return useMutation({
    // Without a network it says so at once: nobody would know of a template that waits in a closed dialog.
    networkMode: 'always',
    mutationFn: () => sendBody(api, conversation.id, keyOf(filling), { template: filling }),
    onSuccess: (message) => {
      showMessage(queryClient, conversation.id, message);
      announce(t('template.sent'));
      onClose();
    },
  });
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

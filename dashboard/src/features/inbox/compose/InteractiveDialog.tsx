import { ActionIcon, Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { ApiError } from '@/api/problem';
import { useReason } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';
import { TemplateView } from '@/components/TemplateView';
import { announce } from '@/lib/announce';

import { sendBody, showMessage } from '../api';
import { useInboxMemory } from '../context';
import type { Conversation } from '../model';
import { bodyOfDraft, faultsOf, lengthOf, LIMITS, MOST, newDraft, placeOfField, type Choice, type Draft, type Fault, type InteractiveKind } from './interactive';
import { QuoteChip, useQuoted } from './QuoteChip';
import classes from './TemplateForm.module.css';
import { useFirstFault } from './use-first-fault';
import { useKey } from './use-key';

interface Props {
  readonly kind: InteractiveKind;
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Writes a message with buttons or a list, within what WhatsApp takes, and sends it. */
export function InteractiveDialog({ kind, conversation, onClose }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const isNarrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal opened onClose={onClose} title={t(`interactive.${kind}Title`)} size={860} fullScreen={isNarrow ?? false} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form kind={kind} conversation={conversation} onClose={onClose} />
    </Modal>
  );
}

function Form({ kind, conversation, onClose }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const { quotes } = useInboxMemory();
  const quoted = useQuoted(conversation.id);
  const [draft, setDraft] = useState(() => newDraft(kind));
  // What is empty is not scolded before somebody tries to send it.
  const { form, tried, tryOut } = useFirstFault();
  const faults = faultsOf(draft);
  const send = useSend(conversation, onClose);
  const reason = useReason(send.error);
  const change = (more: Partial<Draft>): void => {
    // What the server said was said of what stood there before.
    send.reset();
    setDraft({ ...draft, ...more });
  };
  const refused = send.error instanceof ApiError && send.error.field !== null ? placeOfField(send.error.field) : null;
  const shown = (place: string): Fault | null => {
    const fault = faults.get(place) ?? null;
    if (fault === null && place === refused) return { code: 'refused', reason };
    return fault?.code === 'missing' && !tried ? null : fault;
  };
  return (
    <form
      ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tryOut();
        if (faults.size === 0) send.mutate(bodyOfDraft(draft, quoted?.key ?? null));
      }}
    >
      {quoted !== null && <QuoteChip message={quoted} onClose={() => quotes.clear(conversation.id)} />}
      <div className={classes.columns}>
        <div className={classes.fields}>
          <Part name={t('template.optional', { label: t('interactive.header') })} value={draft.header} max={LIMITS[kind].header} fault={shown('header')} onChange={(header) => change({ header })} />
          <Part name={t('interactive.body')} value={draft.body} max={LIMITS[kind].body} fault={shown('body')} lines={3} onChange={(body) => change({ body })} />
          <Part name={t('template.optional', { label: t('interactive.footer') })} value={draft.footer} max={LIMITS[kind].footer} fault={shown('footer')} onChange={(footer) => change({ footer })} />
          {kind === 'list' && <Part name={t('interactive.opens')} value={draft.opens} max={LIMITS.list.opens} fault={shown('opens')} onChange={(opens) => change({ opens })} />}
          <Choices draft={draft} faultOf={shown} onChange={(choices) => change({ choices })} />
        </div>
        <div className={classes.seen}><TemplateView shown={shownOf(draft)} /></div>
      </div>
      {send.isError && <p className={classes.denied} role="alert">{t('interactive.failed')} {reason}</p>}
      <div className={classes.foot}>
        <Button type="submit" loading={send.isPending}>{t('interactive.send')}</Button>
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        {tried && faults.size > 0 && <span role="alert">{t('template.missing')}</span>}
      </div>
    </form>
  );
}

function useSend(conversation: Conversation, onClose: () => void) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { quotes } = useInboxMemory();
  const { t } = useTranslation('inbox/compose');
  const keyOf = useKey();
  return useMutation({
    // Without a network it says so at once: what waits in a closed dialog, nobody would know of.
    networkMode: 'always',
    mutationFn: (body: ReturnType<typeof bodyOfDraft>) => sendBody(api, conversation.id, keyOf(body), body),
    onSuccess: (message) => {
      quotes.clear(conversation.id);
      showMessage(queryClient, conversation.id, message);
      announce(t('interactive.sent'));
      onClose();
    },
  });
}

interface ChoicesProps {
  readonly draft: Draft;
  readonly faultOf: (place: string) => Fault | null;
  readonly onChange: (choices: readonly Choice[]) => void;
}

function Choices({ draft, faultOf, onChange }: ChoicesProps): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const { kind, choices } = draft;
  const word = kind === 'buttons' ? 'button' : 'row';
  // What was added is written next, and what was removed leaves the focus nowhere: both lead to the last one.
  const titles = useRef<HTMLDivElement>(null);
  const count = useRef(choices.length);
  useEffect(() => {
    if (count.current !== choices.length) [...(titles.current?.querySelectorAll<HTMLInputElement>('input[data-title]') ?? [])].at(-1)?.focus();
    count.current = choices.length;
  }, [choices.length]);
  const replace = (index: number, more: Partial<Choice>): void => onChange(choices.map((choice, at) => (at === index ? { ...choice, ...more } : choice)));
  return (
    <div ref={titles} className={classes.fields}>
      {choices.map((choice, index) => {
        const name = t(`interactive.${word}`, { place: index + 1 });
        return (
          // oxlint-disable-next-line react/no-array-index-key -- choices have no other name than their place
          <div key={index} className={classes.part}>
            <Part isTitle name={name} value={choice.title} max={LIMITS[kind].title} fault={faultOf(`title.${index}`)} onChange={(title) => replace(index, { title })} />
            {choices.length > 1 && (
              <ActionIcon
                variant="subtle" color="gray" size={36} aria-label={t('interactive.remove', { name })} title={t('interactive.remove', { name })}
                onClick={() => onChange(choices.filter((_, at) => at !== index))}
              >
                <Icon name="close" size={18} />
              </ActionIcon>
            )}
            {kind === 'list' && (
              <div className={classes.second}>
                <Part
                  name={t('template.optional', { label: t('interactive.rowHint', { place: index + 1 }) })} value={choice.description} max={LIMITS.list.description}
                  fault={faultOf(`description.${index}`)} onChange={(description) => replace(index, { description })}
                />
              </div>
            )}
          </div>
        );
      })}
      {choices.length < MOST[kind]
        ? <Button variant="default" onClick={() => onChange([...choices, { title: '', description: '' }])}>{t(kind === 'buttons' ? 'interactive.addButton' : 'interactive.addRow')}</Button>
        : <p className={classes.found} role="status">{t('interactive.most', { count: MOST[kind] })}</p>}
    </div>
  );
}

interface PartProps {
  readonly name: string;
  readonly value: string;
  readonly max: number;
  readonly fault: Fault | null;
  readonly lines?: number;
  readonly isTitle?: boolean;
  readonly onChange: (value: string) => void;
}

function Part({ name, value, max, fault, lines = 1, isTitle = false, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const error = fault === null ? null : fault.code === 'refused' ? fault.reason : t(`interactive.fault.${fault.code}`, { count: fault.code === 'too_long' ? fault.count : 0 });
  const shared = {
    label: name, value, error, errorProps: { role: 'alert' }, dir: 'auto' as const, description: value === '' ? undefined : t('interactive.count', { count: lengthOf(value), max }),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  };
  if (lines > 1) return <Textarea {...shared} autosize minRows={lines} maxRows={10} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <TextInput {...shared} data-title={isTitle || undefined} onChange={(event) => onChange(event.currentTarget.value)} />;
}

/** As it will stand on the phone: the buttons, or the one that opens the list with what is in it. */
function shownOf(draft: Draft) {
  const isList = draft.kind === 'list';
  const opens = isList && draft.opens !== '' ? [{ kind: 'list', text: draft.opens }] : [];
  const choices = draft.choices.filter(({ title }) => title !== '').map(({ title, description }) => ({ kind: isList ? 'row' : 'reply', text: title, value: description }));
  return {
    header: draft.header === '' ? null : { kind: 'text', text: draft.header }, body: draft.body === '' ? '…' : draft.body, footer: draft.footer === '' ? null : draft.footer, offer: null,
    buttons: [...opens, ...choices], cards: [],
  };
}

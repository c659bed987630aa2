import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Question, Values } from '../template';
import { FileAnswer, type HeaderFile } from './FileAnswer';
import type { FieldFault } from './template-faults';
import classes from './TemplateForm.module.css';

interface Props {
  readonly questions: readonly Question[];
  readonly values: Values;
  /** What is wrong with each, by its place. */
  readonly errors: ReadonlyMap<string, FieldFault>;
  /** Takes what has changed. */
  readonly onChange: (change: Values) => void;
}

/** Everything a template asks for, each with a field of its own; those of each card together. */
export function TemplateAnswers({ questions, values, errors, onChange }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const parts = new Map<string, Question[]>();
  for (const question of questions) {
    const part = /^card\.(\d+)/.exec(question.place)?.[1] ?? '';
    parts.set(part, [...(parts.get(part) ?? []), question]);
  }
  return [...parts].map(([part, asked]) => {
    const fields = asked.map((question) => (
      <Answer key={`${question.place} ${question.kind}`} question={question} values={values} fault={errors.get(question.place) ?? null} onChange={onChange} />
    ));
    if (part === '') return fields;
    return <fieldset key={part} className={classes.file}><legend>{t('template.card', { place: Number(part) + 1 })}</legend>{fields}</fieldset>;
  });
}

/** Both numbers of a place, as maps copy them. */
const BOTH = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/;

interface AnswerProps {
  readonly question: Question;
  readonly values: Values;
  readonly fault: FieldFault | null;
  readonly onChange: (change: Values) => void;
}

function Answer({ question, values, fault, onChange }: AnswerProps): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const words = useFaultWords();
  const { place, kind, label } = question;
  const optional = question.optional === true;
  const value = values[place] ?? '';
  const error = fault === null ? null : words(fault);
  const write = (next: string): void => {
    const both = kind === 'latitude' ? BOTH.exec(next) : null;
    if (both === null) onChange({ [place]: next });
    else onChange({ [place]: both[1] ?? '', [place.replace(/latitude$/, 'longitude')]: both[2] ?? '' });
  };
  const name = useLabel(question);
  const shared = {
    label: optional && kind !== 'thumbnail' && kind !== 'flowData' ? t('template.optional', { label: name }) : name, value, required: !optional, dir: 'auto' as const,
    error, errorProps: { role: 'alert' },
  };
  switch (kind) {
    case 'file':
      return <FileAnswer place={place} kind={label as HeaderFile} link={value} error={error} onChange={onChange} />;
    case 'order':
      return <p className={classes.notice} role="note">{t('template.order')}</p>;
    case 'products':
      return <Textarea {...shared} autosize minRows={2} maxRows={8} description={t('template.productsHint')} onChange={(event) => write(event.currentTarget.value)} />;
    case 'flowData':
      return <Textarea {...shared} dir="ltr" autosize minRows={2} maxRows={8} description={t('template.flowDataHint')} onChange={(event) => write(event.currentTarget.value)} />;
    default:
      return (
        <TextInput
          {...shared} type={kind === 'ends' ? 'datetime-local' : 'text'} maxLength={2000} inputMode={kind === 'latitude' || kind === 'longitude' ? 'decimal' : 'text'}
          description={kind === 'latitude' ? t('template.latitudeHint') : kind === 'thumbnail' ? t('template.thumbnailHint') : undefined}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
  }
}

/** Says what is wrong in the reader's language; what is newer than this program comes as the server says it. */
export function useFaultWords(): (fault: FieldFault) => string {
  const { t, i18n } = useTranslation('inbox/compose');
  return ({ code, subject, message }) => {
    const key = `template.fault.${code}`;
    if (i18n.exists(`inbox/compose:${key}`)) return t(key as 'template.fault.missing', { subject });
    return message ?? t('template.fault.missing');
  };
}

function useLabel({ kind, label }: Question): string {
  const { t } = useTranslation('inbox/compose');
  if (kind === 'file') return '';
  // Braces cannot stand in a text of the interface, for there they are its own.
  if (kind === 'value') return t('template.value', { variable: `{{${label}}}` });
  return t(`template.${kind}`, { label });
}

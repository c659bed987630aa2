import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { isFlowData, type Question, type Values } from '../template';
import { FileAnswer, type HeaderFile } from './FileAnswer';
import classes from './TemplateForm.module.css';

interface Props {
  readonly questions: readonly Question[];
  readonly values: Values;
  /** Takes what has changed. */
  readonly onChange: (change: Values) => void;
}

/** Everything a template asks for, each with a field of its own. */
export function TemplateAnswers({ questions, values, onChange }: Props): ReactNode {
  return questions.map((question) => <Answer key={`${question.place} ${question.kind}`} question={question} values={values} onChange={onChange} />);
}

/** Both numbers of a place, as maps copy them. */
const BOTH = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/;

function Answer({ question, values, onChange }: Omit<Props, 'questions'> & { readonly question: Question }): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const { place, kind, label, optional = false } = question;
  const value = values[place] ?? '';
  const write = (next: string): void => {
    const both = kind === 'latitude' ? BOTH.exec(next) : null;
    if (both === null) onChange({ [place]: next });
    else onChange({ [place]: both[1] ?? '', [place.replace(/latitude$/, 'longitude')]: both[2] ?? '' });
  };
  const name = useLabel(question);
  const shared = { label: optional && kind !== 'thumbnail' && kind !== 'flowData' ? t('template.optional', { label: name }) : name, value, required: !optional, dir: 'auto' as const };
  switch (kind) {
    case 'file':
      return <FileAnswer place={place} kind={label as HeaderFile} link={value} onChange={onChange} />;
    case 'order':
      return <p className={classes.notice} role="note">{t('template.order')}</p>;
    case 'products':
      return <Textarea {...shared} autosize minRows={2} maxRows={8} description={t('template.productsHint')} onChange={(event) => write(event.currentTarget.value)} />;
    case 'flowData':
      return (
        <Textarea
          {...shared} dir="ltr" autosize minRows={2} maxRows={8} description={t('template.flowDataHint')} error={!isFlowData(value) && t('template.flowDataWrong')}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...shared} type={kind === 'ends' ? 'datetime-local' : 'text'} maxLength={1024} inputMode={kind === 'latitude' || kind === 'longitude' ? 'decimal' : 'text'}
          description={kind === 'latitude' ? t('template.latitudeHint') : kind === 'thumbnail' ? t('template.thumbnailHint') : undefined}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
  }
}

function useLabel({ kind, label }: Question): string {
  const { t } = useTranslation('inbox/compose');
  if (kind === 'file') return '';
  // Braces cannot stand in a text of the interface, for there they are its own.
  if (kind === 'value') return t('template.value', { variable: `{{${label}}}` });
  return t(`template.${kind}`, { label });
}

import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { count, examplesOf, type Example, type Fault } from '../model';

interface Props {
  readonly label: string;
  readonly place: string;
  readonly text: string;
  readonly max: number;
  readonly examples: readonly Example[];
  readonly faults: readonly Fault[];
  readonly lines?: number;
  readonly onChange: (text: string, examples: Example[]) => void;
}

/** What is wrong with one part, in the reader's language. */
export function useProblem(faults: readonly Fault[], place: string): string | null {
  const { t, i18n } = useTranslation('templates');
  const fault = faults.find((one) => one.place === place);
  if (fault === undefined) return null;
  const key = `fault.${fault.code}`;
  // A rule newer than this program comes as the server says it.
  return i18n.exists(`templates:${key}`) ? t(key as 'fault.missing', { subject: fault.subject ?? '' }) : fault.message;
}

/** A text with variables: how long it is as WhatsApp counts, and a place for an example of each variable. */
export function TextField({ label, place, text, max, examples, faults, lines = 1, onChange }: Props): ReactNode {
  const { t } = useTranslation('templates');
  const problem = useProblem(faults, place);
  const wanted = examplesOf(text, examples);
  const shared = {
    label, error: problem, dir: 'auto' as const, value: text, description: t('count', { count: count(text), max }), inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  };
  const write = (next: string): void => onChange(next, examplesOf(next, examples));
  return (
    <>
      {lines > 1
        ? <Textarea {...shared} autosize minRows={lines} maxRows={14} onChange={(event) => write(event.currentTarget.value)} />
        : <TextInput {...shared} onChange={(event) => write(event.currentTarget.value)} />}
      {wanted.map(({ variable, value }) => (
        <TextInput
          key={variable} label={t('exampleOf', { variable: `{{${variable}}}` })} value={value} dir="auto"
          onChange={(event) => {
            const example = event.currentTarget.value;
            onChange(text, wanted.map((one) => (one.variable === variable ? { variable, value: example } : one)));
          }}
        />
      ))}
    </>
  );
}

import { FileButton, Button, NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { showToast } from '@/lib/toast';

import { uploadSample } from '../api';
import { LIMITS, type Fault, type Header } from '../model';
import { TextField, useProblem } from './TextField';

const ACCEPT = { image: 'image/jpeg,image/png', video: 'video/mp4', document: 'application/pdf' } as const;

interface Props {
  readonly number: string;
  readonly place: string;
  readonly kinds: readonly Header['kind'][];
  readonly optional: boolean;
  readonly header: Header | null;
  readonly faults: readonly Fault[];
  readonly onChange: (header: Header | null) => void;
}

/** What stands above the text. */
export function HeaderField({ number, place, kinds, optional, header, faults, onChange }: Props): ReactNode {
  const { t } = useTranslation('templates');
  const problem = useProblem(faults, place);
  const choose = (kind: string): void => {
    const found = kinds.find((one) => one === kind);
    if (found === undefined) onChange(null);
    else onChange(found === 'text' ? { kind: 'text', text: '', examples: [] } : { kind: found });
  };
  const none = optional ? [{ value: '', label: t('header.none') }] : [];
  return (
    <>
      <NativeSelect
        label={t('header.label')} value={header?.kind ?? ''} onChange={(event) => choose(event.currentTarget.value)}
        data={[...none, ...kinds.map((kind) => ({ value: kind, label: t(`header.${kind}`) }))]} error={header?.kind === 'text' ? null : problem}
      />
      {header?.kind === 'text' && (
        <TextField
          label={t('header.text')} place={place} text={header.text} max={LIMITS.header} examples={header.examples ?? []} faults={faults}
          onChange={(text, examples) => onChange({ kind: 'text', text, examples })}
        />
      )}
      {(header?.kind === 'image' || header?.kind === 'video' || header?.kind === 'document') && (
        <SampleButton number={number} accept={ACCEPT[header.kind]} has={header.sample != null} onSample={(sample) => onChange({ kind: header.kind, sample })} />
      )}
    </>
  );
}

interface SampleProps {
  readonly number: string;
  readonly accept: string;
  readonly has: boolean;
  readonly onSample: (sample: string) => void;
}

function SampleButton({ number, accept, has, onSample }: SampleProps): ReactNode {
  const { t } = useTranslation('templates');
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const upload = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setBusy(true);
    try {
      onSample(await uploadSample(api, number, file));
    } catch {
      showToast('danger', t('sampleFailed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FileButton accept={accept} onChange={(file) => void upload(file)}>
      {(props) => <Button variant="default" loading={busy} {...props}>{t(has ? 'sampleAgain' : 'sample')}</Button>}
    </FileButton>
  );
}

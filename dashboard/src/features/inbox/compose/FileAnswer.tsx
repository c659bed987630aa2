import { Button, FileButton, Progress, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import '@mantine/core/styles/Progress.css';

import { useReason } from '@/components/ErrorState';

import { useInboxMemory, useUpload } from '../context';
import { FileRefused } from '../media/refused';
import { LARGEST } from '../media/rules';
import { sizeOf } from '../media/size';
import type { Attachment } from '../media/uploads';
import type { Values } from '../template';
import classes from './TemplateForm.module.css';

const ACCEPT = { image: 'image/*', video: 'video/mp4,video/3gpp', document: 'application/pdf' } as const;
export type HeaderFile = keyof typeof ACCEPT;

interface Props {
  readonly place: string;
  readonly kind: HeaderFile;
  readonly link: string;
  readonly error: string | null;
  readonly onChange: (change: Values) => void;
}

/** The file above the text of a template: one from this device, or one at an address. */
export function FileAnswer({ place, kind, link, error: wrong, onChange }: Props): ReactNode {
  const { t, i18n } = useTranslation(['inbox/compose', 'inbox']);
  const { uploads } = useInboxMemory();
  const [attachment, setAttachment] = useState<Attachment | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [preparing, setPreparing] = useState(false);
  const kept = useRef<Attachment | null>(null);
  // The server has it or nobody needs it: either way nothing of it stays here.
  useEffect(() => () => kept.current === null ? undefined : uploads.drop(kept.current.id), [uploads]);

  const keep = (next: Attachment | null): void => {
    if (kept.current !== null) uploads.drop(kept.current.id);
    kept.current = next;
    setAttachment(next);
    onChange({ [`${place}.media`]: '', [`${place}.filename`]: '', [`${place}.waiting`]: '', [`${place}.preview`]: next?.previewUrl ?? '' });
  };
  const follow = (next: Attachment): void => {
    const tell = (more: Values): void => (kept.current === next ? onChange({ ...more, [`${place}.waiting`]: '' }) : undefined);
    onChange({ [place]: '', [`${place}.waiting`]: next.id });
    uploads.ready(next.id).then(
      () => tell({ [`${place}.media`]: next.id, [`${place}.filename`]: next.file.filename }),
      // How it failed is shown where the file is.
      () => tell({}),
    );
  };
  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setRefused(null);
    setPreparing(true);
    try {
      const { prepare } = await import('../media/prepare');
      const ready = await prepare(file);
      if (ready.kind !== kind) return setRefused(t('template.wrongFile', { name: file.name }));
      const next = uploads.start(ready);
      keep(next);
      follow(next);
    } catch (error) {
      const max = error instanceof FileRefused && error.kind !== null ? sizeOf(LARGEST[error.kind], i18n.language) : '';
      setRefused(error instanceof FileRefused ? t(`inbox:attach.refused.${error.code}`, { name: file.name, max }) : t('inbox:attach.refused.failed'));
    } finally {
      setPreparing(false);
    }
  };

  return (
    <fieldset className={classes.file}>
      <legend>{t(`template.file.${kind}`)}</legend>
      <FileButton accept={ACCEPT[kind]} onChange={(file) => void choose(file)} inputProps={{ 'aria-label': t('template.upload') }}>
        {(props) => <Button variant="default" loading={preparing} {...props}>{t(attachment === null ? 'template.upload' : 'template.another')}</Button>}
      </FileButton>
      {attachment !== null && <Sent attachment={attachment} onAgain={() => follow(attachment)} onRemove={() => keep(null)} />}
      {refused !== null && <p className={classes.denied} role="alert">{refused}</p>}
      {attachment === null && (
        <TextInput
          label={t('template.link')} value={link} type="url" inputMode="url" placeholder="https://" maxLength={2000} error={wrong} errorProps={{ role: 'alert' }}
          onChange={(event) => onChange({ [place]: event.currentTarget.value })}
        />
      )}
      {attachment !== null && wrong !== null && <p className={classes.found}>{wrong}</p>}
    </fieldset>
  );
}

interface SentProps {
  readonly attachment: Attachment;
  readonly onAgain: () => void;
  readonly onRemove: () => void;
}

function Sent({ attachment, onAgain, onRemove }: SentProps): ReactNode {
  const { t, i18n } = useTranslation(['inbox', 'inbox/compose', 'common']);
  const { state, share, error } = useUpload(attachment.id);
  const reason = useReason(error);
  const name = attachment.file.filename;
  return (
    <div className={classes.sent}>
      <span><bdi>{name}</bdi> <small>{sizeOf(attachment.file.content.size, i18n.language)}</small></span>
      {state === 'sending' && <Progress value={share * 100} size="sm" aria-label={t('attach.progress', { name })} />}
      {state === 'failed' && (
        <p className={classes.denied} role="alert">{reason} <Button size="compact-sm" variant="default" onClick={onAgain}>{t('common:state.retry')}</Button></p>
      )}
      <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove}>{t('attach.remove', { name })}</Button>
    </div>
  );
}

import { ActionIcon, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useReason } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';

import { useInboxMemory, useUpload } from '../context';
import { sizeOf } from './size';
import type { Attachment } from './uploads';
import classes from './Attachments.module.css';

interface Props {
  readonly attachments: readonly Attachment[];
  readonly onRemove: (attachment: Attachment) => void;
}

/** The files that go with the next message, each with how far it is and a way to take it back. */
export function AttachmentTray({ attachments, onRemove }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <ul className={classes.tray} aria-label={t('attach.tray')}>
      {attachments.map((attachment) => (
        <li key={attachment.id}><OneFile attachment={attachment} onRemove={() => onRemove(attachment)} /></li>
      ))}
    </ul>
  );
}

function OneFile({ attachment, onRemove }: { readonly attachment: Attachment; readonly onRemove: () => void }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const { uploads } = useInboxMemory();
  const { state, share, error } = useUpload(attachment.id);
  const reason = useReason(error);
  const { file, previewUrl } = attachment;
  return (
    <div className={classes.file} data-state={state}>
      {file.kind === 'image' && previewUrl !== null ? <img src={previewUrl} alt="" /> : <span className={classes.sign}><Icon name={file.kind === 'audio' ? 'microphone' : 'document'} size={22} /></span>}
      <span className={classes.about}>
        <bdi>{file.voice ? t('media.voice') : file.filename}</bdi>
        {state === 'failed' ? <small role="alert">{reason}</small> : <small>{sizeOf(file.content.size, i18n.language)}</small>}
        {state === 'sending' && <Progress value={share * 100} size="xs" aria-label={t('attach.progress', { name: file.filename })} />}
      </span>
      {state === 'failed' && (
        <ActionIcon variant="default" size={36} aria-label={t('attach.again', { name: file.filename })} onClick={() => uploads.retry(attachment.id)}><Icon name="again" size={18} /></ActionIcon>
      )}
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('attach.remove', { name: file.filename })} onClick={onRemove}><Icon name="close" size={18} /></ActionIcon>
    </div>
  );
}

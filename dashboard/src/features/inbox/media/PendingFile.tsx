import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';

import { useUpload } from '../context';
import { sizeOf } from './size';
import type { Attachment } from './uploads';
import classes from './Attachments.module.css';

/** A file that is on its way to the server, in the bubble that carries it. */
export function PendingFile({ attachment }: { readonly attachment: Attachment }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const { state, share } = useUpload(attachment.id);
  const { file, previewUrl } = attachment;
  return (
    <div className={classes.pending}>
      {file.kind === 'image' && previewUrl !== null ? (
        <img src={previewUrl} alt={t('kind.image')} />
      ) : (
        <span className={classes.name}>
          <Icon name={file.kind === 'audio' ? 'microphone' : 'document'} size={22} />
          <bdi>{file.voice ? t('media.voice') : file.filename}</bdi>
          <small>{sizeOf(file.content.size, i18n.language)}</small>
        </span>
      )}
      {state === 'sending' && <Progress value={share * 100} size="sm" aria-label={t('attach.progress', { name: file.filename })} />}
    </div>
  );
}

import { Button, Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import classes from './MessageMedia.module.css';

interface Props {
  readonly url: string | null;
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Asks for another address when this one has run out. */
  readonly onRenew: () => void;
}

/** A photo over the whole page. */
export function Lightbox({ url, title, opened, onClose, onRenew }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  // Opened after it is there: the focus to return to is remembered when it opens.
  const ready = useMounted();
  return (
    <Modal opened={opened && ready} onClose={onClose} fullScreen title={title} classNames={{ body: classes.lightbox ?? '' }} closeButtonProps={{ 'aria-label': t('media.close') }}>
      {url !== null && (
        <>
          <img src={url} alt={t('kind.image')} onError={onRenew} />
          <Button component="a" href={url} target="_blank" rel="noopener noreferrer" variant="default">{t('media.open')}</Button>
        </>
      )}
    </Modal>
  );
}

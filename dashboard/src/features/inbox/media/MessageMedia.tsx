import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { Icon } from '@/components/Icon';
import { fullTime } from '@/lib/time';
import { showToast } from '@/lib/toast';

import { mediaQuery, retryMedia, type MediaFile } from './api';
import { sizeOf } from './size';
import classes from './MessageMedia.module.css';

// Loads when the first photo is opened.
const Lightbox = lazy(() => import('./Lightbox').then((module) => ({ default: module.Lightbox })));

/** An address with less life than this is not opened any more. */
const SPARE_MS = 10_000;

/** The files of a message, each as what it is, or as what stands in its way. */
export function MessageMedia({ files }: { readonly files: readonly MediaFile[] }): ReactNode {
  return files.map((file) => <OneFile key={file.id} file={file} />);
}

function OneFile({ file }: { readonly file: MediaFile }): ReactNode {
  if (file.state !== 'stored') return <Trouble file={file} />;
  switch (file.kind) {
    case 'image':
      return <Photo file={file} />;
    case 'sticker':
      return <Sticker file={file} />;
    case 'video':
      return <Film file={file} />;
    case 'audio':
      return <Sound file={file} />;
    case 'document':
      return <DocumentCard file={file} />;
  }
}

/** The address of a file, read when the bubble comes into sight and again when it has run out. */
function useAddress(file: MediaFile): { readonly url: string | null; readonly renew: () => void; readonly failed: boolean } {
  const { data, isError, refetch } = useQuery(mediaQuery(useApi(), file.id));
  return { url: data?.url ?? null, renew: () => void refetch(), failed: isError };
}

function Photo({ file }: { readonly file: MediaFile }): ReactNode {
  const { t } = useTranslation('inbox');
  const { url, renew, failed } = useAddress(file);
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  if (failed) return <NotShown onRetry={renew} />;
  const open = (): void => {
    setAsked(true);
    setOpened(true);
  };
  return (
    <>
      <button type="button" className={classes.photo} aria-label={t('media.openPhoto')} aria-busy={url === null} onClick={open}>
        {url !== null && <img src={url} alt="" loading="lazy" decoding="async" onError={renew} />}
      </button>
      <Suspense>{asked && <Lightbox url={url} title={file.filename ?? t('kind.image')} opened={opened} onClose={() => setOpened(false)} onRenew={renew} />}</Suspense>
    </>
  );
}

function Sticker({ file }: { readonly file: MediaFile }): ReactNode {
  const { t } = useTranslation('inbox');
  const { url, renew, failed } = useAddress(file);
  if (failed) return <NotShown onRetry={renew} />;
  return <div className={classes.sticker} aria-busy={url === null}>{url !== null && <img src={url} alt={t('kind.sticker')} onError={renew} />}</div>;
}

function Film({ file }: { readonly file: MediaFile }): ReactNode {
  const { t } = useTranslation('inbox');
  const { url, renew, failed } = useAddress(file);
  if (failed) return <NotShown onRetry={renew} />;
  return (
    <div className={classes.film} aria-busy={url === null}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what customers film has no subtitles */}
      {url !== null && <video src={url} controls preload="metadata" playsInline aria-label={t('kind.video')} onError={renew} />}
    </div>
  );
}

function Sound({ file }: { readonly file: MediaFile }): ReactNode {
  const { t } = useTranslation('inbox');
  const { url, renew, failed } = useAddress(file);
  if (failed) return <NotShown onRetry={renew} />;
  return (
    <div className={classes.sound} data-voice={file.voice || undefined} aria-busy={url === null}>
      <Icon name={file.voice ? 'microphone' : 'sound'} size={18} />
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what customers say is not written down */}
      {url !== null && <audio src={url} controls preload="metadata" aria-label={t(file.voice ? 'media.voice' : 'media.sound')} onError={renew} />}
    </div>
  );
}

function DocumentCard({ file }: { readonly file: MediaFile }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const { data, isError, refetch } = useQuery(mediaQuery(useApi(), file.id));
  if (isError) return <NotShown onRetry={() => void refetch()} />;
  // An address that has run out would open a page of complaints: another one is read first.
  const open = (event: MouseEvent): void => {
    if (data?.expires_at != null && Date.parse(data.expires_at) - Date.now() > SPARE_MS) return;
    event.preventDefault();
    void refetch().then((fresh) => fresh.data?.url != null && window.open(fresh.data.url, '_blank', 'noopener,noreferrer'));
  };
  return (
    <a className={classes.document} href={data?.url ?? '#'} target="_blank" rel="noopener noreferrer" aria-busy={data === undefined} onClick={open}>
      <Icon name="document" size={26} />
      <span>
        <bdi>{file.filename ?? t('kind.document')}</bdi>
        <small>{[endingOf(file), file.size === null ? null : sizeOf(file.size, i18n.language)].filter((part) => part !== null).join(' · ')}</small>
      </span>
      <Icon name="down" size={18} />
      <VisuallyHidden>{t('media.download')}</VisuallyHidden>
    </a>
  );
}

/** What people call a type of file: the end of its name. */
function endingOf(file: MediaFile): string | null {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(file.filename ?? '')?.[1];
  return ending === undefined ? null : ending.toUpperCase();
}

/** The file is with us, but the address could not be read. */
function NotShown({ onRetry }: { readonly onRetry: () => void }): ReactNode {
  const { t } = useTranslation(['inbox', 'common']);
  return (
    <div className={classes.trouble} role="alert">
      <Icon name="alert" size={18} />
      <p>{t('media.notShown')}</p>
      <Button size="compact-sm" variant="default" onClick={onRetry}>{t('common:state.retry')}</Button>
    </div>
  );
}

/** A file that is not here: on its way, to be tried again, given up, or gone for good. */
function Trouble({ file }: { readonly file: MediaFile }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const api = useApi();
  const retry = useMutation({ mutationFn: () => retryMedia(api, file.id), onError: () => showToast('danger', t('media.retryFailed')) });
  const onItsWay = file.state === 'pending' && file.reason === null;
  return (
    <div className={classes.trouble} data-quiet={onItsWay || undefined} role="status">
      <Icon name={onItsWay ? 'clock' : 'alert'} size={18} />
      <div>
        <strong>{t(onItsWay ? 'media.onItsWay' : file.state === 'expired' ? 'media.expired' : 'media.notHere')}</strong>
        {file.reason !== null && <p>{t(`media.reason.${file.reason}`)}</p>}
        {file.retry_at !== null && <p>{t('media.retryAt', { time: fullTime(file.retry_at, i18n.language) })}</p>}
      </div>
      {file.may_retry && (
        <ActionIcon variant="default" size={36} aria-label={t('media.retry')} title={t('media.retry')} loading={retry.isPending} disabled={retry.isSuccess} onClick={() => retry.mutate()}>
          <Icon name="again" size={18} />
        </ActionIcon>
      )}
    </div>
  );
}

import { Button } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useReason } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';
import { clockTime } from '@/lib/time';

import { useInboxMemory } from '../context';
import type { PendingReply } from '../outbox';
import { FormattedText } from '../text/FormattedText';
import classes from './MessageBubble.module.css';

// Loads with the first file that is sent.
const PendingFile = lazy(() => import('../media/PendingFile').then((module) => ({ default: module.PendingFile })));

/** A reply the server has not confirmed: on its way, or failed with a way on. */
export function PendingBubble({ reply }: { readonly reply: PendingReply }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  return (
    <article className={classes.line} data-own data-start>
      <div className={classes.bubble} data-state={reply.state} aria-busy={reply.state !== 'failed'}>
        <Suspense>{reply.attachment !== null && <PendingFile attachment={reply.attachment} />}</Suspense>
        {reply.text !== '' && <div className={classes.text} dir="auto"><FormattedText text={reply.text} /></div>}
        <div className={classes.meta}>
          <span className={classes.times} data-state={reply.state}>
            <span>{t(reply.state === 'failed' ? 'reply.notSent' : 'reply.sending')} ·</span>
            <time dateTime={reply.at}>{clockTime(reply.at, i18n.language)}</time>
            <Icon name={reply.state === 'failed' ? 'alert' : 'clock'} size={17} />
          </span>
        </div>
        {reply.state === 'failed' && <Failed reply={reply} />}
      </div>
    </article>
  );
}

function Failed({ reply }: { readonly reply: PendingReply }): ReactNode {
  const { t } = useTranslation('inbox');
  const { outbox, uploads } = useInboxMemory();
  const reason = useReason(reply.error);
  const discard = (): void => {
    outbox.discard(reply.conversation, reply.key);
    if (reply.attachment !== null) uploads.drop(reply.attachment.id);
  };
  return (
    <div className={classes.failure} role="alert">
      <Icon name="alert" size={18} />
      <div>
        <strong>{t('reply.notSent')}</strong>
        <p>{reason}</p>
        <div className={classes.actions}>
          <Button size="compact-sm" onClick={() => outbox.retry(reply.conversation, reply.key)}>{t('reply.retry')}</Button>
          <Button size="compact-sm" variant="default" onClick={discard}>{t('reply.discard')}</Button>
        </div>
      </div>
    </div>
  );
}

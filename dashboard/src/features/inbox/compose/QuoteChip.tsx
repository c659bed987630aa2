import { ActionIcon } from '@mantine/core';
import { useCallback, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';

import { useInboxMemory } from '../context';
import type { Message } from '../model';
import { plainText } from '../text/parse';
import classes from './Compose.module.css';

/** The message the next reply of a conversation answers, kept current. */
export function useQuoted(conversation: string): Message | null {
  const { quotes } = useInboxMemory();
  return useSyncExternalStore(quotes.subscribe, useCallback(() => quotes.of(conversation), [quotes, conversation]));
}

/** What is being answered, above the place where the answer is written. */
export function QuoteChip({ message, onClose }: { readonly message: Message; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('inbox');
  const who = message.direction === 'inbound' ? message.author.name : t('act.you');
  return (
    <div className={classes.chip} data-testid="quoting">
      <div>
        <strong>{t('act.replyingTo', { name: who })}</strong>
        <p dir="auto">{message.text === '' ? t(`kind.${message.kind}`) : plainText(message.text)}</p>
      </div>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('act.noReply')} title={t('act.noReply')} onClick={onClose}><Icon name="close" size={18} /></ActionIcon>
    </div>
  );
}

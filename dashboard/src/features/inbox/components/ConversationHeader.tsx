import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Avatar } from '@/components/Avatar';
import { ConnectionPill } from '@/components/ConnectionPill';
import { Hint } from '@/components/Hint';
import { Icon } from '@/components/Icon';
import { formatPhone } from '@/lib/phone';

import { initials, toneOf, type Conversation } from '../model';
import classes from './ConversationPane.module.css';

interface Props {
  readonly conversation: Conversation;
  readonly detailsOpened: boolean;
  readonly onDetails: () => void;
  readonly onBack: () => void;
}

/** Whose conversation is open. */
export function ConversationHeader({ conversation, detailsOpened, onDetails, onBack }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const { contact } = conversation;
  return (
    <header className={classes.header}>
      <ActionIcon className={classes.back ?? ''} variant="subtle" color="gray" size={44} aria-label={t('thread.back')} onClick={onBack}>
        <Icon name="back" />
      </ActionIcon>
      <Avatar letters={initials(contact.name)} tone={toneOf(contact.id)} size={38} />
      <div className={classes.who}>
        <h2 className={classes.name}>{contact.name}</h2>
        <span className={classes.sub}>
          {contact.phone == null ? t('context.noPhone') : formatPhone(contact.phone)} · {t(`status.${conversation.status}`)}
        </span>
      </div>
      <ConnectionPill compact />
      <Hint label={t('thread.details')}>
        {(hinted) => (
          <ActionIcon
            {...hinted} variant={detailsOpened ? 'light' : 'subtle'} color={detailsOpened ? 'brand' : 'gray'} size={40} aria-label={t('thread.details')}
            aria-expanded={detailsOpened} onClick={onDetails}
          >
            <Icon name="details" />
          </ActionIcon>
        )}
      </Hint>
    </header>
  );
}

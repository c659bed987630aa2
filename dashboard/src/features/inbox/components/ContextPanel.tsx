import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Avatar } from '@/components/Avatar';
import { Icon } from '@/components/Icon';
import { formatPhone } from '@/lib/phone';
import { fullTime } from '@/lib/time';

import { initials, toneOf, type Conversation } from '../model';
import { ConsentSection } from './ConsentSection';
import classes from './ContextPanel.module.css';

interface Props {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Who the customer is and what they have agreed to. */
export function ContextPanel({ conversation, onClose }: Props): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const { contact, number, assignee } = conversation;
  return (
    <aside className={classes.panel} aria-label={t('context.label')}>
      <ActionIcon className={classes.close ?? ''} variant="subtle" color="gray" size={44} aria-label={t('context.close')} onClick={onClose}>
        <Icon name="close" />
      </ActionIcon>
      <div className={classes.person}>
        <Avatar letters={initials(contact.name)} tone={toneOf(contact.id)} size={64} />
        <h3 className={classes.name}>{contact.name}</h3>
      </div>
      <dl className={classes.facts}>
        <dt>{t('context.phone')}</dt>
        <dd>{contact.phone == null ? t('context.noPhone') : formatPhone(contact.phone)}</dd>
        <dt>{t('context.number')}</dt>
        <dd>{formatPhone(number.display_phone)}</dd>
        <dt>{t('context.status')}</dt>
        <dd>{t(`status.${conversation.status}`)}</dd>
        <dt>{t('context.assignee')}</dt>
        <dd>{assignee == null ? t('context.nobody') : assignee.name}</dd>
        <dt>{t('context.lastInbound')}</dt>
        <dd>{conversation.last_inbound_at == null ? t('context.never') : fullTime(conversation.last_inbound_at, i18n.language)}</dd>
      </dl>
      <ConsentSection conversation={conversation} />
    </aside>
  );
}

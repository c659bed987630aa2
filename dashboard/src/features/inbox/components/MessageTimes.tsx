import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Hint } from '@/components/Hint';
import { Icon, type IconName } from '@/components/Icon';
import { clockTime, fullTime } from '@/lib/time';

import type { Message, MessageState } from '../model';
import { ContractCost, ContractReason } from './ContractCost';
import classes from './MessageBubble.module.css';

const STATE_ICONS: Record<MessageState, IconName> = {
  received: 'tick', queued: 'clock', waiting: 'clock', sending: 'clock', accepted: 'clock', sent: 'tick', delivered: 'ticks', read: 'ticks', failed: 'alert',
};

const STAGES = ['queued_at', 'accepted_at', 'sent_at', 'delivered_at', 'read_at', 'failed_at'] as const;

/** The time and ticks of an outbound message; on hover, focus or touch, when it got how far. */
export function MessageTimes({ message }: { readonly message: Message }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const state = t(`state.${message.state}`);
  const time = clockTime(message.at, i18n.language);
  return (
    <Hint label={<Stages message={message} />} tellsMore position="top-end" color="dark">
      {(hinted) => (
        <UnstyledButton {...hinted} className={classes.times} data-state={message.state} aria-label={t('message.times', { state, time })}>
          {message.state !== 'delivered' && message.state !== 'read' && message.state !== 'sent' && <span>{state} ·</span>}
          <time dateTime={message.at}>{time}</time>
          <Icon name={STATE_ICONS[message.state]} size={17} />
        </UnstyledButton>
      )}
    </Hint>
  );
}

function Stages({ message }: { readonly message: Message }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  return (
    <span className={classes.stages}>
      {STAGES.map((stage) => {
        const at = message.stages[stage];
        if (at == null) return null;
        return <span key={stage} className={classes.stage}><span>{t(`stage.${stage}`)}</span><span>{fullTime(at, i18n.language)}</span></span>;
      })}
      {message.contract != null && (
        <span className={classes.stage}><span><ContractReason contract={message.contract} /></span><ContractCost contract={message.contract} /></span>
      )}
    </span>
  );
}

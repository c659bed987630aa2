import { VisuallyHidden } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Avatar } from '@/components/Avatar';
import { Icon } from '@/components/Icon';
import { RelativeTime } from '@/components/RelativeTime';
import { useNow } from '@/lib/use-now';

import { initials, replyWindow, toneOf, type Conversation } from '../model';
import { plainText } from '../text/parse';
import { timeLeft } from '../time-left';
import classes from './ConversationList.module.css';

interface Props {
  readonly id: string;
  readonly conversation: Conversation;
  readonly top: number;
  readonly position: number;
  /** -1 while the list's length is not known. */
  readonly total: number;
  readonly selected: boolean;
  /** Whether the keyboard's mark is here. */
  readonly marked: boolean;
  readonly onOpen: (id: string) => void;
}

/** One conversation of the list. */
export const ConversationRow = memo(function ConversationRow(props: Props): ReactNode {
  const { id, conversation, top, position, total, selected, marked, onOpen } = props;
  const { t } = useTranslation('inbox');
  const { contact, last_message: last, unread } = conversation;
  return (
    // The listbox handles the keys; an option itself never has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id} role="option" aria-selected={selected} aria-posinset={position} aria-setsize={total} className={classes.row}
      data-unread={unread || undefined} data-marked={marked || undefined} style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(conversation.id)}
    >
      <Avatar letters={initials(contact.name)} tone={toneOf(contact.id)} />
      <div className={classes.main}>
        <div className={classes.line}>
          <span className={classes.name}>{contact.name}</span>
          <span className={classes.time}><RelativeTime at={last.at} /></span>
        </div>
        <div className={classes.line}>
          <span className={classes.preview}>
            {last.failure_code != null && <Failed code={last.failure_code} />}
            {last.direction === 'outbound' && <span className={classes.you}>{t('list.you')} </span>}
            {last.preview === '' ? t(`kind.${last.kind}`) : plainText(last.preview)}
          </span>
          <WindowBadge closesAt={conversation.window_closes_at ?? null} />
          {unread && <span className={classes.unread}><VisuallyHidden>{t('list.unread')}</VisuallyHidden></span>}
        </div>
      </div>
    </div>
  );
});

/** That what was said last did not arrive; the bubble says why and what to do. */
function Failed({ code }: { readonly code: string }): ReactNode {
  const { t } = useTranslation('inbox');
  const text = t('list.failed', { code });
  return <span className={classes.badge} title={text}><Icon name="alert" size={14} /><VisuallyHidden>{text}</VisuallyHidden>{' '}</span>;
}

/** Whether the customer can still be answered freely, in the little room of a row. */
function WindowBadge({ closesAt }: { readonly closesAt: string | null }): ReactNode {
  const { t } = useTranslation('inbox');
  const state = replyWindow(closesAt, useNow());
  if (!state.open) {
    const text = t('list.windowClosed');
    return <span className={classes.badge} title={text}><Icon name="lock" size={14} /><VisuallyHidden>{text}</VisuallyHidden></span>;
  }
  if (!state.closingSoon) return null;
  const left = timeLeft(t, state);
  return (
    <span className={classes.badge} data-soon title={t('list.windowOpen', { left })}>
      <Icon name="clock" size={14} />{left}
    </span>
  );
}

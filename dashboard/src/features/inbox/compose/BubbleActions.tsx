import { ActionIcon } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useContext, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { Icon } from '@/components/Icon';
import { showToast } from '@/lib/toast';
import { useNow } from '@/lib/use-now';
import { uuidV7 } from '@/lib/uuid';

import { sendReaction, showMessage } from '../api';
import { useInboxMemory } from '../context';
import type { Message } from '../model';
import classes from './Compose.module.css';
import { OpenConversation } from './open-conversation';
import { mayQuote, mayReact } from './rules';

// Loads when the first emoji is to be put.
const ReactionPicker = lazy(() => import('./ReactionPicker').then((module) => ({ default: module.ReactionPicker })));

interface Props {
  readonly message: Message;
  /** The shop's emoji on it. */
  readonly reaction: string | null;
}

/** What can be done with a message of an open conversation: answer it, put an emoji on it. */
export function BubbleActions({ message, reaction }: Props): ReactNode {
  const open = useContext(OpenConversation);
  const now = useNow();
  if (open === null || !open.mayWrite || !mayQuote(message)) return null;
  return <Actions message={message} reaction={reaction} conversation={open.id} onQuote={open.write} reactable={mayReact(message, now)} />;
}

interface ActionsProps extends Props {
  readonly conversation: string;
  readonly onQuote: () => void;
  readonly reactable: boolean;
}

function Actions({ message, reaction, conversation, onQuote, reactable }: ActionsProps): ReactNode {
  const { t } = useTranslation('inbox');
  const { quotes } = useInboxMemory();
  const react = useReact(conversation, message.key);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  const toggle = (): void => {
    setAsked(true);
    setOpened(!opened);
  };
  const quote = (): void => {
    quotes.set(conversation, message);
    onQuote();
  };
  const choose = (emoji: string): void => {
    setOpened(false);
    void react(emoji === reaction ? null : emoji);
  };
  return (
    <div className={classes.actions} data-open={opened || undefined}>
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('act.reply')} title={t('act.reply')} onClick={quote}><Icon name="reply" size={18} /></ActionIcon>
      {reactable && (
        <>
          <ActionIcon
            ref={button} id={`${id}-target`} variant="subtle" color="gray" size={32} aria-label={t('act.react')} title={t('act.react')}
            aria-haspopup="dialog" aria-expanded={opened} aria-controls={opened ? `${id}-dropdown` : undefined} onClick={toggle}
          >
            <span aria-hidden="true">{'☺'}</span>
          </ActionIcon>
          <Suspense>{asked && <ReactionPicker id={id} button={button} reaction={reaction} opened={opened} onChange={setOpened} onChoose={choose} />}</Suspense>
        </>
      )}
    </div>
  );
}

/** Puts an emoji on a message, or takes it back; what fails is said. */
function useReact(conversation: string, key: string): (emoji: string | null) => Promise<void> {
  const api = useApi();
  const queryClient = useQueryClient();
  const { t } = useTranslation('inbox');
  return async (emoji) => {
    try {
      showMessage(queryClient, conversation, await sendReaction(api, conversation, uuidV7(Date.now()), key, emoji));
    } catch {
      showToast('danger', t('act.failed'));
    }
  };
}

/** The shop's emoji on a message. */
export function OwnReaction({ emoji }: { readonly emoji: string }): ReactNode {
  const { t } = useTranslation('inbox');
  return <span className={classes.own} role="img" aria-label={t('act.yours', { emoji })}>{emoji}</span>;
}

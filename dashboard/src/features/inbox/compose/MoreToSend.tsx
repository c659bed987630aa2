import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';

import type { Conversation } from '../model';

// Loads when it is asked for the first time.
const MoreMenu = lazy(() => import('./MoreMenu').then((module) => ({ default: module.MoreMenu })));

/** Opens what can be sent beside words, files and sound. */
export function MoreToSend({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { t } = useTranslation('inbox');
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  const toggle = (): void => {
    setAsked(true);
    setOpened(!opened);
  };
  return (
    <>
      <ActionIcon
        ref={button} id={`${id}-target`} variant="subtle" color="gray" size={44} aria-label={t('reply.more')} title={t('reply.more')}
        aria-haspopup="menu" aria-expanded={opened} aria-controls={opened ? `${id}-dropdown` : undefined} onClick={toggle}
      >
        <Icon name="list" />
      </ActionIcon>
      <Suspense>{asked && <MoreMenu id={id} button={button} opened={opened} onChange={setOpened} conversation={conversation} />}</Suspense>
    </>
  );
}

import { Menu } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { lazy, Suspense, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { TemplatePicker } from '../components/TemplatePicker';
import type { Conversation } from '../model';
import { Standing } from './Standing';

const InteractiveDialog = lazy(() => import('./InteractiveDialog').then((module) => ({ default: module.InteractiveDialog })));

const CHOICES = ['template', 'buttons', 'list'] as const;

interface Props {
  /** Prefix of the ids that tie the button and the menu together. */
  readonly id: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly conversation: Conversation;
}

/** What can be sent beside words, files and sound; each opens its own dialog. */
export function MoreMenu({ id, button, opened, onChange, conversation }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const [chosen, choose] = useState<(typeof CHOICES)[number] | null>(null);
  // Opened after it is there: the focus to return to is remembered when it opens.
  const ready = useMounted();
  const close = (): void => {
    choose(null);
    button.current?.focus();
  };
  return (
    <>
      <Menu id={id} opened={opened && ready} onChange={onChange} position="top-end" shadow="md" withinPortal>
        <Menu.Target><Standing element={button} /></Menu.Target>
        <Menu.Dropdown>
          {CHOICES.map((choice) => <Menu.Item key={choice} onClick={() => choose(choice)}>{t(`more.${choice}`)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {chosen === 'template' && <TemplatePicker conversation={conversation} onClose={close} />}
      <Suspense>{(chosen === 'buttons' || chosen === 'list') && <InteractiveDialog kind={chosen} conversation={conversation} onClose={close} />}</Suspense>
    </>
  );
}

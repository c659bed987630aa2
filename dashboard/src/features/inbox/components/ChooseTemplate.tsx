import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Hint } from '@/components/Hint';
import { Icon } from '@/components/Icon';

import type { Conversation } from '../model';

// Chosen seldom: it loads when it is asked for.
const TemplatePicker = lazy(() => import('./TemplatePicker').then((module) => ({ default: module.TemplatePicker })));

interface Props {
  readonly conversation: Conversation;
  /** Beside the reply there is room for a symbol only. */
  readonly small?: boolean;
}

/** Opens the choice of templates. */
export function ChooseTemplate({ conversation, small = false }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const [opened, setOpened] = useState(false);
  const open = (): void => setOpened(true);
  return (
    <>
      {small ? (
        <Hint label={t('template.pick')}>
          {(hinted) => <ActionIcon {...hinted} variant="subtle" color="gray" size={44} aria-label={t('template.pick')} onClick={open}><Icon name="list" /></ActionIcon>}
        </Hint>
      ) : (
        <Button variant="default" onClick={open}>{t('template.pick')}</Button>
      )}
      <Suspense>{opened && <TemplatePicker conversation={conversation} onClose={() => setOpened(false)} />}</Suspense>
    </>
  );
}

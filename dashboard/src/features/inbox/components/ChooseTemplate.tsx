import { Button } from '@mantine/core';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Conversation } from '../model';

// Chosen seldom: it loads when it is asked for.
const TemplatePicker = lazy(() => import('./TemplatePicker').then((module) => ({ default: module.TemplatePicker })));

/** Opens the choice of templates. */
export function ChooseTemplate({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { t } = useTranslation('inbox');
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpened(false);
    button.current?.focus();
  };
  return (
    <>
      <Button ref={button} mt="xs" onClick={() => setOpened(true)}>{t('template.pick')}</Button>
      <Suspense>{opened && <TemplatePicker conversation={conversation} onClose={close} />}</Suspense>
    </>
  );
}

import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useConnectionState, useReconnect } from '@/lib/realtime/context';

import { Hint } from './Hint';
import classes from './ConnectionPill.module.css';

/** The state of the live connection, always in sight; selecting it tries again. */
export function ConnectionPill({ compact = false }: { readonly compact?: boolean }): ReactNode {
  const { t } = useTranslation('common');
  const state = useConnectionState();
  const reconnect = useReconnect();
  return (
    <Hint label={t(`connection.${state}Hint`)} tellsMore maw={260}>
      {(hinted) => (
        <UnstyledButton {...hinted} className={classes.pill} data-state={state} data-compact={compact || undefined} onClick={() => state === 'waiting' && reconnect()}>
          <span className={classes.dot} aria-hidden="true" />
          <output className={classes.text}>{t(`connection.${state}`)}</output>
        </UnstyledButton>
      )}
    </Hint>
  );
}

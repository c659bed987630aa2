import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useConnectionState, useReconnect } from '@/lib/realtime/context';

import classes from './ConnectionPill.module.css';

/** The state of the live connection, always in sight; selecting it tries again. */
export function ConnectionPill({ compact = false }: { readonly compact?: boolean }): ReactNode {
  const { t } = useTranslation('common');
  const state = useConnectionState();
  const reconnect = useReconnect();
  return (
    <Tooltip label={t(`connection.${state}Hint`)} multiline maw={260} events={{ hover: true, focus: true, touch: true }}>
      <UnstyledButton className={classes.pill} data-state={state} data-compact={compact || undefined} onClick={() => state === 'waiting' && reconnect()}>
        <span className={classes.dot} aria-hidden="true" />
        <output className={classes.text}>{t(`connection.${state}`)}</output>
      </UnstyledButton>
    </Tooltip>
  );
}

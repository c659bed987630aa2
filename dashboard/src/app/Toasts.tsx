import { Notification } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { dismissToast, useToasts } from '@/lib/toast';

import classes from './Toasts.module.css';

/** The notices, over the page's lower corner. */
export function Toasts(): ReactNode {
  const { t } = useTranslation('common');
  const toasts = useToasts();
  return (
    <div className={classes.toasts} role="status">
      {toasts.map(({ id, tone, message }) => (
        <Notification key={id} color={tone === 'danger' ? 'red' : 'brand'} onClose={() => dismissToast(id)} closeButtonProps={{ 'aria-label': t('shell.dismiss') }} withBorder>
          {message}
        </Notification>
      ))}
    </div>
  );
}

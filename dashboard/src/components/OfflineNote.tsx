import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { clockTime } from '@/lib/time';
import { useOnline } from '@/lib/use-online';

import { Icon } from './Icon';
import classes from './OfflineNote.module.css';

/** Says how old a region's data is while there is no network. */
export function OfflineNote({ loadedAt }: { readonly loadedAt: number }): ReactNode {
  const { t, i18n } = useTranslation('common');
  const online = useOnline();
  if (online || loadedAt === 0) return null;
  return (
    <p className={classes.note} role="status">
      <Icon name="offline" size={16} />
      {t('state.offlineSince', { time: clockTime(loadedAt, i18n.language) })}
    </p>
  );
}

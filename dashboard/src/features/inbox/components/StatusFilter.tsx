import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { STATUSES, statusOf, type ConversationStatus } from '../model';

interface Props {
  readonly status: ConversationStatus;
  readonly onFilter: (status: ConversationStatus) => void;
}

/** Chooses which conversations the list shows. */
export function StatusFilter({ status, onFilter }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <SegmentedControl
      aria-label={t('list.filter')} fullWidth size="sm" value={status} onChange={(value) => onFilter(statusOf(value))}
      data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
    />
  );
}

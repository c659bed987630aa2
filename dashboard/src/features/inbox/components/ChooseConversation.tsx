import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { EmptyState } from '@/components/EmptyState';

/** Stands where a conversation will be. */
export function ChooseConversation(): ReactNode {
  const { t } = useTranslation('inbox');
  return <EmptyState icon="inbox" title={t('choose.title')} body={t('choose.body')} />;
}

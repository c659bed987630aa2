import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { fullTime, listTime } from '@/lib/time';
import { useNow } from '@/lib/use-now';

/** A moment as an age that stays true, with the whole date on hover. */
export function RelativeTime({ at }: { readonly at: string }): ReactNode {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <time dateTime={at} title={fullTime(at, i18n.language)}>
      {listTime(at, now, i18n.language)}
    </time>
  );
}

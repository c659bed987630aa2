import type { TFunction } from 'i18next';

import type { ReplyWindow } from './model';

/** How long a reply window stays open, in words. */
export function timeLeft(t: TFunction<'inbox'>, window: ReplyWindow & { open: true }): string {
  if (window.hours === 0) return t('reply.minutes', { minutes: window.minutes });
  return t('reply.hours', { hours: window.hours, minutes: window.minutes });
}

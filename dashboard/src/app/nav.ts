import type { LinkProps } from '@tanstack/react-router';

import type { IconName } from '@/components/Icon';

/** One place of the rail and of the bottom bar. */
export interface NavItem {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  readonly labelKey: 'nav.inbox' | 'nav.templates' | 'nav.operations' | 'nav.settings';
  /** Whether only those who run the business see it. */
  readonly forManagers?: true;
}

export const NAV: readonly NavItem[] = [
  { to: '/inbox', icon: 'inbox', labelKey: 'nav.inbox' },
  { to: '/templates', icon: 'list', labelKey: 'nav.templates' },
  { to: '/operations', icon: 'alert', labelKey: 'nav.operations', forManagers: true },
  { to: '/settings', icon: 'settings', labelKey: 'nav.settings' },
];

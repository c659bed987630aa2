import { VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/api/session';
import { ConnectionPill } from '@/components/ConnectionPill';
import { Icon } from '@/components/Icon';
import { useAnnouncement } from '@/lib/announce';
import { useCommand } from '@/lib/keyboard/use-command';

import { NAV } from './nav';
import classes from './Shell.module.css';

// The messages come first: menus load beside them, and the help sheet when it is asked for.
const HeaderMenus = lazy(() => import('./HeaderMenus').then((module) => ({ default: module.HeaderMenus })));
const HelpSheet = lazy(() => import('./HelpSheet').then((module) => ({ default: module.HelpSheet })));

interface Props {
  readonly session: Session;
  readonly stage: string;
  /** On a phone an open conversation has the whole screen. */
  readonly immersive: boolean;
  readonly onLogOut: () => void;
  readonly children: ReactNode;
}

/** The frame of every page behind the log-in: rail or bottom bar, header, help, announcements. */
export function Shell({ session, stage, immersive, onLogOut, children }: Props): ReactNode {
  const { t } = useTranslation('common');
  const [helpOpened, help] = useDisclosure(false);
  useCommand('help.toggle', help.toggle);
  return (
    <div className={classes.shell} data-immersive={immersive || undefined}>
      <a className={classes.skip} href="#content">{t('shell.skip')}</a>
      <header className={classes.header}>
        <span className={classes.shop}>{session.tenant.name}</span>
        {stage !== 'prod' && stage !== 'unknown' && (
          <span className={classes.stage} title={t('shell.stage', { stage })}>{stage}</span>
        )}
        <div className={classes.tools}>
          <ConnectionPill />
          <Suspense fallback={<span className={classes.menusPlace} />}>
            <HeaderMenus session={session} onHelp={help.open} onLogOut={onLogOut} />
          </Suspense>
        </div>
      </header>
      <nav className={classes.nav} aria-label={t('nav.label')}>
        <span className={classes.mark} aria-hidden="true">{t('product').charAt(0)}</span>
        {NAV.filter((item) => item.forManagers !== true || session.user.role !== 'agent').map(({ to, icon, labelKey }) => (
          <Link key={labelKey} to={to} className={classes.navItem}>
            <Icon name={icon} size={22} />
            <span>{t(labelKey)}</span>
          </Link>
        ))}
      </nav>
      <main id="content" className={classes.content} tabIndex={-1}>{children}</main>
      <Suspense>{helpOpened && <HelpSheet opened onClose={help.close} />}</Suspense>
      <LiveRegion />
    </div>
  );
}

function LiveRegion(): ReactNode {
  const { text, count } = useAnnouncement();
  return <VisuallyHidden aria-live="polite"><span key={count}>{text}</span></VisuallyHidden>;
}

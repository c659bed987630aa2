import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConversationStatus } from '../model';
import { ConversationList } from './ConversationList';
import classes from './InboxLayout.module.css';
import { StatusFilter } from './StatusFilter';

interface Props {
  readonly status: ConversationStatus;
  /** The open conversation. */
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  readonly onFilter: (status: ConversationStatus) => void;
  /** The open conversation's pane, or what stands there instead. */
  readonly children: ReactNode;
}

/** The inbox: the list beside the open conversation; on a phone, one of the two. */
export function InboxLayout({ status, selected, onOpen, onFilter, children }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <div className={classes.inbox} data-open={selected !== null || undefined}>
      {/* The page's heading for those who hear it; on a phone the list and its title may be away. */}
      <VisuallyHidden component="h1">{t('title')}</VisuallyHidden>
      <section className={classes.list} aria-label={t('list.label')}>
        <div className={classes.head}>
          <div className={classes.title} aria-hidden="true">{t('title')}</div>
          <StatusFilter status={status} onFilter={onFilter} />
        </div>
        <ConversationList key={status} status={status} selected={selected} onOpen={onOpen} onFilter={onFilter} />
      </section>
      <div className={classes.pane}>{children}</div>
    </div>
  );
}

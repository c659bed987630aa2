import { ActionIcon } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';
import { dayHeading } from '@/lib/time';
import { useNow } from '@/lib/use-now';

import type { Conversation } from '../model';
import type { ThreadRow } from '../rows';
import { MessageBubble } from './MessageBubble';
import { PendingBubble } from './PendingBubble';
import classes from './Thread.module.css';

interface Props {
  readonly rows: readonly ThreadRow[];
  readonly conversation: Conversation;
  readonly mayLoadOlder: boolean;
  readonly onLoadOlder: () => unknown;
  readonly onNewestInSight: (inSight: boolean) => void;
}

/** Closer to the end than this counts as being there: new messages then scroll into sight. */
const AT_END_PX = 80;
/** Older messages are read when this few rows are left above. */
const READ_AHEAD_ROWS = 8;

/** The virtual thread: newest at the bottom, and what is being read stays where it is when older messages arrive. */
export function ThreadRows({ rows, conversation, mayLoadOlder, onLoadOlder, onNewestInSight }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [placed, setPlaced] = useState(false);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 68,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: AT_END_PX,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 12,
  });
  useLayoutEffect(() => {
    virtualizer.scrollToEnd();
    setPlaced(true);
  }, [virtualizer]);

  const shown = virtualizer.getVirtualItems();
  const firstShown = shown[0]?.index ?? 0;
  useEffect(() => {
    if (placed && mayLoadOlder && firstShown <= READ_AHEAD_ROWS) onLoadOlder();
  }, [placed, mayLoadOlder, firstShown, onLoadOlder]);
  // Asked after every paint: rows grow when they are measured, which moves the end without any scrolling.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- a boolean that stays the same does not paint again
  useEffect(() => setAtEnd(virtualizer.isAtEnd(AT_END_PX)));
  useEffect(() => onNewestInSight(atEnd), [atEnd, onNewestInSight]);

  const newest = rows.at(-1)?.key;
  const [newestSeen, setNewestSeen] = useState(newest);
  if (atEnd && newestSeen !== newest) setNewestSeen(newest);

  return (
    <>
      <div
        ref={scroller} className={classes.scroller} role="region" aria-label={t('thread.label', { name: conversation.contact.name })}
        // A scrolling region must be reachable for people who scroll with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0} onScroll={() => setAtEnd(virtualizer.isAtEnd(AT_END_PX))}
      >
        <div className={classes.sizer} style={{ height: virtualizer.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div key={item.key} data-index={item.index} ref={virtualizer.measureElement} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
                <Row row={row} />
              </div>
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <ActionIcon
          className={classes.toNewest ?? ''} variant="default" radius="xl" size={44} data-new={newestSeen !== newest || undefined}
          aria-label={newestSeen === newest ? t('thread.toNewest') : t('thread.newBelow')} onClick={() => virtualizer.scrollToEnd()}
        >
          <Icon name="down" />
        </ActionIcon>
      )}
    </>
  );
}

function Row({ row }: { readonly row: ThreadRow }): ReactNode {
  switch (row.kind) {
    case 'day':
      return <DayHeading at={row.at} />;
    case 'message':
      return <MessageBubble message={row.message} startsGroup={row.startsGroup} reaction={row.reaction} />;
    case 'pending':
      return <PendingBubble reply={row.reply} />;
  }
}

function DayHeading({ at }: { readonly at: string }): ReactNode {
  const { i18n } = useTranslation();
  const now = useNow();
  return <h3 className={classes.day}><span>{dayHeading(at, now, i18n.language)}</span></h3>;
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '@/lib/keyboard/use-command';

import type { Conversation } from '../model';
import classes from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';

interface Props {
  readonly conversations: readonly Conversation[];
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  readonly hasMore: boolean;
  readonly mayLoadMore: boolean;
  readonly onLoadMore: () => unknown;
}

const ROW_PX = 76;
/** More is read when this few rows are left below. */
const READ_AHEAD_ROWS = 12;

/** The virtual list: only the rows in sight exist, however long the list is. */
export function ConversationRows({ conversations, selected, onOpen, hasMore, mayLoadMore, onLoadMore }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // The marked row is remembered by its conversation: rows move when messages arrive.
  const [marked, setMarked] = useState<string | null>(selected);
  const virtualizer = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: useCallback((index: number) => conversations[index]?.id ?? index, [conversations]),
    overscan: 6,
  });
  const rows = virtualizer.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (mayLoadMore && lastShown >= conversations.length - READ_AHEAD_ROWS) onLoadMore();
  }, [mayLoadMore, lastShown, conversations.length, onLoadMore]);

  const markedIndex = conversations.findIndex((conversation) => conversation.id === marked);
  const move = (step: 1 | -1): void => {
    const index = markedIndex === -1 ? 0 : Math.min(conversations.length - 1, Math.max(0, markedIndex + step));
    setMarked(conversations[index]?.id ?? null);
    virtualizer.scrollToIndex(index);
  };
  useCommand('list.next', () => move(1));
  useCommand('list.previous', () => move(-1));
  useCommand('list.open', () => marked !== null && onOpen(marked), markedIndex !== -1);
  const open = useCallback((id: string) => { setMarked(id); onOpen(id); }, [onOpen]);

  const rowId = (index: number): string => `${listId}-${index}`;
  const isMarkedShown = rows.some((row) => row.index === markedIndex);
  return (
    <div
      ref={scroller} className={classes.scroller} role="listbox" tabIndex={0} aria-label={t('list.label')}
      aria-activedescendant={isMarkedShown ? rowId(markedIndex) : undefined}
    >
      <div className={classes.sizer} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => {
          const conversation = conversations[row.index];
          if (conversation === undefined) return null;
          return (
            <ConversationRow
              key={row.key} id={rowId(row.index)} conversation={conversation} top={row.start} position={row.index + 1}
              total={hasMore ? -1 : conversations.length} selected={conversation.id === selected} marked={conversation.id === marked}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}

import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, type ReactNode } from 'react';

import { useApi } from '@/api/context';
import { ErrorState } from '@/components/ErrorState';
import { useCommand } from '@/lib/keyboard/use-command';
import { useNow } from '@/lib/use-now';

import { conversationQuery } from '../api';
import { OpenConversation } from '../compose/open-conversation';
import { replyWindow } from '../model';
import { Composer } from './Composer';
import { ContextPanel } from './ContextPanel';
import classes from './ConversationPane.module.css';
import { ConversationHeader } from './ConversationHeader';
import { ThreadSkeleton } from './Skeletons';
import { Thread } from './Thread';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

/** An open conversation: header, thread, reply box, and who the customer is. */
export function ConversationPane({ id, onClose }: Props): ReactNode {
  const { data: conversation, error, refetch, isRefetching } = useQuery(conversationQuery(useApi(), useQueryClient(), id));
  const details = useDetails();
  const input = useRef<HTMLTextAreaElement>(null);
  const mayWrite = replyWindow(conversation?.window_closes_at, useNow()).open;
  const open = useMemo(() => ({ id, mayWrite, write: () => input.current?.focus() }), [id, mayWrite]);
  useCommand('thread.reply', () => input.current?.focus());
  useCommand('thread.back', useCallback(() => (details.isOverlay ? details.toggle() : onClose()), [details, onClose]));

  if (conversation === undefined) {
    if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} retrying={isRefetching} />;
    return <div className={classes.column}><ThreadSkeleton /></div>;
  }
  return (
    <div className={classes.pane}>
      <div className={classes.column}>
        <ConversationHeader conversation={conversation} detailsOpened={details.opened} onDetails={details.toggle} onBack={onClose} />
        <OpenConversation value={open}><Thread conversation={conversation} /></OpenConversation>
        <Composer conversation={conversation} input={input} />
      </div>
      {details.opened && <ContextPanel conversation={conversation} onClose={details.toggle} />}
    </div>
  );
}

interface Details {
  readonly opened: boolean;
  /** Whether the panel covers the thread. */
  readonly isOverlay: boolean;
  readonly toggle: () => void;
}

/** Beside the thread the panel stays as the person left it; over the thread it is closed until asked for. */
function useDetails(): Details {
  const isWide = useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false });
  const [beside, setBeside] = useLocalStorage({ key: 'tarun-details', defaultValue: true, getInitialValueInEffect: false });
  const [over, { toggle }] = useDisclosure(false);
  if (isWide) return { opened: beside, isOverlay: false, toggle: () => setBeside(!beside) };
  return { opened: over, isOverlay: over, toggle };
}

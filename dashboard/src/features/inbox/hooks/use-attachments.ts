import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { showToast } from '@/lib/toast';

import { useInboxMemory } from '../context';
import { FileRefused } from '../media/refused';
import { FILES_AT_ONCE, LARGEST } from '../media/rules';
import { sizeOf } from '../media/size';
import type { Attachment } from '../media/uploads';

export interface Attachments {
  readonly chosen: readonly Attachment[];
  /** Takes files on; those that cannot go are refused in words. */
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (attachment: Attachment) => void;
  /** Gives the files away to be sent. */
  readonly take: () => readonly Attachment[];
  /** Whether files are being made ready. */
  readonly preparing: boolean;
}

/** The files chosen for the next message of a conversation. They wait while other conversations are open. */
export function useAttachments(conversation: string): Attachments {
  const { t, i18n } = useTranslation('inbox');
  const { uploads, files } = useInboxMemory();
  const [chosen, setChosen] = useState<readonly Attachment[]>(files.get(conversation) ?? []);
  const [preparing, setPreparing] = useState(0);

  const keep = useCallback(
    (next: readonly Attachment[]): void => {
      if (next.length === 0) files.delete(conversation);
      else files.set(conversation, next);
      setChosen(next);
    },
    [conversation, files],
  );
  const refuse = useCallback(
    (error: unknown): void => {
      if (!(error instanceof FileRefused)) return showToast('danger', t('attach.refused.failed'));
      const max = error.kind === null ? '' : sizeOf(LARGEST[error.kind], i18n.language);
      showToast('danger', t(`attach.refused.${error.code}`, { name: error.filename, max }));
    },
    [i18n.language, t],
  );
  const add = useCallback(
    (added: Iterable<File>): void => {
      const room = FILES_AT_ONCE - (files.get(conversation)?.length ?? 0);
      const all = [...added];
      if (all.length > room) showToast('danger', t('attach.tooMany', { count: FILES_AT_ONCE }));
      for (const file of all.slice(0, Math.max(0, room))) {
        setPreparing((count) => count + 1);
        // Loads when the first file is chosen.
        import('../media/prepare')
          .then(({ prepare }) => prepare(file))
          .then((ready) => keep([...(files.get(conversation) ?? []), uploads.start(ready)]))
          .catch(refuse)
          .finally(() => setPreparing((count) => count - 1));
      }
    },
    [conversation, files, keep, refuse, t, uploads],
  );
  const remove = useCallback(
    (attachment: Attachment): void => {
      uploads.drop(attachment.id);
      keep((files.get(conversation) ?? []).filter((other) => other.id !== attachment.id));
    },
    [conversation, files, keep, uploads],
  );
  const take = useCallback((): readonly Attachment[] => {
    const taken = files.get(conversation) ?? [];
    keep([]);
    return taken;
  }, [conversation, files, keep]);
  return { chosen, add, remove, take, preparing: preparing > 0 };
}

/** Whether files are being dragged over the page; dropped ones are given away. */
export function useFileDrop(onFiles: (files: Iterable<File>) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles(event.dataTransfer?.files ?? []);
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('dragleave', onDragLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('dragleave', onDragLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, [onFiles]);
  return over;
}

import { ActionIcon, Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';
import { announce } from '@/lib/announce';
import { showToast } from '@/lib/toast';

import type { Recorded, Recording, VoiceFailed } from './voice';
import classes from './Attachments.module.css';

/** WhatsApp takes sixteen megabytes; nobody listens for longer. */
const LONGEST_MS = 15 * 60_000;
/** Whether this browser can record at all. */
const SUPPORTED = typeof MediaRecorder !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined;

interface Props {
  /** Resolves when the recording has been taken on. */
  readonly onRecorded: (recorded: Recorded) => Promise<void>;
  readonly onActive: (active: boolean) => void;
}

/** Records a voice note: a microphone, then a clock with a way to send and a way to forget. */
export function VoiceRecorder({ onRecorded, onActive }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const [recording, setRecording] = useState<Recording | null>(null);
  const [working, setWorking] = useState(false);
  const current = useRef<Recording | null>(null);
  useEffect(() => () => current.current?.cancel(), []);

  const hold = (next: Recording | null): void => {
    current.current = next;
    setRecording(next);
    onActive(next !== null);
  };
  const failed = (error: unknown): void => {
    showToast('danger', t(`voice.${(error as Partial<VoiceFailed>).problem ?? 'failed'}`));
  };
  const start = async (): Promise<void> => {
    setWorking(true);
    try {
      // Loaded when somebody records: most people never do.
      hold(await (await import('./voice')).Recording.start());
      announce(t('voice.started'));
    } catch (error) {
      failed(error);
    } finally {
      setWorking(false);
    }
  };
  const finish = async (): Promise<void> => {
    if (recording === null || working) return;
    setWorking(true);
    try {
      await onRecorded(await recording.stop());
    } catch (error) {
      failed(error);
    } finally {
      setWorking(false);
      hold(null);
    }
  };
  const cancel = (): void => {
    recording?.cancel();
    hold(null);
  };

  if (recording === null) {
    if (!SUPPORTED) return null;
    return <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('voice.record')} title={t('voice.record')} loading={working} onClick={() => void start()}><Icon name="microphone" /></ActionIcon>;
  }
  return (
    <div className={classes.recorder} role="group" aria-label={t('voice.label')}>
      <span className={classes.dot} />
      <Elapsed since={recording.startedAt} onOver={() => void finish()} />
      <Button variant="default" onClick={cancel} disabled={working}>{t('voice.cancel')}</Button>
      <ActionIcon size={44} aria-label={t('voice.send')} onClick={() => void finish()} loading={working}><Icon name="send" /></ActionIcon>
    </div>
  );
}

/** How long it has been going on; ends it when it has gone on for too long. */
function Elapsed({ since, onOver }: { readonly since: number; readonly onOver: () => void }): ReactNode {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1_000)), 250);
    return () => clearInterval(timer);
  }, [since]);
  const over = seconds * 1_000 >= LONGEST_MS;
  const end = useRef(onOver);
  useEffect(() => {
    end.current = onOver;
  });
  useEffect(() => {
    if (over) end.current();
  }, [over]);
  return <time role="timer">{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</time>;
}

import { ActionIcon, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { Hint } from '@/components/Hint';
import { Icon } from '@/components/Icon';
import { COMMANDS, matchesCommand } from '@/lib/keyboard/commands';
import { useNow } from '@/lib/use-now';
import { useOnline } from '@/lib/use-online';

import { MoreToSend } from '../compose/MoreToSend';
import { QuoteChip, useQuoted } from '../compose/QuoteChip';
import { useTyping } from '../compose/use-typing';
import { useInboxMemory } from '../context';
import { contractQuery, type Contract } from '../contract';
import { useAttachments, useFileDrop } from '../hooks/use-attachments';
import { CHOOSABLE, takesCaption } from '../media/rules';
import type { Recorded } from '../media/voice';
import { CAPTION_LIMIT, replyWindow, TEXT_LIMIT, textLength, type Conversation, type ReplyWindow } from '../model';
import { timeLeft } from '../time-left';
import { ChooseTemplate } from './ChooseTemplate';
import classes from './Composer.module.css';
import { ContractReason, ReplyCost } from './ContractCost';
import attachmentClasses from '../media/Attachments.module.css';
import { VoiceRecorder } from '../media/VoiceRecorder';

// Loads when the first file is chosen.
const AttachmentTray = lazy(() => import('../media/AttachmentTray').then((module) => ({ default: module.AttachmentTray })));

interface Props {
  readonly conversation: Conversation;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** The counter appears when this few characters are left. */
const COUNT_FROM = 500;

/** Where a reply is written, with the time that is left for it. */
export function Composer({ conversation, input }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  const state = replyWindow(conversation.window_closes_at, useNow());
  const { data: contract } = useQuery(contractQuery(useApi(), conversation));
  if (state.open && contract !== undefined && contract.own_words.decision !== 'allow') return <Locked name={conversation.contact.name} contract={contract.own_words} />;
  if (!state.open) return <WindowClosed conversation={conversation} everOpen={state.everOpen} />;
  return (
    <section className={classes.composer} aria-label={t('reply.label', { name: conversation.contact.name })}>
      <ReplyForm conversation={conversation} input={input} window={state} />
    </section>
  );
}

function ReplyForm({ conversation, input, window }: Props & { readonly window: ReplyWindow & { open: true } }): ReactNode {
  const { t } = useTranslation('inbox');
  const { outbox, drafts, quotes, uploads } = useInboxMemory();
  const quoted = useQuoted(conversation.id);
  const typing = useTyping(conversation);
  const [text, setText] = useState(drafts.get(conversation.id) ?? '');
  const attachments = useAttachments(conversation.id);
  const dropping = useFileDrop(attachments.add);
  const [recording, setRecording] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const { chosen } = attachments;
  const captioned = chosen.find((attachment) => takesCaption(attachment.file.kind));
  const left = (captioned === undefined ? TEXT_LIMIT : CAPTION_LIMIT) - textLength(text.trim());
  const maySend = (text.trim() !== '' || chosen.length > 0) && left >= 0 && !attachments.preparing;

  const write = (next: string): void => {
    setText(next);
    if (next !== '') typing();
    if (next === '') drafts.delete(conversation.id);
    else drafts.set(conversation.id, next);
  };
  const send = (): void => {
    if (!maySend) return;
    // Words go under the first file that can have some, else before all of them; what is quoted is quoted by the first.
    if (captioned === undefined && text.trim() !== '') quotes.bind(conversation.id, outbox.send(conversation.id, text.trim()));
    for (const attachment of attachments.take()) {
      quotes.bind(conversation.id, outbox.send(conversation.id, attachment === captioned ? text.trim() : '', attachment));
    }
    write('');
    input.current?.focus();
  };
  const sendVoice = async (recorded: Recorded): Promise<void> => {
    const { prepareVoice } = await import('../media/prepare');
    const file = await prepareVoice(recorded.content, recorded.voice);
    outbox.send(conversation.id, '', uploads.start(file));
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attachments.add([...event.clipboardData.files]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While a Devanagari word is being composed, Enter chooses the word.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && quoted !== null) {
      // The first press lets go of the quoted message, the second of the box.
      event.stopPropagation();
      quotes.clear(conversation.id);
      return;
    }
    if (event.key === 'Escape') event.currentTarget.blur();
    if (!matchesCommand(event.nativeEvent, COMMANDS['composer.send'])) return;
    // On a touch keyboard Enter is the only way to a new line.
    if (!event.ctrlKey && !event.metaKey && matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    send();
  };

  return (
    <>
      <WindowLine window={window} left={left} conversation={conversation} />
      {quoted !== null && <QuoteChip message={quoted} onClose={() => quotes.clear(conversation.id)} />}
      <Suspense>{chosen.length > 0 && <AttachmentTray attachments={chosen} onRemove={attachments.remove} />}</Suspense>
      {dropping && <div className={attachmentClasses.drop} aria-hidden="true">{t('attach.drop')}</div>}
      <div className={classes.box} data-recording={recording || undefined}>
        <input
          ref={chooser} type="file" multiple hidden accept={CHOOSABLE} aria-label={t('attach.choose')} data-testid="attach"
          onChange={(event) => {
            attachments.add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
            input.current?.focus();
          }}
        />
        <ActionIcon className={classes.tool ?? ''} variant="subtle" color="gray" size={44} aria-label={t('attach.choose')} title={t('attach.choose')} loading={attachments.preparing} onClick={() => chooser.current?.click()}>
          <Icon name="attachment" />
        </ActionIcon>
        <Textarea
          ref={input} className={classes.input ?? ''} aria-label={t('reply.label', { name: conversation.contact.name })} placeholder={t('reply.placeholder')}
          autosize minRows={1} maxRows={8} size="md" value={text} onChange={(event) => write(event.currentTarget.value)} onKeyDown={onKeyDown} onPaste={onPaste}
          error={left < 0 && t('reply.over', { count: -left })} errorProps={{ role: 'alert' }} dir="auto"
        />
        {text === '' && chosen.length === 0 && <VoiceRecorder onRecorded={sendVoice} onActive={setRecording} />}
        <MoreToSend conversation={conversation} />
        <Hint label={t('reply.hint')}>
          {(hinted) => <ActionIcon {...hinted} size={44} aria-label={t('reply.send')} onClick={send} disabled={!maySend}><Icon name="send" /></ActionIcon>}
        </Hint>
      </div>
    </>
  );
}

interface WindowLineProps {
  readonly window: ReplyWindow & { open: true };
  readonly left: number;
  readonly conversation: Conversation;
}

function WindowLine({ window, left, conversation }: WindowLineProps): ReactNode {
  const { t } = useTranslation('inbox');
  const online = useOnline();
  return (
    <div className={classes.status}>
      <span className={classes.window} data-soon={window.closingSoon || undefined}>
        <Icon name="clock" size={15} />
        {t(window.closingSoon ? 'reply.windowSoon' : 'reply.windowLeft', { left: timeLeft(t, window) })}
      </span>
      <ReplyCost conversation={conversation} />
      {!online && <span className={classes.offline}>{t('reply.offline')}</span>}
      {left >= 0 && left <= COUNT_FROM && <span className={classes.count}>{t('reply.left', { count: left })}</span>}
    </div>
  );
}

/** Why nothing can be sent although the window is open: the number is stopped, or WhatsApp has restricted it. */
function Locked({ name, contract }: { readonly name: string; readonly contract: Contract }): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <section className={classes.closed} aria-label={t('reply.label', { name })}>
      <Icon name="lock" size={22} />
      <div>
        <strong>{t('contract.lockedTitle')}</strong>
        <p><ContractReason contract={contract} /></p>
      </div>
    </section>
  );
}

/** Why nothing can be written now, and what would change that. */
function WindowClosed({ conversation, everOpen }: { readonly conversation: Conversation; readonly everOpen: boolean }): ReactNode {
  const { t } = useTranslation('inbox');
  const { name } = conversation.contact;
  return (
    <section className={classes.closed} aria-label={t('reply.label', { name })}>
      <Icon name="lock" size={22} />
      <div>
        <strong>{t('reply.closedTitle')}</strong>
        <p>{t(everOpen ? 'reply.closedBody' : 'reply.neverBody', { name })}</p>
        <ChooseTemplate conversation={conversation} />
      </div>
    </section>
  );
}

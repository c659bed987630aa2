import { VisuallyHidden } from '@mantine/core';
import { lazy, memo, Suspense, useContext, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon, type IconName } from '@/components/Icon';
import { clockTime, fullTime } from '@/lib/time';

import { BubbleActions, OwnReaction } from '../compose/BubbleActions';
import { OpenConversation } from '../compose/open-conversation';
import { SentDetails, SentHeader } from '../compose/SentDetails';
import type { Message, MessageKind } from '../model';
import { FormattedText } from '../text/FormattedText';
import { MessageMedia } from '../media/MessageMedia';
import { Origin, Quote, ReactionMark } from './Circumstances';
import { InboundDetails, WordsBefore } from './InboundDetails';
import classes from './MessageBubble.module.css';
import { MessageTimes } from './MessageTimes';

// Loads with the first message that failed.
const SendAgain = lazy(() => import('../compose/SendAgain').then((module) => ({ default: module.SendAgain })));

interface Props {
  readonly message: Message;
  /** Whether somebody else wrote the message before. */
  readonly startsGroup: boolean;
  /** The shop's emoji on it. */
  readonly reaction?: string | null;
}

const KIND_ICONS: Partial<Record<MessageKind, IconName>> = {
  image: 'attachment', audio: 'attachment', video: 'attachment', document: 'attachment', sticker: 'attachment', location: 'attachment',
  contacts: 'attachment', order: 'list', button_reply: 'reply', list_reply: 'reply', form_reply: 'list', call_permission: 'reply', edit: 'reply', revoke: 'close',
  cta_url: 'attachment', flow: 'list', location_request: 'attachment', contact_info_request: 'reply', call_permission_request: 'reply', voice_call: 'reply',
  address: 'list', product: 'list', product_list: 'list', catalog: 'list', media_carousel: 'list', product_carousel: 'list', order_details: 'list', order_status: 'list',
  reaction: 'reply', welcome: 'reply', unsupported: 'alert', unknown: 'alert', system: 'alert',
};

/** One message of the thread. */
export const MessageBubble = memo(function MessageBubble({ message, startsGroup, reaction = null }: Props): ReactNode {
  const { i18n } = useTranslation('inbox');
  const isOwn = message.direction === 'outbound';
  return (
    <article className={classes.line} data-own={isOwn || undefined} data-start={startsGroup || undefined}>
      {isOwn && <BubbleActions message={message} reaction={reaction} />}
      <div className={classes.bubble} data-kind={message.kind} data-state={message.state}>
        <Author message={message} shown={isOwn && startsGroup} />
        {message.media.length === 0 && <KindLabel kind={message.kind} />}
        <Origin known={message.circumstances} />
        {message.quoted != null && <Quote quoted={message.quoted} />}
        {message.sent != null && <SentHeader sent={message.sent} />}
        <MessageMedia files={message.media} />
        <Said message={message} />
        <Options message={message} />
        {message.sent != null && <SentDetails sent={message.sent} />}
        <div className={classes.meta}>
          {isOwn ? (
            <MessageTimes message={message} />
          ) : (
            <time dateTime={message.at} title={fullTime(message.at, i18n.language)}>{clockTime(message.at, i18n.language)}</time>
          )}
        </div>
        <Trouble message={message} />
        {message.circumstances.reaction != null && <ReactionMark emoji={message.circumstances.reaction} />}
        {reaction !== null && <OwnReaction emoji={reaction} />}
      </div>
      {!isOwn && <BubbleActions message={message} reaction={reaction} />}
    </article>
  );
});

/** What it says now, and on request what it said before it was changed or deleted. */
function Said({ message }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation('inbox');
  const { circumstances, details } = message;
  const before = circumstances.words_before ?? '';
  // A file that is shown needs no words for it, but those its sender put under it.
  const words = showsFile(message) ? (message.caption ?? '') : message.text;
  if (circumstances.revoked_at != null) return <WordsBefore label={t('details.deleted')} words={before} />;
  return (
    <>
      {words !== '' && !saysItself(message) && <div className={classes.text} dir="auto"><FormattedText text={words} /></div>}
      {details != null && !showsFile(message) && <InboundDetails details={details} />}
      {circumstances.problems.map((problem) => <p key={problem} className={classes.note}><Icon name="alert" size={16} />{problem}</p>)}
      {circumstances.edited_at != null && <WordsBefore label={t('details.edited')} words={before} />}
    </>
  );
}

/** Kinds whose words stand in what they are made of already. */
function saysItself({ kind }: Message): boolean {
  return kind === 'location' || kind === 'contacts' || kind === 'reaction' || kind === 'system';
}

/** Whether the message is a file, which shows itself. */
function showsFile({ kind, media }: Message): boolean {
  return media.some((file) => file.kind === kind);
}

/** Who wrote it. The customer's name is in the header already, so only screen readers hear it here. */
function Author({ message, shown }: { readonly message: Message; readonly shown: boolean }): ReactNode {
  const { t } = useTranslation('inbox');
  const { kind, name } = message.author;
  if (!shown) return <VisuallyHidden>{name}</VisuallyHidden>;
  return (
    <div className={classes.author} data-kind={kind}>
      {kind === 'bot' && <Icon name="bot" size={15} />}
      {name === '' && kind !== 'contact' ? t(`author.${kind}`) : name}
    </div>
  );
}

function KindLabel({ kind }: { readonly kind: MessageKind }): ReactNode {
  const { t } = useTranslation('inbox');
  const icon = KIND_ICONS[kind];
  if (icon === undefined) return null;
  return <div className={classes.kind}><Icon name={icon} size={15} />{t(`kind.${kind}`)}</div>;
}

/** What the customer can choose from, as the customer sees it; nobody here can press it. */
function Options({ message }: { readonly message: Message }): ReactNode {
  const { t } = useTranslation('inbox');
  if (message.options.length === 0) return null;
  const isList = message.kind === 'list';
  return (
    <ul className={classes.options} data-list={isList || undefined} aria-label={t(isList ? 'options.list' : 'options.buttons')}>
      {message.options.map((option) => (
        <li key={option.id}>
          <span>{option.title}</span>
          {option.description != null && <small>{option.description}</small>}
        </li>
      ))}
    </ul>
  );
}

/** What went wrong, and what to do about it, in words. */
function Trouble({ message }: Pick<Props, 'message'>): ReactNode {
  const { t } = useTranslation('inbox');
  const open = useContext(OpenConversation);
  const { failure } = message;
  return (
    <>
      {message.possibly_twice && <p className={classes.note}><Icon name="alert" size={16} />{t('message.possiblyTwice')}</p>}
      {failure != null && (
        <div className={classes.failure}>
          <Icon name="alert" size={18} />
          <div>
            <strong>{failure.title}</strong>
            <p>{failure.advice}</p>
            {failure.details != null && <p className={classes.details}>{failure.details}</p>}
            <small>{t('message.failureCode', { code: failure.code })}</small>
            <Suspense>{failure.send_again && open !== null && <SendAgain message={message} open={open} />}</Suspense>
          </div>
        </div>
      )}
    </>
  );
}

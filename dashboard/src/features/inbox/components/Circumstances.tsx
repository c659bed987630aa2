import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { safeLink, type Circumstances as Known } from '../inbound';
import type { Message } from '../model';
import classes from './InboundDetails.module.css';

/** Where a message came from: an advertisement, a product, somebody else's chat, a group, the time before. */
export function Origin({ known }: { readonly known: Known }): ReactNode {
  const { t } = useTranslation('inbox');
  const marks = [
    known.forwarded == null ? null : t(`marks.forwarded.${known.forwarded}`),
    known.in_group ? t('marks.inGroup') : null,
    known.history ? t('marks.history') : null,
    known.product == null ? null : t('marks.product', { product: known.product }),
  ].filter((mark) => mark !== null);
  return (
    <>
      {known.referral != null && <Referral referral={known.referral} />}
      {marks.length > 0 && <div className={classes.marks}>{marks.map((mark) => <span key={mark}>{mark}</span>)}</div>}
    </>
  );
}

function Referral({ referral }: { readonly referral: NonNullable<Known['referral']> }): ReactNode {
  const { t } = useTranslation('inbox');
  const link = safeLink(referral.url ?? null);
  return (
    <aside className={classes.referral}>
      <span className={classes.faint}>{referral.kind === 'post' ? t('marks.fromPost') : t('marks.fromAd')}</span>
      {referral.headline != null && <strong>{referral.headline}</strong>}
      {referral.body != null && <span>{referral.body}</span>}
      {link !== null && <a href={link} target="_blank" rel="noopener noreferrer nofollow">{link}</a>}
    </aside>
  );
}

/** The beginning of the message that this one answers. */
export function Quote({ quoted }: { readonly quoted: NonNullable<Message['quoted']> }): ReactNode {
  const { t } = useTranslation('inbox');
  if (quoted.kind == null) return <blockquote className={classes.quote}>{t('quote.gone')}</blockquote>;
  return (
    <blockquote className={classes.quote}>
      <span className={classes.faint}>{quoted.direction === 'inbound' ? t('quote.customer') : t('quote.shop')}</span>
      <span dir="auto">{quoted.text === '' ? t(`kind.${quoted.kind}`) : quoted.text}</span>
    </blockquote>
  );
}

/** The emoji on a message's edge. */
export function ReactionMark({ emoji }: { readonly emoji: string }): ReactNode {
  const { t } = useTranslation('inbox');
  return <span className={classes.reaction} role="img" aria-label={t('details.reacted', { emoji })}>{emoji}</span>;
}

import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';
import { fullTime } from '@/lib/time';

import { mapLink, rupees, type Details } from '../inbound';
import classes from './InboundDetails.module.css';

/** What a message has beside its words: a place, cards, a cart, the answers of a form, a permission, a notice. */
export function InboundDetails({ details }: { readonly details: Details }): ReactNode {
  switch (details.type) {
    case 'location':
      return <Place details={details} />;
    case 'contacts':
      return <Cards details={details} />;
    case 'order':
      return <Cart details={details} />;
    case 'form_reply':
      return <Answers details={details} />;
    case 'call_permission':
      return <Permission details={details} />;
    case 'system':
      return <Notice details={details} />;
    case 'reaction':
      return <Reaction emoji={details.emoji ?? null} />;
    case 'unsupported':
      return <Unsupported name={details.name ?? null} />;
    case 'list_reply':
      return details.description == null ? null : <small className={classes.faint}>{details.description}</small>;
    case 'media':
      return null;
  }
}

type Of<T extends Details['type']> = { readonly details: Extract<Details, { type: T }> };

function Place({ details }: Of<'location'>): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <div className={classes.place}>
      {details.name != null && <strong>{details.name}</strong>}
      {details.address != null && <span>{details.address}</span>}
      <a href={mapLink(details.latitude, details.longitude)} target="_blank" rel="noopener noreferrer nofollow">{t('details.openMap')}</a>
    </div>
  );
}

function Cards({ details }: Of<'contacts'>): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <ul className={classes.cards}>
      {details.cards.map((card, index) => (
        // Cards have no identity and never move.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <strong>{card.name ?? t('details.namelessCard')}</strong>
          {card.work != null && <span className={classes.faint}>{card.work}</span>}
          {card.phones.map((phone) => (
            <span key={phone.phone}>{phone.phone}{phone.on_whatsapp && <small className={classes.faint}> {t('details.onWhatsApp')}</small>}</span>
          ))}
          {[...card.emails, ...card.addresses, ...card.urls].map((line) => <span key={line}>{line}</span>)}
          {card.birthday != null && <span>{t('details.birthday', { date: card.birthday })}</span>}
        </li>
      ))}
      {details.requested && <li className={classes.faint}>{t('details.requested')}</li>}
    </ul>
  );
}

function Cart({ details }: Of<'order'>): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const money = (paise: number | null | undefined): string => (paise == null ? '–' : rupees(paise, i18n.language));
  return (
    <table className={classes.table}>
      <thead>
        <tr><th scope="col">{t('details.item')}</th><th scope="col">{t('details.quantity')}</th><th scope="col">{t('details.amount')}</th></tr>
      </thead>
      <tbody>
        {details.lines.map((line, index) => (
          // Lines have no identity and never move.
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={index}><td>{line.sku}</td><td>{line.quantity}</td><td>{line.price_as_written ?? money(line.total_paise)}</td></tr>
        ))}
      </tbody>
      <tfoot>
        <tr><th scope="row" colSpan={2}>{t('details.total')}</th><td>{details.total_paise == null ? t('details.noTotal') : money(details.total_paise)}</td></tr>
        {details.unread_lines > 0 && <tr><td colSpan={3}>{t('details.unreadLines', { count: details.unread_lines })}</td></tr>}
      </tfoot>
    </table>
  );
}

function Answers({ details }: Of<'form_reply'>): ReactNode {
  const { t } = useTranslation('inbox');
  if (details.as_written != null) {
    return <div><p className={classes.faint}>{t('details.unreadForm')}</p><code className={classes.raw}>{details.as_written}</code></div>;
  }
  return (
    <table className={classes.table}>
      <caption className={classes.faint}>{details.form === 'address' ? t('details.address') : t('details.answers')}</caption>
      <tbody>
        {details.answers.map((answer) => <tr key={answer.field}><th scope="row">{answer.field}</th><td dir="auto">{answer.value ?? '–'}</td></tr>)}
      </tbody>
    </table>
  );
}

function Permission({ details }: Of<'call_permission'>): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  if (!details.accepted) return <p>{t('details.callRefused')}</p>;
  if (details.permanent) return <p>{t('details.callAlways')}</p>;
  return <p>{details.until == null ? t('details.callAllowed') : t('details.callUntil', { date: fullTime(details.until, i18n.language) })}</p>;
}

function Notice({ details }: Of<'system'>): ReactNode {
  const { t } = useTranslation('inbox');
  if (details.change === 'number' && details.phone != null) return <p>{t('details.changedNumber', { phone: details.phone })}</p>;
  return <p>{t(`details.changed.${details.change}`)}</p>;
}

function Reaction({ emoji }: { readonly emoji: string | null }): ReactNode {
  const { t } = useTranslation('inbox');
  return <p>{emoji === null ? t('details.reactionBack') : t('details.reacted', { emoji })}</p>;
}

function Unsupported({ name }: { readonly name: string | null }): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <div className={classes.unsupported}>
      <Icon name="alert" size={18} />
      <p>{name === null ? t('details.unsupported') : t('details.unsupportedNamed', { name })}</p>
    </div>
  );
}

/** What a changed or deleted message said before; hidden until somebody asks. */
export function WordsBefore({ label, words }: { readonly label: string; readonly words: string }): ReactNode {
  const { t } = useTranslation('inbox');
  const [shown, setShown] = useState(false);
  return (
    <div className={classes.before}>
      <span>{label}</span>
      {words !== '' && (
        <button type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>{shown ? t('details.hide') : t('details.show')}</button>
      )}
      {shown && <p dir="auto">{words}</p>}
    </div>
  );
}

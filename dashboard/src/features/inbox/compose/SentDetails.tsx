import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/api/schema';
import { Icon } from '@/components/Icon';

import { mapLink, rupees, safeLink } from '../inbound';
import type { Message } from '../model';
import classes from './Compose.module.css';

type Sent = NonNullable<Message['sent']>;
type Order = components['schemas']['SentOrder'];

/** The line above the text of a sent message. */
export function SentHeader({ sent }: { readonly sent: Sent }): ReactNode {
  return sent.header == null ? null : <p className={classes.title} dir="auto">{sent.header}</p>;
}

/** What a sent message has beside its words: places, people, things, cards, orders, and the button that opens something. */
export function SentDetails({ sent }: { readonly sent: Sent }): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <>
      {sent.link != null && <Outward title={t('sent.file')} address={sent.link} />}
      {sent.location != null && (
        <Outward title={[sent.location.name, sent.location.address].filter(Boolean).join(', ') || t('sent.map')} address={mapLink(sent.location.latitude, sent.location.longitude)} />
      )}
      {sent.contacts.length > 0 && (
        <ul className={classes.list}>
          {sent.contacts.map((contact) => <li key={`${contact.name} ${contact.phones.join()}`}>{[contact.name, ...contact.phones].join(' · ')}</li>)}
        </ul>
      )}
      {sent.products.length > 0 && (
        <ul className={classes.list} aria-label={t('sent.products')}>{sent.products.map((product) => <li key={product}>{product}</li>)}</ul>
      )}
      {sent.cards.length > 0 && <Cards cards={sent.cards} />}
      {sent.order != null && <OrderTable order={sent.order} />}
      {sent.button != null && <Outward title={sent.button.title} address={sent.button.url ?? null} />}
      {sent.footer != null && <p className={classes.footer} dir="auto">{sent.footer}</p>}
    </>
  );
}

function Cards({ cards }: { readonly cards: Sent['cards'] }): ReactNode {
  const { t } = useTranslation('inbox');
  return (
    <ol className={classes.list} aria-label={t('sent.cards')}>
      {cards.map((card, index) => (
        // Cards never move: their place is who they are.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Outward title={t(card.image == null ? 'kind.video' : 'kind.image')} address={card.image ?? card.video ?? null} />
          <div dir="auto">{card.text}</div>
          {card.button != null && <Outward title={card.button.title} address={card.button.url ?? null} />}
          {card.options.map((option) => <span key={option.id} className={classes.opens}>{option.title}</span>)}
        </li>
      ))}
    </ol>
  );
}

function OrderTable({ order }: { readonly order: Order }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const money = (paise: number): string => rupees(paise, i18n.language);
  const extras = [['tax', order.tax_paise], ['shipping', order.shipping_paise], ['discount', -order.discount_paise]] as const;
  return (
    <table className={classes.order}>
      <caption className={classes.footer}>
        {t('sent.order', { reference: order.reference_id })}
        {order.status != null && ` · ${t(`orderStatus.${order.status as 'shipped'}`)}`}
        {order.description != null && ` · ${order.description}`}
      </caption>
      {order.total_paise != null && (
        <>
          <tbody>
            {order.lines.map((line) => (
              <tr key={`${line.name} ${line.amount_paise}`}><th scope="row">{`${line.quantity} × ${line.name}`}</th><td>{money(line.quantity * line.amount_paise)}</td></tr>
            ))}
            {extras.filter(([, paise]) => paise !== 0).map(([name, paise]) => (
              <tr key={name}><th scope="row">{t(`sent.${name}`)}</th><td>{money(paise)}</td></tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row">{t('sent.total')}</th><td>{money(order.total_paise)}</td></tr></tfoot>
        </>
      )}
    </table>
  );
}

/** Something that opens an address where there is a safe one, and is only shown where there is none. */
function Outward({ title, address }: { readonly title: string; readonly address: string | null }): ReactNode {
  const href = safeLink(address);
  if (href === null) return <span className={classes.opens}>{title}</span>;
  return <a className={classes.opens} href={href} target="_blank" rel="noopener noreferrer"><Icon name="attachment" size={14} />{title}</a>;
}

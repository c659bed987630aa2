import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';

import { mapLink, safeLink } from '../inbound';
import type { Message } from '../model';
import classes from './Compose.module.css';

type Sent = NonNullable<Message['sent']>;

// Sent seldom: what a shop sends in the catalogue's name loads with the first of it.
const Cards = lazy(() => import('./SentRarely').then((module) => ({ default: module.Cards })));
const OrderTable = lazy(() => import('./SentRarely').then((module) => ({ default: module.OrderTable })));

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
      <Suspense>{sent.cards.length > 0 && <Cards cards={sent.cards} />}</Suspense>
      <Suspense>{sent.order != null && <OrderTable order={sent.order} />}</Suspense>
      {sent.button != null && <Outward title={sent.button.title} address={sent.button.url ?? null} />}
      {sent.footer != null && <p className={classes.footer} dir="auto">{sent.footer}</p>}
    </>
  );
}

/** Something that opens an address where there is a safe one, and is only shown where there is none. */
export function Outward({ title, address }: { readonly title: string; readonly address: string | null }): ReactNode {
  const href = safeLink(address);
  if (href === null) return <span className={classes.opens}>{title}</span>;
  return <a className={classes.opens} href={href} target="_blank" rel="noopener noreferrer"><Icon name="attachment" size={14} />{title}</a>;
}

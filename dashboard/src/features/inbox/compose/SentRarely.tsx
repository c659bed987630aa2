import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/api/schema';

import { rupees } from '../inbound';
import type { Message } from '../model';
import classes from './Compose.module.css';
import { Outward } from './SentDetails';

type Sent = NonNullable<Message['sent']>;
type Order = components['schemas']['SentOrder'];

/** Cards side by side, one below the other here. */
export function Cards({ cards }: { readonly cards: Sent['cards'] }): ReactNode {
  const { t } = useTranslation(['inbox/compose', 'inbox']);
  return (
    <ol className={classes.list} aria-label={t('sent.cards')}>
      {cards.map((card, index) => (
        // Cards never move: their place is who they are.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <Outward title={t(card.image == null ? 'inbox:kind.video' : 'inbox:kind.image')} address={card.image ?? card.video ?? null} />
          <div dir="auto">{card.text}</div>
          {card.button != null && <Outward title={card.button.title} address={card.button.url ?? null} />}
          {card.options.map((option) => <span key={option.id} className={classes.opens}>{option.title}</span>)}
        </li>
      ))}
    </ol>
  );
}

/** An order: to be paid, or how far it is. */
export function OrderTable({ order }: { readonly order: Order }): ReactNode {
  const { t, i18n } = useTranslation('inbox/compose');
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

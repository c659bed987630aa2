import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import classes from './TemplateView.module.css';

/** A template as a person would read it. */
export interface ShownTemplate {
  readonly header: ShownHeader | null;
  readonly body: string;
  readonly footer: string | null;
  readonly offer: string | null;
  readonly buttons: readonly ShownButton[];
  readonly cards: readonly ShownCard[];
}

export interface ShownHeader {
  readonly kind: string;
  readonly text?: string | null;
  /** Shows a picture that was chosen on this device. */
  readonly preview?: string | null;
}

export interface ShownButton {
  readonly kind: string;
  readonly text: string;
  readonly value?: string | null;
}

export interface ShownCard {
  readonly header: ShownHeader;
  readonly body: string;
  readonly buttons: readonly ShownButton[];
}

/** A message like on a phone, in the colours of the page. */
export function TemplateView({ shown }: { readonly shown: ShownTemplate }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <section className={classes.phone} aria-label={t('template.preview')}>
      <div className={classes.bubble}>
        <Header header={shown.header} />
        {shown.offer !== null && <p className={classes.offer}>{shown.offer}</p>}
        <p className={classes.body} dir="auto">{shown.body}</p>
        {shown.footer !== null && <p className={classes.footer} dir="auto">{shown.footer}</p>}
        <Buttons buttons={shown.buttons} />
      </div>
      {shown.cards.length > 0 && (
        <ul className={classes.cards} aria-label={t('template.cards')}>
          {shown.cards.map((card, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- cards have no other name than their place
            <li key={index} className={classes.bubble}>
              <Header header={card.header} />
              <p className={classes.body} dir="auto">{card.body}</p>
              <Buttons buttons={card.buttons} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Header({ header }: { readonly header: ShownTemplate['header'] }): ReactNode {
  const { t } = useTranslation('common');
  if (header === null) return null;
  if (header.kind === 'text') return <p className={classes.header} dir="auto">{header.text}</p>;
  if (header.kind === 'image' && header.preview != null) return <img className={classes.picture} src={header.preview} alt={t('template.media.image')} />;
  return <div className={classes.media}>{header.text ?? t(`template.media.${header.kind}` as 'template.media.image')}</div>;
}

function Buttons({ buttons }: { readonly buttons: readonly ShownButton[] }): ReactNode {
  if (buttons.length === 0) return null;
  return (
    <ul className={classes.buttons}>
      {buttons.map((button, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- buttons have no other name than their place
        <li key={index} className={classes.button} title={button.value ?? undefined}>{button.text}</li>
      ))}
    </ul>
  );
}

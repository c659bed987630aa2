import { Button as Push, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import {
  CATEGORIES, KINDS, LANGUAGE_CODES, LIMITS, kindOf, newCard, ofKind, type Button, type Card, type Definition, type Fault, type Header,
} from '../model';
import classes from '../Templates.module.css';
import { ButtonsField } from './ButtonsField';
import { HeaderField } from './HeaderField';
import { TextField, useProblem } from './TextField';

const HEADERS = ['text', 'image', 'video', 'document', 'location', 'product'] as const satisfies readonly Header['kind'][];
const OFFER_HEADERS = ['image', 'video'] as const satisfies readonly Header['kind'][];
const CARD_HEADERS = ['image', 'video', 'product'] as const satisfies readonly Header['kind'][];
const BUTTONS = [
  'quick_reply', 'url', 'phone', 'copy_code', 'flow', 'catalog', 'multi_product', 'single_product', 'order_details', 'voice_call', 'request_contact_info',
] as const satisfies readonly Button['kind'][];
const OFFER_BUTTONS = ['copy_code', 'url'] as const satisfies readonly Button['kind'][];
const CARD_BUTTONS = ['quick_reply', 'url', 'phone', 'single_product'] as const satisfies readonly Button['kind'][];
const OTP_BUTTONS = ['one_time_password'] as const satisfies readonly Button['kind'][];
const CARDS_MAX = 10;
/** Braces cannot stand in a text of the interface, for there they are its own. */
const BRACES = { open: '{{', close: '}}' } as const;

interface Props {
  readonly number: string;
  readonly definition: Definition;
  readonly faults: readonly Fault[];
  /** A template keeps its name, its language and, once approved, its category. */
  readonly named: boolean;
  readonly onChange: (definition: Definition) => void;
}

/** Everything a template may say. */
export function DefinitionForm({ number, definition, faults, named, onChange }: Props): ReactNode {
  const { t } = useTranslation('templates');
  const kind = kindOf(definition);
  const set = (change: Partial<Definition>): void => onChange({ ...definition, ...change });
  const setHeader = (header: Header | null): void => {
    const { header: _header, ...rest } = definition;
    onChange(header === null ? rest : { ...rest, header });
  };
  const headers = kind === 'offer' ? OFFER_HEADERS : HEADERS;
  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <Basics definition={definition} faults={faults} named={named} onChange={onChange} />
      {(kind === 'standard' || kind === 'offer' || kind === 'call') && (
        <HeaderField number={number} place="header" kinds={headers} optional header={definition.header ?? null} faults={faults} onChange={setHeader} />
      )}
      {kind === 'offer' && <Offer definition={definition} faults={faults} onChange={onChange} />}
      <BodyField definition={definition} faults={faults} onChange={onChange} />
      <FooterField definition={definition} faults={faults} onChange={onChange} />
      {kind === 'carousel' && <CardsField number={number} cards={definition.cards ?? []} faults={faults} onChange={(cards) => set({ cards })} />}
      {kind !== 'carousel' && kind !== 'call' && (
        <ButtonsField
          place="buttons" kinds={kind === 'authentication' ? OTP_BUTTONS : kind === 'offer' ? OFFER_BUTTONS : BUTTONS}
          max={kind === 'authentication' ? 1 : 10} buttons={definition.buttons ?? []} faults={faults} onChange={(buttons) => set({ buttons })}
        />
      )}
      <p className={classes.hint}>{t('formHint', BRACES)}</p>
    </form>
  );
}

type PartProps = Pick<Props, 'definition' | 'faults' | 'onChange'>;

function Basics({ definition, faults, named, onChange }: PartProps & { readonly named: boolean }): ReactNode {
  const { t } = useTranslation('templates');
  const category = useProblem(faults, 'category');
  const set = (change: Partial<Definition>): void => onChange({ ...definition, ...change });
  return (
    <>
      <TextInput
        label={t('name')} description={t('nameHint')} value={definition.name} disabled={named} maxLength={512}
        onChange={(event) => set({ name: event.currentTarget.value.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_') })}
      />
      <NativeSelect
        label={t('languageLabel')} value={definition.language} disabled={named} onChange={(event) => set({ language: event.currentTarget.value })}
        data={[...new Set([...LANGUAGE_CODES, definition.language])]}
      />
      <NativeSelect
        label={t('kind.label')} value={kindOf(definition)} onChange={(event) => onChange(ofKind(definition, KINDS.find((kind) => kind === event.currentTarget.value) ?? 'standard'))}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      {kindOf(definition) !== 'authentication' && (
        <NativeSelect
          label={t('categoryLabel')} description={t('categoryHint')} value={definition.category} error={category}
          onChange={(event) => set({ category: CATEGORIES.find((one) => one === event.currentTarget.value) ?? 'utility' })}
          data={CATEGORIES.filter((one) => one !== 'authentication').map((one) => ({ value: one, label: t(`category.${one}`) }))}
        />
      )}
      <NativeSelect
        label={t('format.label')} value={definition.format} onChange={(event) => set({ format: event.currentTarget.value === 'named' ? 'named' : 'positional' })}
        data={[{ value: 'positional', label: t('format.positional') }, { value: 'named', label: t('format.named') }]}
      />
    </>
  );
}

function Offer({ definition, faults, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('templates');
  const offer = definition.offer ?? { text: '', has_expiration: true };
  return (
    <>
      <TextField
        label={t('offer.text')} place="offer.text" text={offer.text} max={LIMITS.offer} examples={[]} faults={faults}
        onChange={(text) => onChange({ ...definition, offer: { ...offer, text } })}
      />
      <Checkbox
        label={t('offer.expires')} checked={offer.has_expiration}
        onChange={(event) => onChange({ ...definition, offer: { ...offer, has_expiration: event.currentTarget.checked } })}
      />
    </>
  );
}

function BodyField({ definition, faults, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('templates');
  const { body } = definition;
  if (body?.kind === 'authentication') {
    return (
      <Checkbox
        label={t('body.security')} checked={body.security_recommendation}
        onChange={(event) => onChange({ ...definition, body: { kind: 'authentication', security_recommendation: event.currentTarget.checked } })}
      />
    );
  }
  return (
    <TextField
      label={t('body.label')} place="body" text={body?.text ?? ''} max={definition.offer == null ? LIMITS.body : 600} examples={body?.examples ?? []} faults={faults} lines={5}
      onChange={(text, examples) => onChange({ ...definition, body: { kind: 'text', text, examples } })}
    />
  );
}

function FooterField({ definition, faults, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('templates');
  const kind = kindOf(definition);
  const problem = useProblem(faults, 'footer');
  if (kind === 'carousel' || kind === 'offer') return null;
  const { footer: _footer, ...rest } = definition;
  if (kind === 'authentication') {
    const minutes = definition.footer?.kind === 'expiry' ? definition.footer.minutes : '';
    return (
      <NumberInput
        label={t('footer.minutes')} value={minutes} min={1} max={90} error={problem}
        onChange={(value) => onChange(typeof value === 'number' ? { ...rest, footer: { kind: 'expiry', minutes: value } } : rest)}
      />
    );
  }
  const text = definition.footer?.kind === 'text' ? definition.footer.text : '';
  return (
    <TextField
      label={t('footer.label')} place="footer" text={text} max={LIMITS.footer} examples={[]} faults={faults}
      onChange={(next) => onChange(next === '' ? rest : { ...rest, footer: { kind: 'text', text: next } })}
    />
  );
}

interface CardsProps {
  readonly number: string;
  readonly cards: readonly Card[];
  readonly faults: readonly Fault[];
  readonly onChange: (cards: Card[]) => void;
}

function CardsField({ number, cards, faults, onChange }: CardsProps): ReactNode {
  const { t } = useTranslation('templates');
  const problem = useProblem(faults, 'cards');
  const replace = (index: number, card: Card): void => onChange(cards.map((one, at) => (at === index ? card : one)));
  return (
    <fieldset className={classes.group}>
      <legend>{t('cards.label')}</legend>
      {problem !== null && <p className={classes.faults} role="alert">{problem}</p>}
      {cards.map((card, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- cards have no other name than their place
        <fieldset key={index} className={classes.group}>
          <legend>{t('cards.one', { place: index + 1 })}</legend>
          <HeaderField
            number={number} place={`cards[${index}].header`} kinds={CARD_HEADERS} optional={false} header={card.header} faults={faults}
            onChange={(header) => replace(index, { ...card, header: header ?? { kind: 'image' } })}
          />
          <TextField
            label={t('body.label')} place={`cards[${index}].body`} text={card.body?.text ?? ''} max={LIMITS.card} examples={card.body?.examples ?? []} faults={faults} lines={2}
            onChange={(text, examples) => replace(index, { ...card, body: { text, examples } })}
          />
          <ButtonsField
            place={`cards[${index}].buttons`} kinds={CARD_BUTTONS} max={2} buttons={card.buttons ?? []} faults={faults}
            onChange={(buttons) => replace(index, { ...card, buttons })}
          />
          {cards.length > 2 && <Push size="xs" variant="subtle" color="red" onClick={() => onChange(cards.filter((_, at) => at !== index))}>{t('cards.remove')}</Push>}
        </fieldset>
      ))}
      {cards.length < CARDS_MAX && <Push variant="default" onClick={() => onChange([...cards, newCard()])}>{t('cards.add')}</Push>}
    </fieldset>
  );
}

/** Templates in the composer: which can be sent, what one asks for, and how it will read. */
import { queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

import type { Conversation } from './model';

export type Template = components['schemas']['Template'];
type TemplatePage = components['schemas']['TemplatePage'];
export type Filling = components['schemas']['TemplateFilling'];

const PAGE = 100;
/** So many pages are read at once; beyond them templates are found by the beginning of their name. */
const PAGES = 10;

/** What a colleague has filled in, each under the name of its place. */
export type Values = Readonly<Record<string, string>>;

/** One thing a template asks for. */
export interface Question {
  readonly place: string;
  readonly kind:
    | 'value' | 'file' | 'latitude' | 'longitude' | 'placeName' | 'placeAddress' | 'catalogId' | 'productId' | 'suffix' | 'code' | 'ends'
    | 'thumbnail' | 'thumbnailOf' | 'products' | 'flowData' | 'order';
  /** What stands there in the template: the variable, the label of the button, the kind of the file. */
  readonly label: string;
  /** Whether it may be left empty. */
  readonly optional?: true;
}

/** Templates to choose from, and whether there are more of them. */
export interface Sendable {
  readonly templates: readonly Template[];
  readonly more: boolean;
}

/** The templates that can be sent from the number of a conversation, all or those whose name begins so. */
export function sendableQuery({ client }: Api, { number }: Conversation, name = '') {
  return queryOptions({
    queryKey: ['sendable-templates', number.id, name] as const,
    queryFn: async ({ signal }): Promise<Sendable> => {
      const templates: Template[] = [];
      let cursor: string | null = null;
      for (let pages = 0; pages === 0 || (cursor !== null && pages < PAGES); pages += 1) {
        const query = { limit: PAGE, ...(name === '' ? {} : { name }), ...(cursor === null ? {} : { cursor }) };
        const page: TemplatePage = bodyOf(await client.GET('/v1/numbers/{number}/templates', { params: { path: { number: number.id }, query }, signal }));
        templates.push(...page.items.filter((template) => template.sendable));
        cursor = page.next;
      }
      return { templates, more: cursor !== null };
    },
    staleTime: 60_000,
  });
}

/** How a filled template reads, and what is missing. */
export function previewQuery({ client }: Api, { number }: Conversation, filling: Filling) {
  return queryOptions({
    queryKey: ['template-preview', number.id, filling] as const,
    queryFn: async ({ signal }) =>
      bodyOf(await client.POST('/v1/numbers/{number}/templates/preview', { params: { path: { number: number.id } }, body: filling, signal })),
    placeholderData: (before) => before,
  });
}

function variables(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{(.*?)\}\}/gs)].map(([, name]) => (name ?? '').trim()))];
}

type Definition = NonNullable<Template['definition']>;

function ofHeader(header: Definition['header'], place: string): Question[] {
  switch (header?.kind) {
    case 'text':
      return variables(header.text).map((label) => ({ place: `${place}.${label}`, kind: 'value', label }));
    case 'image':
    case 'video':
    case 'document':
      return [{ place, kind: 'file', label: header.kind }];
    case 'location':
      return [
        { place: `${place}.latitude`, kind: 'latitude', label: '' }, { place: `${place}.longitude`, kind: 'longitude', label: '' },
        { place: `${place}.name`, kind: 'placeName', label: '', optional: true }, { place: `${place}.address`, kind: 'placeAddress', label: '', optional: true },
      ];
    case 'product':
      return [{ place: `${place}.catalog`, kind: 'catalogId', label: '' }, { place: `${place}.product`, kind: 'productId', label: '' }];
    case undefined:
      return [];
  }
}

function ofButtons(buttons: Definition['buttons'], place: string): Question[] {
  return (buttons ?? []).flatMap((button, index): Question[] => {
    const at = `${place}.${index}`;
    switch (button.kind) {
      case 'url':
        return button.url.includes('{{') ? [{ place: at, kind: 'suffix', label: button.text }] : [];
      case 'copy_code':
        return [{ place: at, kind: 'code', label: button.example }];
      case 'catalog':
        return [{ place: at, kind: 'thumbnail', label: button.text, optional: true }];
      case 'multi_product':
        return [{ place: `${at}.thumbnail`, kind: 'thumbnailOf', label: button.text }, { place: at, kind: 'products', label: button.text }];
      case 'flow':
        return [{ place: at, kind: 'flowData', label: button.text, optional: true }];
      case 'order_details':
        return [{ place: at, kind: 'order', label: button.text }];
      default:
        return [];
    }
  });
}

function words(text: string, place: string): Question[] {
  return variables(text).map((label) => ({ place: `${place}.${label}`, kind: 'value', label }));
}

/** Everything a template asks for, in the order in which it reads. */
export function questions({ definition }: Template): readonly Question[] {
  if (definition == null) return [];
  const body = definition.body?.kind === 'text' ? definition.body.text : '{{1}}';
  return [
    ...ofHeader(definition.header, 'header'),
    ...words(body, 'body'),
    ...(definition.offer?.has_expiration === true ? [{ place: 'ends', kind: 'ends', label: definition.offer.text } as const] : []),
    ...ofButtons(definition.buttons, 'button'),
    ...(definition.cards ?? []).flatMap((card, index) => [
      ...ofHeader(card.header, `card.${index}.header`), ...words(card.body?.text ?? '', `card.${index}.body`), ...ofButtons(card.buttons, `card.${index}.button`),
    ]),
  ];
}

const given = (values: Values, place: string): string => values[place]?.trim() ?? '';

function fileOf(values: Values, place: string): { readonly media: string } | { readonly link: string } | null {
  const media = given(values, `${place}.media`);
  const link = given(values, place);
  if (media !== '') return { media };
  return link === '' ? null : { link };
}

function headerOf(header: Definition['header'], place: string, values: Values): NonNullable<Filling['header']> | null {
  switch (header?.kind) {
    case 'text': {
      const [variable] = variables(header.text);
      const text = variable === undefined ? '' : given(values, `${place}.${variable}`);
      return variable === undefined || text === '' ? null : { kind: 'text', value: { variable, text } };
    }
    case 'image':
    case 'video':
    case 'document': {
      const file = fileOf(values, place);
      const filename = given(values, `${place}.filename`);
      if (file === null) return null;
      return header.kind === 'document' && filename !== '' ? { kind: 'document', file, filename } : { kind: header.kind, file };
    }
    case 'location': {
      const [latitude, longitude] = [given(values, `${place}.latitude`), given(values, `${place}.longitude`)];
      const [name, address] = [given(values, `${place}.name`), given(values, `${place}.address`)];
      if (latitude === '' || longitude === '') return null;
      return { kind: 'location', latitude, longitude, ...(name === '' ? {} : { name }), ...(address === '' ? {} : { address }) };
    }
    case 'product': {
      const [catalog, product] = [given(values, `${place}.catalog`), given(values, `${place}.product`)];
      return catalog === '' || product === '' ? null : { kind: 'product', catalog, product };
    }
    case undefined:
      return null;
  }
}

function bodyValues(text: string, place: string, values: Values): NonNullable<Filling['body']> {
  return variables(text).map((variable) => ({ variable, text: values[`${place}.${variable}`] ?? '' }));
}

type ButtonValue = components['schemas']['TemplateButtonValue'];

/** Ids that stand in lines of their own, or with commas between them. */
export function idsOf(text: string): string[] {
  return text.split(/[\n,]+/).map((id) => id.trim()).filter((id) => id !== '');
}

/** Whether what a form begins with is a JSON object, or nothing. */
export function isFlowData(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data);
  } catch {
    return false;
  }
}

function buttonValue(button: NonNullable<Definition['buttons']>[number], place: string, values: Values): ButtonValue | null {
  const text = given(values, place);
  if (text === '') return null;
  switch (button.kind) {
    case 'url':
      return button.url.includes('{{') ? { kind: 'url_suffix', text } : null;
    case 'copy_code':
      return { kind: 'coupon', code: text };
    case 'catalog':
      return { kind: 'catalog', product: text };
    case 'multi_product': {
      const [thumbnail, products] = [given(values, `${place}.thumbnail`), idsOf(text)];
      return thumbnail === '' || products.length === 0 ? null : { kind: 'products', thumbnail, sections: [{ products }] };
    }
    case 'flow':
      return isFlowData(text) ? { kind: 'flow', data: text } : null;
    default:
      return null;
  }
}

function buttonValues(buttons: Definition['buttons'], place: string, values: Values): NonNullable<Filling['buttons']> {
  return (buttons ?? []).flatMap((button, index) => {
    const value = buttonValue(button, `${place}.${index}`, values);
    return value === null ? [] : [{ index, value }];
  });
}

function cardsOf(cards: NonNullable<Definition['cards']>, values: Values): NonNullable<Filling['cards']> {
  const filled: NonNullable<Filling['cards']> = [];
  for (const [index, card] of cards.entries()) {
    const header = headerOf(card.header, `card.${index}.header`, values);
    // Cards are told apart by their place alone: those behind one without a header would take its place.
    if (header === null) break;
    filled.push({ header, body: bodyValues(card.body?.text ?? '', `card.${index}.body`, values), buttons: buttonValues(card.buttons, `card.${index}.button`, values) });
  }
  return filled;
}

/** Whether a template can be filled here at all: an order is not made by hand. */
export function isFillable(template: Template): boolean {
  return questions(template).every(({ kind }) => kind !== 'order');
}

/** What is sent: the template with what was filled in. An empty value is left out, and comes back as missing. */
export function fillingOf(template: Template, values: Values): Filling {
  const { definition, name, language } = template;
  if (definition == null) return { name, language };
  const text = definition.body?.kind === 'text' ? definition.body.text : '{{1}}';
  const ends = values['ends'] ?? '';
  return {
    name, language,
    header: headerOf(definition.header, 'header', values),
    body: bodyValues(text, 'body', values),
    buttons: buttonValues(definition.buttons, 'button', values),
    offer_ends_at: ends === '' ? null : new Date(ends).toISOString(),
    cards: cardsOf(definition.cards ?? [], values),
  };
}

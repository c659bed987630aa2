/** Templates in the composer: which can be sent, what one asks for, and how it will read. */
import { queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

import type { Conversation, Message } from './model';

export type Template = components['schemas']['Template'];
export type Filling = components['schemas']['TemplateFilling'];

const PAGE = 100;

/** What a colleague has filled in, each under the name of its place. */
export type Values = Readonly<Record<string, string>>;

/** One thing a template asks for. */
export interface Question {
  readonly place: string;
  readonly kind: 'value' | 'link' | 'suffix' | 'code' | 'ends';
  readonly label: string;
}

/** The templates that can be sent from the number of a conversation. */
export function sendableQuery({ client }: Api, { number }: Conversation) {
  return queryOptions({
    queryKey: ['sendable-templates', number.id] as const,
    queryFn: async ({ signal }) => {
      const query = { limit: PAGE };
      const page = bodyOf(await client.GET('/v1/numbers/{number}/templates', { params: { path: { number: number.id }, query }, signal }));
      return page.items.filter((template) => template.sendable);
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

/** Sends a filled template. The key is the client's: sending it again is the same message. */
export async function sendTemplate({ client }: Api, id: string, key: string, template: Filling): Promise<Message> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return bodyOf(await client.POST('/v1/conversations/{id}/messages', { params, body: { template } }));
}

function variables(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{(.*?)\}\}/gs)].map(([, name]) => (name ?? '').trim()))];
}

type Definition = NonNullable<Template['definition']>;

function ofHeader(header: Definition['header'], place: string): Question[] {
  if (header == null) return [];
  if (header.kind === 'text') return variables(header.text).map((label) => ({ place: `${place}.${label}`, kind: 'value', label }));
  return header.kind === 'image' || header.kind === 'video' || header.kind === 'document' ? [{ place, kind: 'link', label: header.kind }] : [];
}

function ofButtons(buttons: Definition['buttons'], place: string): Question[] {
  return (buttons ?? []).flatMap((button, index): Question[] => {
    if (button.kind === 'url' && button.url.includes('{{')) return [{ place: `${place}.${index}`, kind: 'suffix', label: button.text }];
    if (button.kind === 'copy_code') return [{ place: `${place}.${index}`, kind: 'code', label: button.example }];
    return [];
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

function headerOf(header: Definition['header'], place: string, values: Values): NonNullable<Filling['header']> | null {
  const link = values[place]?.trim() ?? '';
  if (header == null) return null;
  if (header.kind === 'text') {
    const [variable] = variables(header.text);
    return variable === undefined ? null : { kind: 'text', value: { variable, text: values[`${place}.${variable}`] ?? '' } };
  }
  if (header.kind !== 'image' && header.kind !== 'video' && header.kind !== 'document') return null;
  return link === '' ? null : { kind: header.kind, file: { link } };
}

function bodyValues(text: string, place: string, values: Values): NonNullable<Filling['body']> {
  return variables(text).map((variable) => ({ variable, text: values[`${place}.${variable}`] ?? '' }));
}

function buttonValues(buttons: Definition['buttons'], place: string, values: Values): NonNullable<Filling['buttons']> {
  return ofButtons(buttons, place).flatMap((question) => {
    const text = values[question.place]?.trim() ?? '';
    const index = Number(question.place.slice(place.length + 1));
    if (text === '') return [];
    return [{ index, value: question.kind === 'code' ? { kind: 'coupon' as const, code: text } : { kind: 'url_suffix' as const, text } }];
  });
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
    cards: (definition.cards ?? []).flatMap((card, index) => {
      const header = headerOf(card.header, `card.${index}.header`, values);
      if (header == null) return [];
      return [{ header, body: bodyValues(card.body?.text ?? '', `card.${index}.body`, values), buttons: buttonValues(card.buttons, `card.${index}.button`, values) }];
    }),
  };
}

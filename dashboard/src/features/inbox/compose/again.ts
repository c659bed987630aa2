/** Sending once more what was not delivered: what the API takes, made from what it shows of the message. */
import type { components } from '@/api/schema';

import type { Message } from '../model';
import type { Draft } from './interactive';

type NewMessage = components['schemas']['NewMessage'];
type Header = components['schemas']['NewHeader'];
type OrderState = components['schemas']['NewOrderState'];

/** How a message can go once more: as it was, after a look at it, filled in anew, or not from here. */
export type Again =
  | { readonly way: 'same'; readonly body: NewMessage }
  | { readonly way: 'look'; readonly draft: Draft }
  | { readonly way: 'template' }
  | { readonly way: 'none' };

const NONE: Again = { way: 'none' };

/** Which of the ways there is. */
export function againOf(message: Message): Again {
  if (message.kind === 'template') return { way: 'template' };
  if (message.kind === 'list') return { way: 'look', draft: draftOf(message) };
  const part = partOf(message);
  if (part === null) return NONE;
  return { way: 'same', body: { ...part, ...(message.quoted?.key == null ? {} : { reply_to: message.quoted.key }) } };
}

const perhaps = <Name extends string>(name: Name, text: string | null | undefined): Partial<Record<Name, string>> =>
  (text == null || text === '' ? {} : { [name]: text }) as Partial<Record<Name, string>>;

/** The message as it was; `null` when something of it is known to the server alone. */
function partOf(message: Message): NewMessage | null {
  const { kind, text, sent, circumstances } = message;
  const footer = perhaps('footer', sent?.footer);
  switch (kind) {
    case 'text':
      return { text };
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      return fileOf(message);
    case 'reaction':
      return circumstances.applied_to == null ? null : { reaction: { message: circumstances.applied_to, ...perhaps('emoji', text) } };
    case 'location':
      return sent?.location == null ? null : {
        location: {
          latitude: Number(sent.location.latitude), longitude: Number(sent.location.longitude), ...perhaps('name', sent.location.name), ...perhaps('address', sent.location.address),
        },
      };
    case 'buttons': {
      const header = headerOf(message);
      return header === null ? null : { buttons: { body: text, buttons: message.options.map(({ id, title }) => ({ id, title })), ...header, ...footer } };
    }
    case 'cta_url': {
      const header = headerOf(message);
      const button = sent?.button;
      return header === null || button?.url == null ? null : { cta_url: { body: text, button: { title: button.title, url: button.url }, ...header, ...footer } };
    }
    case 'location_request':
      return { location_request: { body: text } };
    case 'contact_info_request':
      return { contact_info_request: { body: text } };
    case 'call_permission_request':
      return { call_permission_request: { body: text } };
    case 'catalog':
      return { catalog: { body: text, ...perhaps('thumbnail_product_id', sent?.products[0]), ...footer } };
    case 'media_carousel':
      return carouselOf(message);
    case 'order_status':
      return sent?.order?.status == null ? null : {
        order_status: { body: text, reference_id: sent.order.reference_id, status: sent.order.status as OrderState, ...perhaps('description', sent.order.description), ...footer },
      };
    default:
      return null;
  }
}

function fileOf({ kind, media: [file], sent, caption }: Message): NewMessage | null {
  // A file that never arrived cannot be sent; it is attached anew.
  const source = file === undefined ? { link: sent?.link ?? null } : { media: file.id };
  if (file !== undefined && file.state !== 'stored') return null;
  if (file === undefined && sent?.link == null) return null;
  switch (kind) {
    case 'image':
      return { image: { ...source, ...perhaps('caption', caption) } };
    case 'video':
      return { video: { ...source, ...perhaps('caption', caption) } };
    case 'document':
      return { document: { ...source, ...perhaps('filename', file?.filename), ...perhaps('caption', caption) } };
    case 'audio':
      return { audio: { ...source, voice: file?.voice ?? false } };
    case 'sticker':
      return { sticker: source };
    default:
      return null;
  }
}

/** What stands above the text; `null` when it is a file of a kind that is not told. */
function headerOf({ media: [file], sent }: Message): { readonly header?: Header } | null {
  if (file !== undefined) {
    if (file.state !== 'stored') return null;
    if (file.kind === 'image') return { header: { image: { media: file.id } } };
    if (file.kind === 'video') return { header: { video: { media: file.id } } };
    return file.kind === 'document' ? { header: { document: { media: file.id, ...perhaps('filename', file.filename) } } } : null;
  }
  if (sent?.link != null) return null;
  return sent?.header == null ? {} : { header: { text: sent.header } };
}

function carouselOf({ text, sent }: Message): NewMessage | null {
  if (sent === null || sent.cards.length === 0) return null;
  const cards = sent.cards.map(({ image, video, text: body, button, options }) => ({
    ...perhaps('image', image), ...perhaps('video', video), ...perhaps('body', body),
    ...(button?.url == null ? { buttons: options.map(({ id, title }) => ({ id, title })) } : { link: { title: button.title, url: button.url } }),
  }));
  return { media_carousel: { body: text, cards } };
}

/** A list as it can be written here: its rows are all there, what parted them into sections is not told. */
function draftOf({ text, sent, options }: Message): Draft {
  return {
    kind: 'list', header: sent?.header ?? '', body: text, footer: sent?.footer ?? '', opens: sent?.button?.title ?? '',
    choices: options.map(({ id, title, description }) => ({ id, title, description: description ?? '' })),
  };
}

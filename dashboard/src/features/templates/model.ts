/** The words of templates: types of the API document, and what the screens share. */
import type { components } from '@/api/schema';
import type { ShownButton, ShownTemplate } from '@/components/TemplateView';

export type Template = components['schemas']['Template'];
export type TemplatePage = components['schemas']['TemplatePage'];
export type Definition = components['schemas']['TemplateDefinition'];
export type Header = components['schemas']['TemplateHeader'];
export type Button = components['schemas']['TemplateButton'];
export type Card = components['schemas']['TemplateCard'];
export type Example = components['schemas']['TemplateExample'];
export type Fault = components['schemas']['TemplateFault'];
export type Category = components['schemas']['TemplateCategory'];

export const CATEGORIES = ['utility', 'marketing', 'authentication'] as const satisfies readonly Category[];
export const LANGUAGE_CODES = ['en', 'hi', 'mr', 'gu', 'bn', 'ta', 'te', 'kn', 'ml', 'pa', 'en_US', 'en_GB'] as const;
export const STATUSES = ['draft', 'pending', 'approved', 'rejected', 'paused', 'disabled'] as const;

/** What WhatsApp takes in each place, in characters as people see them. */
export const LIMITS = { header: 60, body: 1024, footer: 60, label: 25, offer: 16, card: 160 } as const;

/** The kinds of template that have a form of their own. */
export const KINDS = ['standard', 'authentication', 'offer', 'carousel', 'call'] as const;
export type Kind = (typeof KINDS)[number];

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as WhatsApp and the server count them: a letter with its vowel sign is one. */
export function count(text: string): number {
  return [...SEGMENTER.segment(text)].length;
}

/** The variables of a text, each once, in the order in which they stand there. */
export function variables(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{(.*?)\}\}/gs)].map(([, name]) => (name ?? '').trim()))];
}

/** Keeps the examples of variables that are still there, and has a place for each new one. */
export function examplesOf(text: string, known: readonly Example[]): Example[] {
  return variables(text).map((variable) => known.find((example) => example.variable === variable) ?? { variable, value: '' });
}

/** A new template of everyday. */
export function newDefinition(): Definition {
  return {
    name: '', language: 'en', category: 'utility', format: 'positional', body: { kind: 'text', text: '', examples: [] },
    buttons: [], cards: [], call_permission_request: false,
  };
}

/** Which form a template has. */
export function kindOf(definition: Definition): Kind {
  if (definition.category === 'authentication') return 'authentication';
  if (definition.offer != null) return 'offer';
  if ((definition.cards ?? []).length > 0) return 'carousel';
  return definition.call_permission_request ? 'call' : 'standard';
}

/** A template turned into another kind: what the kind cannot have goes, what it needs is there. */
export function ofKind(definition: Definition, kind: Kind): Definition {
  const { header: _header, footer: _footer, offer: _offer, ...rest } = definition;
  const text = definition.body?.kind === 'text' ? definition.body : { kind: 'text' as const, text: '', examples: [] };
  const plain: Definition = { ...rest, body: text, buttons: [], cards: [], call_permission_request: false };
  const category = definition.category === 'authentication' ? 'utility' : definition.category;
  switch (kind) {
    case 'authentication':
      return {
        ...plain, category: 'authentication', body: { kind: 'authentication', security_recommendation: true },
        footer: { kind: 'expiry', minutes: 10 }, buttons: [{ kind: 'one_time_password', otp: 'copy_code' }],
      };
    case 'offer':
      return { ...plain, category: 'marketing', offer: { text: '', has_expiration: true }, buttons: [{ kind: 'copy_code', example: '' }] };
    case 'carousel':
      return { ...plain, category: category === 'utility' ? 'marketing' : category, cards: [newCard(), newCard()] };
    case 'call':
      return { ...plain, category, call_permission_request: true };
    case 'standard':
      return { ...plain, category };
  }
}

export function newCard(): Card {
  return { header: { kind: 'image' }, body: { text: '', examples: [] }, buttons: [{ kind: 'quick_reply', text: '' }] };
}

/** A button without anything on it. */
export function newButton(kind: Button['kind']): Button {
  switch (kind) {
    case 'url': return { kind, text: '', url: 'https://' };
    case 'phone': return { kind, text: '', phone: '+91' };
    case 'copy_code': return { kind, example: '' };
    case 'one_time_password': return { kind, otp: 'copy_code' };
    case 'flow': return { kind, text: '', flow_id: '' };
    case 'request_contact_info': return { kind };
    case 'catalog': return { kind, text: 'View catalog' };
    case 'multi_product': return { kind, text: 'View items' };
    case 'single_product': return { kind, text: 'View' };
    case 'order_details': return { kind, text: 'Review and Pay' };
    case 'quick_reply': case 'voice_call': return { kind, text: '' };
  }
}

const OWN_LABELS = { copy_code: 'Copy offer code', one_time_password: 'Copy code', request_contact_info: 'Share contact info' } as const;

function filled(text: string, examples: readonly Example[]): string {
  return examples.reduce((words, { variable, value }) => (value === '' ? words : words.replaceAll(`{{${variable}}}`, value)), text);
}

/** A button as it reads. */
function labelled(button: Button): ShownButton {
  return {
    kind: button.kind,
    text: ('text' in button ? button.text : null) ?? (button.kind in OWN_LABELS ? OWN_LABELS[button.kind as keyof typeof OWN_LABELS] : ''),
    value: button.kind === 'url' ? button.url : button.kind === 'phone' ? button.phone : null,
  };
}

function head(part: Header): NonNullable<ShownTemplate['header']> {
  return { kind: part.kind, text: part.kind === 'text' ? filled(part.text, part.examples ?? []) : null };
}

/** A template as its author sees it while writing: with the examples in the places of the variables. */
export function shownOf(definition: Definition): ShownTemplate {
  const { body, header, footer } = definition;
  const advice = body?.kind === 'authentication' && body.security_recommendation ? ' For your security, do not share this code.' : '';
  return {
    header: header == null ? null : head(header),
    body: body == null ? '' : body.kind === 'text' ? filled(body.text, body.examples ?? []) : `*123456* is your verification code.${advice}`,
    footer: footer == null ? null : footer.kind === 'text' ? footer.text : `This code expires in ${footer.minutes} minutes.`,
    offer: definition.offer?.text ?? null,
    buttons: (definition.buttons ?? []).map(labelled),
    cards: (definition.cards ?? []).map((card) => ({
      header: head(card.header), body: card.body == null ? '' : filled(card.body.text, card.body.examples ?? []), buttons: (card.buttons ?? []).map(labelled),
    })),
  };
}

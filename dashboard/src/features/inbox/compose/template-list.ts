/** Templates to choose from: their names, what they say, and which a search finds. */
import { intlLocale } from '@/lib/time';

import type { Template } from '../template';

/** Name and language tell templates apart. */
export function named({ name, language }: Template): string {
  return `${name}/${language}`;
}

/** The words a person would know it by; empty for a code, whose words are WhatsApp's. */
export function wordsOf({ definition }: Template): string {
  const body = definition?.body;
  return body?.kind === 'text' ? body.text : '';
}

function everything(template: Template): string {
  const { definition, name, language } = template;
  const header = definition?.header?.kind === 'text' ? definition.header.text : '';
  const footer = definition?.footer != null && 'text' in definition.footer ? definition.footer.text : '';
  const cards = (definition?.cards ?? []).map((card) => card.body?.text ?? '');
  return [name, name.replaceAll('_', ' '), language, header, wordsOf(template), footer, ...cards].join('\n').toLowerCase();
}

/** Whether every word that is searched for stands somewhere in it. */
export function matches(template: Template, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const text = everything(template);
  return words.every((word) => text.includes(word));
}

/** The name of a language in the language of the interface; a code nobody knows stays a code. */
export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([intlLocale(language)], { type: 'language' }).of(code.replaceAll('_', '-')) ?? code;
  } catch {
    return code;
  }
}

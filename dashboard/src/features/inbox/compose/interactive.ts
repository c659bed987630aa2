/** Messages with buttons or a list: what is written, what WhatsApp takes of it, and how it goes out. */
import type { components } from '@/api/schema';

import { textLength } from '../model';

export type NewMessage = components['schemas']['NewMessage'];
export type InteractiveKind = 'buttons' | 'list';

/** How many buttons or rows WhatsApp takes. */
export const MOST: Readonly<Record<InteractiveKind, number>> = { buttons: 3, list: 10 };
/** How long each part may be, in characters. */
export const LIMITS = {
  buttons: { header: 60, body: 1024, footer: 60, title: 20 },
  list: { header: 60, body: 4096, footer: 60, opens: 20, title: 24, description: 72 },
} as const;

/** A button, or a row with its second line. */
export interface Choice {
  /** What comes back when it is tapped; made anew when left out. */
  readonly id?: string;
  readonly title: string;
  readonly description: string;
}

export interface Draft {
  readonly kind: InteractiveKind;
  readonly header: string;
  readonly body: string;
  readonly footer: string;
  /** What stands on the button that opens a list. */
  readonly opens: string;
  readonly choices: readonly Choice[];
}

export type Fault =
  | { readonly code: 'missing' | 'same' }
  | { readonly code: 'too_long'; readonly count: number }
  /** The server's own words. */
  | { readonly code: 'refused'; readonly reason: string };

/**
 * Characters by the stricter of the two measures, like in the reply box: the server counts letters as people see them, and
 * Meta does not say how it counts a letter with its vowel sign.
 */
export function lengthOf(text: string): number {
  return textLength(text.trim());
}

export function newDraft(kind: InteractiveKind): Draft {
  return { kind, header: '', body: '', footer: '', opens: '', choices: [{ title: '', description: '' }] };
}

function judge(text: string, max: number, needed: boolean): Fault | null {
  if (needed && text.trim() === '') return { code: 'missing' };
  const count = lengthOf(text) - max;
  return count > 0 ? { code: 'too_long', count } : null;
}

/** What the customer sees of it. */
function reads(choice: Choice | undefined): string {
  return `${choice?.title.trim()}\n${choice?.description.trim()}`;
}

/** What is wrong with each part, by its place: `body`, `title.0`, `description.0` … */
export function faultsOf(draft: Draft): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>();
  const note = (place: string, fault: Fault | null): void => {
    if (fault !== null) faults.set(place, fault);
  };
  const limits = LIMITS[draft.kind];
  note('header', judge(draft.header, limits.header, false));
  note('body', judge(draft.body, limits.body, true));
  note('footer', judge(draft.footer, limits.footer, false));
  if (draft.kind === 'list') note('opens', judge(draft.opens, LIMITS.list.opens, true));
  for (const [index, { title, description }] of draft.choices.entries()) {
    const isTwin = title.trim() !== '' && draft.choices.some((other, at) => at < index && reads(other) === reads(draft.choices[index]));
    note(`title.${index}`, judge(title, limits.title, true) ?? (isTwin ? { code: 'same' } : null));
    if (draft.kind === 'list') note(`description.${index}`, judge(description, LIMITS.list.description, false));
  }
  return faults;
}

const perhaps = <Name extends string>(name: Name, text: string): Partial<Record<Name, string>> =>
  (text.trim() === '' ? {} : { [name]: text.trim() }) as Partial<Record<Name, string>>;

/** An id for each choice: its own, or one that says a colleague made it; never one that another has. */
function idsOf(choices: readonly Choice[]): readonly string[] {
  const taken = new Set(choices.flatMap(({ id }) => (id === undefined ? [] : [id])));
  let last = 0;
  return choices.map(({ id }) => {
    if (id !== undefined) return id;
    do last += 1; while (taken.has(`colleague-${last}`));
    return `colleague-${last}`;
  });
}

/** The message as the API takes it. What the customer taps comes back with the id, which says that a colleague made it. */
export function bodyOfDraft(draft: Draft, answers: string | null): NewMessage {
  const reply = answers === null ? {} : { reply_to: answers };
  const body = draft.body.trim();
  const ids = idsOf(draft.choices);
  if (draft.kind === 'buttons') {
    const buttons = draft.choices.map(({ title }, index) => ({ id: ids[index] ?? '', title: title.trim() }));
    const header = draft.header.trim() === '' ? {} : { header: { text: draft.header.trim() } };
    return { ...reply, buttons: { body, buttons, ...header, ...perhaps('footer', draft.footer) } };
  }
  const rows = draft.choices.map(({ title, description }, index) => ({ id: ids[index] ?? '', title: title.trim(), ...perhaps('description', description) }));
  return { ...reply, list: { body, button: draft.opens.trim(), sections: [{ rows }], ...perhaps('header', draft.header), ...perhaps('footer', draft.footer) } };
}

/** The place of a part as the server names it: `list.sections[0].rows[1].title` is `title.1`. */
export function placeOfField(field: string): string {
  const choice = /(?:buttons|rows)\[(\d+)\](?:\.(title|description))?/.exec(field);
  if (choice !== null) return `${choice[2] ?? 'title'}.${choice[1]}`;
  const part = field.replace(/^(?:buttons|list)\./, '').split('.')[0] ?? '';
  return part === 'button' ? 'opens' : part;
}

/** What is wrong with what fills a template, by the field it is to be mended in. */
import type { components } from '@/api/schema';

import { isFlowData, type Question, type Values } from '../template';

type ServerFault = components['schemas']['TemplateFault'];

/** One thing that is wrong: a name this program has words for, or the server's own words. */
export interface FieldFault {
  readonly code: string;
  /** The number or the variable it speaks of. */
  readonly subject: string | null;
  /** The server's words, for a name that is newer than this program. */
  readonly message: string | null;
}

/** What is told by the fields that are empty. */
const ONLY_MISSING: readonly string[] = ['missing', 'parameter_missing', 'too_few'];
const DEGREES: Partial<Record<Question['kind'], number>> = { latitude: 90, longitude: 180 };

const own = (code: string, subject: string | null = null): FieldFault => ({ code, subject, message: null });

/** A number as the server reads it: digits with a point, perhaps a sign. */
function isDegrees(text: string, most: number): boolean {
  return /^[+-]?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most;
}

function isAddress(text: string): boolean {
  return /^https:\/\/[^\s/]+\.[^\s]+$/i.test(text);
}

function faultOf({ kind, place, optional }: Question, values: Values, now: number): FieldFault | null {
  const text = values[place]?.trim() ?? '';
  if (kind === 'order') return null;
  if (kind === 'file' && (values[`${place}.media`] ?? '') !== '') return null;
  if (kind === 'file' && (values[`${place}.waiting`] ?? '') !== '') return own('uploading');
  if (text === '') return optional === true ? null : own('missing');
  const most = DEGREES[kind];
  if (most !== undefined && !isDegrees(text, most)) return own('degrees', String(most));
  if (kind === 'file' && !isAddress(text)) return own('address');
  if (kind === 'ends' && !(Date.parse(text) > now)) return own('past');
  if (kind === 'flowData' && !isFlowData(text)) return own('flow_data');
  return null;
}

/** What can be told without asking the server. */
export function faultsHere(wanted: readonly Question[], values: Values, now: number): ReadonlyMap<string, FieldFault> {
  const faults = new Map<string, FieldFault>();
  for (const question of wanted) {
    const fault = faultOf(question, values, now);
    if (fault !== null) faults.set(question.place, fault);
  }
  return faults;
}

/** What was filled in without what has not the shape it is to have: the server would refuse to show any of it. */
export function wellFormed(values: Values, faults: ReadonlyMap<string, FieldFault>): Values {
  return Object.fromEntries(Object.entries(values).filter(([place]) => !faults.has(place)));
}

/** The field of a part as the server names it: `cards[0].body[1]` is `card.0.body.1`. */
export function placeOf({ place, code, subject }: ServerFault): string {
  if (place === 'offer_ends_at') return 'ends';
  const path = place.replace(/^cards\[/, 'card[').replace(/(^|\.)buttons\[/, '$1button[').replaceAll(/\[(.*?)\]/g, '.$1');
  return code === 'parameter_unexpected' && subject !== null ? `${path}.${subject}` : path;
}

/** What the server found beside empty fields: told at the field where there is one, else of the whole. */
export function sortFaults(faults: readonly ServerFault[], wanted: readonly Question[]): { readonly fields: ReadonlyMap<string, FieldFault>; readonly whole: readonly FieldFault[] } {
  const fields = new Map<string, FieldFault>();
  const whole: FieldFault[] = [];
  for (const fault of faults.filter(({ code }) => !ONLY_MISSING.includes(code))) {
    const { code, subject, message } = fault;
    const place = placeOf(fault);
    // Several values make one text: that it is too long is told at the last of them.
    const question = wanted.find((one) => one.place === place) ?? wanted.findLast((one) => one.place.startsWith(`${place}.`));
    if (question === undefined) whole.push({ code, subject, message });
    else if (!fields.has(question.place)) fields.set(question.place, { code, subject, message });
  }
  return { fields, whole };
}

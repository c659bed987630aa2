/** What the business lays down about sending: the calls, and what can be wrong with what is written. */
import { queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

export type SendingRules = components['schemas']['SendingRules'];
/** What a server told; one that is older has not all of it, and takes back only what it has. */
export type Known = Pick<SendingRules, 'quiet_hours' | 'marketing_needs_opt_in'> & Partial<SendingRules>;

export const keys = { rules: ['sending-rules'] as const };
export const LIMITS = { messages: [1, 10], hours: [1, 168], free: [0, 1_000_000] } as const;

/** The rules as they are. */
export function rulesQuery({ client }: Api) {
  return queryOptions({
    queryKey: keys.rules,
    queryFn: async ({ signal }): Promise<Known> => bodyOf(await client.GET('/v1/sending-rules', { signal })),
  });
}

/** Lays down other rules, and gives them as they are now. */
export async function writeRules({ client }: Api, rules: Known): Promise<Known> {
  return bodyOf(await client.PUT('/v1/sending-rules', { body: rules as SendingRules }));
}

/** The rules as they stand in the form. */
export interface Draft {
  readonly quiet: boolean;
  readonly from: string;
  readonly to: string;
  readonly optIn: boolean;
  readonly messages: string;
  readonly hours: string;
  readonly free: string;
  readonly offset: string;
}

/** A field of the form that can be wrong. */
export type Field = 'from' | 'to' | 'messages' | 'hours' | 'free' | 'offset';
export type Fault = { readonly code: 'missing' | 'same' } | { readonly code: 'range'; readonly min: number; readonly max: number };

/** The hours offered to whoever has none yet. */
const NIGHT = { from: '21:00', to: '09:00' } as const;

export function draftOf(rules: Known): Draft {
  const { quiet_hours: quiet, marketing_cap: cap, billing } = rules;
  return {
    quiet: quiet !== null, ...(quiet ?? NIGHT), optIn: rules.marketing_needs_opt_in, messages: cap === undefined ? '' : String(cap.messages), hours: cap === undefined ? '' : String(cap.hours),
    free: billing === undefined ? '' : String(billing.free_service_messages), offset: billing === undefined ? '' : String(billing.utc_offset_minutes),
  };
}

function judge(text: string, [min, max]: readonly [number, number]): Fault | null {
  if (text.trim() === '') return { code: 'missing' };
  const number = Number(text);
  return /^\d+$/.test(text.trim()) && number >= min && number <= max ? null : { code: 'range', min, max };
}

/** What is wrong with each field, of those that the server knows. */
export function faultsOf(draft: Draft, known: Known): ReadonlyMap<Field, Fault> {
  const faults = new Map<Field, Fault>();
  const note = (field: Field, fault: Fault | null): void => {
    if (fault !== null) faults.set(field, fault);
  };
  if (draft.quiet) {
    note('from', draft.from === '' ? { code: 'missing' } : null);
    note('to', draft.to === '' ? { code: 'missing' } : draft.from === draft.to ? { code: 'same' } : null);
  }
  if (known.marketing_cap !== undefined) {
    note('messages', judge(draft.messages, LIMITS.messages));
    note('hours', judge(draft.hours, LIMITS.hours));
  }
  if (known.billing !== undefined) note('free', judge(draft.free, LIMITS.free));
  return faults;
}

/** The rules as the server takes them. */
export function rulesOf(draft: Draft, known: Known): Known {
  return {
    quiet_hours: draft.quiet ? { from: draft.from, to: draft.to } : null,
    marketing_needs_opt_in: draft.optIn,
    ...(known.marketing_cap === undefined ? {} : { marketing_cap: { messages: Number(draft.messages), hours: Number(draft.hours) } }),
    ...(known.billing === undefined ? {} : { billing: { free_service_messages: Number(draft.free), utc_offset_minutes: Number(draft.offset) } }),
  };
}

const FIELDS: Readonly<Record<string, Field>> = {
  'quiet_hours.from': 'from', 'quiet_hours.to': 'to', quiet_hours: 'to', 'marketing_cap.messages': 'messages', 'marketing_cap.hours': 'hours',
  'billing.free_service_messages': 'free', 'billing.utc_offset_minutes': 'offset',
};

/** The field of a part as the server names it. */
export function fieldOf(name: string | null): Field | null {
  return name === null ? null : (FIELDS[name] ?? null);
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** How far ahead of UTC, as `UTC+05:30`. */
export function offsetName(minutes: number): string {
  const ahead = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${pad(Math.floor(ahead / 60))}:${pad(ahead % 60)}`;
}

/** The offsets there are in the world, and whichever is set already. */
export function offsets(set: string): readonly string[] {
  const half = Array.from({ length: 53 }, (_, step) => -720 + step * 30);
  const all = new Set([...half, -570, 345, 525, 765, ...(set === '' ? [] : [Number(set)])]);
  return [...all].sort((a, b) => a - b).map(String);
}

import { expect, it } from 'vitest';

import { NOTHING_KNOWN, messageOf } from './fixtures';
import { threadRows } from './rows';

it('turns pages into rows from old to new, with the days between them and replies on their way at the end', () => {
  const reply = { key: 'p', conversation: 'c1', text: 'hi', attachment: null, at: '2026-11-20T10:00:00Z', error: null, state: 'sending' } as const;
  const rows = threadRows(
    [
      { items: [messageOf('3', { at: '2026-11-20T09:00:00Z' }), messageOf('2', { at: '2026-11-19T09:01:00Z' })], next: 'x' },
      { items: [messageOf('1', { at: '2026-11-19T09:00:00Z' })], next: null },
    ],
    [reply],
  );
  expect(rows.map((row) => row.key)).toEqual(['day-2026-11-19', '1', '2', 'day-2026-11-20', '3', 'p']);
});

it('starts a group when the author changes', () => {
  const bot = { direction: 'outbound', author: { kind: 'bot', name: 'Assistant' } } as const;
  const agent = { direction: 'outbound', author: { kind: 'agent', name: 'Priya' } } as const;
  const rows = threadRows([{ items: [messageOf('4', agent), messageOf('3', bot), messageOf('2', bot), messageOf('1')], next: null }], []);
  expect(rows.flatMap((row) => (row.kind === 'message' ? [row.startsGroup] : []))).toEqual([true, true, false, true]);
});

const reaction = (key: string, applied: string | null) => messageOf(key, { kind: 'reaction', circumstances: { ...NOTHING_KNOWN, applied_to: applied } });

it('gives what only changes another message no row of its own, unless that message is not here', () => {
  const rows = threadRows([{ items: [reaction('3', null), reaction('2', '1'), messageOf('1')], next: null }], []);
  expect(rows.flatMap((row) => (row.kind === 'message' ? [row.key] : []))).toEqual(['1', '3']);
});

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { json, renderWith, type Answers } from '@/test-render';

import type { DeadLetter, ParkedEvent } from './api';
import { OperationsPage } from './OperationsPage';

const LETTER: DeadLetter = {
  id: '1793500000000-00ff', queue: 'OutboundP2', kind: 'send_message', conversation: 'c1', summary: 'text, 12', at: '2026-11-19T10:00:00Z',
  fate: 'waiting', decided_by: null, decided_at: null,
};

function answers(letters: readonly DeadLetter[], discarded: string[] = [], parked: readonly ParkedEvent[] = []): Answers {
  return {
    'GET /v1/parked-events': () => json(200, { items: parked, next: null }),
    'GET /v1/dead-letters': () => json(200, { items: letters, queues: letters.map(({ queue }) => ({ queue, waiting: 1 })), next: null }),
    [`POST /v1/dead-letters/${LETTER.id}/discard`]: () => {
      discarded.push(LETTER.id);
      return json(200, { ...LETTER, fate: 'discarded' });
    },
  };
}

describe('OperationsPage', () => {
  it('tells what was given up without its words, and discards only when asked twice', async () => {
    const discarded: string[] = [];
    renderWith(<OperationsPage />, answers([LETTER], discarded));
    expect(await screen.findByText('A message to a customer')).toBeVisible();
    expect(screen.getByText('OutboundP2: 1 waits')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(discarded).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(discarded).toEqual([LETTER.id]);
  });

  it('says when there is nothing', async () => {
    renderWith(<OperationsPage />, answers([]));
    expect(await screen.findByText('Nothing was given up')).toBeVisible();
  });

  it('tries a parked event again, and says what became of it', async () => {
    const event: ParkedEvent = {
      id: '1793500000000-a1', about: '210000000000009', kind: 'hologram', at: '2026-11-19T10:00:00Z', bytes: 310, fate: 'waiting', decided_by: null, decided_at: null,
    };
    let fate: ParkedEvent['fate'] = 'waiting';
    renderWith(<OperationsPage />, {
      ...answers([]),
      'GET /v1/parked-events': () => json(200, { items: [{ ...event, fate }], next: null }),
      [`POST /v1/parked-events/${event.id}/retry`]: () => {
        fate = 'applied';
        return json(200, { ...event, fate });
      },
    });
    expect(await screen.findByText('WhatsApp event “hologram”')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Handled')).toBeVisible();
  });
});

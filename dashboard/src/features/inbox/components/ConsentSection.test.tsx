import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { json, renderWith } from '@/test-render';

import { conversationOf } from '../fixtures';
import { ConsentSection } from './ConsentSection';

const entry = {
  at: '2026-11-19T10:00:00Z', change: 'opt_in', source: 'colleague', colleague: 'Priya Nair', wording: 'haan bhejiye', language: 'hi-Latn',
  entered_at: '2026-11-19T10:00:05Z',
};
const consent = (marketing: string, entries: object[] = []) => ({ marketing, since: null, held_until: null, entries, next: null });

describe('ConsentSection', () => {
  it('shows what was agreed to, by whom it is known, and in which words', async () => {
    renderWith(<ConsentSection conversation={conversationOf()} />, { 'GET /v1/contacts/k1/consent': () => json(200, consent('given', [entry])) });
    expect(await screen.findByText('Has agreed to promotions')).toBeVisible();
    expect(screen.getByText('Entered by Priya Nair')).toBeVisible();
    expect(screen.getByText('haan bhejiye')).toHaveAttribute('lang', 'hi-Latn');
  });

  it('enters a refusal after asking once, under one key', async () => {
    const user = userEvent.setup();
    const keys: (string | null)[] = [];
    const entered = vi.fn(async (request: Request) => {
      keys.push(request.headers.get('Idempotency-Key'));
      expect(await request.json()).toEqual({ change: 'opt_out', conversation: 'c1' });
      return keys.length === 1 ? json(503, { code: 'store_unavailable' }) : json(200, { marketing: 'refused', since: null });
    });
    renderWith(<ConsentSection conversation={conversationOf()} />, {
      'GET /v1/contacts/k1/consent': () => json(200, consent(keys.length > 1 ? 'refused' : 'unasked')),
      'POST /v1/contacts/k1/consent': entered,
    });
    await user.click(screen.getByRole('button', { name: 'Customer refuses promotions' }));
    expect(entered).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Enter the refusal' }));
    expect(await screen.findByRole('alert')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Enter the refusal' }));
    expect(await screen.findByText('Has refused promotions')).toBeVisible();
    expect(new Set(keys).size).toBe(1);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

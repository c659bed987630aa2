import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { json, renderWith } from '@/test-render';

import { ReviewsPage } from './ReviewsPage';

const person = (id: string, name: string | null) => ({ id, name, phone: '+919876500001', username: null, created_at: '2026-11-01T10:00:00Z' });
const review = {
  id: 'r1', name: { kind: 'phone', value: '+919876500001' }, why: 'new_owner', found_at: '2026-11-19T10:00:00Z', holder: person('a', 'Asha Verma'),
  claimant: person('b', null),
};

describe('ReviewsPage', () => {
  it('asks twice before two customers become one, and then shows that nothing is left', async () => {
    const user = userEvent.setup();
    const decided: unknown[] = [];
    renderWith(<ReviewsPage />, {
      'GET /v1/contact-reviews': () => json(200, { items: decided.length === 0 ? [review] : [], next: null }),
      'POST /v1/contact-reviews/r1/resolve': async (request) => {
        decided.push(await request.json());
        return new Response(null, { status: 204 });
      },
    });
    expect(await screen.findByText(/Asha Verma/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Same person' }));
    expect(decided).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, the same person' }));
    expect(await screen.findByText('Nothing to decide')).toBeVisible();
    expect(decided).toEqual([{ verdict: 'same_person' }]);
  });
});

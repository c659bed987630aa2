import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { json, renderWith, type Answers } from '@/test-render';

import { conversationOf } from '../fixtures';
import { ConversationList } from './ConversationList';

const PATH = 'GET /v1/conversations';

function show(answers: Answers, selected: string | null = null) {
  const onOpen = vi.fn();
  const onFilter = vi.fn();
  renderWith(<ConversationList status="open" selected={selected} onOpen={onOpen} onFilter={onFilter} />, answers);
  return { onOpen, onFilter };
}
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => conversationOf({ id: `c${index}`, contact: { id: `k${index}`, name: `Customer ${index}`, phone: null }, unread: index === 1 }));

describe('ConversationList', () => {
  it('shows its shape while it is read', () => {
    show({ [PATH]: () => new Promise(() => undefined) });
    expect(screen.getByText('Loading…')).toBeInTheDocument();
  });

  it('says what an empty list means', async () => {
    show({ [PATH]: () => json(200, { items: [], next: null }) });
    expect(await screen.findByText('No open conversations')).toBeVisible();
  });

  it('says why it failed, with the id for support, and loads again when asked', async () => {
    let calls = 0;
    show({ [PATH]: () => (++calls === 1 ? json(503, { code: 'x', request_id: 'r-9' }) : json(200, { items: many(1), next: null })) });
    expect(await screen.findByText('Request r-9')).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('option')).toHaveTextContent('Customer 0');
  });

  it('keeps only the rows in sight, and tells each its place', async () => {
    show({ [PATH]: () => json(200, { items: many(10_000), next: null }) });
    const rows = await screen.findAllByRole('option');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(40);
    expect(rows[1]).toHaveAttribute('aria-posinset', '2');
    expect(rows[1]).toHaveAttribute('aria-setsize', '10000');
    expect(rows[1]).toHaveTextContent('Unread');
    expect(rows[0]).not.toHaveTextContent('Unread');
  });

  it('moves by J and K, also on a Devanagari keyboard, and opens by Enter', async () => {
    const { onOpen } = show({ [PATH]: () => json(200, { items: many(5), next: null }) });
    const list = await screen.findByRole('listbox');
    fireEvent.keyDown(document.body, { key: 'j', code: 'KeyJ' });
    fireEvent.keyDown(document.body, { key: 'र', code: 'KeyJ' });
    fireEvent.keyDown(list, { key: 'ArrowDown', code: 'ArrowDown' });
    fireEvent.keyDown(document.body, { key: 'k', code: 'KeyK' });
    await waitFor(() => expect(list.getAttribute('aria-activedescendant')).toMatch(/-1$/));
    fireEvent.keyDown(list, { key: 'Enter', code: 'Enter' });
    expect(onOpen.mock.calls).toEqual([['c1']]);
  });

  it('reads the next page before the end is reached', async () => {
    const cursors: (string | null)[] = [];
    show({
      [PATH]: (request) => {
        const cursor = new URL(request.url).searchParams.get('cursor');
        cursors.push(cursor);
        return json(200, cursor === null ? { items: many(5), next: 'two' } : { items: [conversationOf({ id: 'last' })], next: null });
      },
    });
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(6));
    expect(cursors).toEqual([null, 'two']);
  });
});

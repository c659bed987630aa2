import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { json, renderWith } from '@/test-render';

import { conversationOf } from '../fixtures';
import { TemplatePicker } from './TemplatePicker';

const TEMPLATE = {
  name: 'visit_reminder', language: 'en', version: 1, status: 'approved', category: 'utility', quality: 'green', sendable: true,
  reason: null, locked_because: null, recategorised: null, impending: null, history: [],
  definition: { name: 'visit_reminder', language: 'en', category: 'utility', format: 'positional', body: { kind: 'text', text: 'Hi {{1}}, see you' }, buttons: [], cards: [], call_permission_request: false },
};

it('asks for the variables, shows how it reads, and sends it once with a key', async () => {
  const sent = vi.fn<(body: unknown, key: string | null) => void>();
  const chat = conversationOf();
  const onClose = vi.fn<() => void>();
  renderWith(<TemplatePicker conversation={chat} onClose={onClose} />, {
    [`GET /v1/numbers/${chat.number.id}/templates`]: () => json(200, { items: [TEMPLATE, { ...TEMPLATE, name: 'paused', sendable: false }], next: null, synced_at: null, sync_failure: null }),
    [`POST /v1/numbers/${chat.number.id}/templates/preview`]: async (request) => {
      const { body } = (await request.json()) as { body: readonly { text: string }[] };
      const text = body[0]?.text ?? '';
      const faults = text === '' ? [{ place: 'body', code: 'parameter_missing', message: 'needs a value', subject: '1' }] : [];
      return json(200, { header: null, body: `Hi ${text}, see you`, footer: null, offer: null, offer_ends_at: null, buttons: [], cards: [], faults, category: 'utility', sendable: true });
    },
    [`POST /v1/conversations/${chat.id}/messages`]: async (request) => {
      sent(await request.json(), request.headers.get('Idempotency-Key'));
      return json(202, { key: 'M#1', kind: 'template' });
    },
  });
  await screen.findByText('1 template');
  expect(screen.queryByText(/paused/)).toBeNull();
  await userEvent.type(screen.getByLabelText('Search'), 'nothing like it');
  await screen.findByText('0 templates');
  await userEvent.clear(screen.getByLabelText('Search'));
  await userEvent.type(screen.getByLabelText('Search'), 'remind VISIT');
  await userEvent.click(screen.getByRole('button', { name: /visit_reminder/ }));
  const send = await screen.findByRole('button', { name: 'Send' });
  await waitFor(() => expect(send).toBeEnabled());
  await userEvent.click(send);
  expect(await screen.findByText('Fill this in.')).toBeVisible();
  expect(screen.getByLabelText(/Value for/)).toHaveFocus();
  expect(sent).not.toHaveBeenCalled();
  await userEvent.type(screen.getByLabelText(/Value for/), 'Asha');
  await screen.findByText('Hi Asha, see you');
  await waitFor(() => expect(send).toBeEnabled());
  await userEvent.click(send);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(sent).toHaveBeenCalledOnce();
  expect(sent.mock.calls[0]?.[0]).toMatchObject({ template: { name: 'visit_reminder', body: [{ variable: '1', text: 'Asha' }] } });
  expect(sent.mock.calls[0]?.[1]).toMatch(/^[0-9a-f-]{36}$/);
});

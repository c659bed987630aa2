import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { createApi, type Api } from '@/api/client';
import { ApiContext } from '@/api/context';
import { renderWith } from '@/test-render';

import type { MediaFile } from './api';
import { MessageMedia } from './MessageMedia';

const fileOf = (more: Partial<MediaFile>): MediaFile => ({
  id: 'f1', kind: 'image', mime_type: 'image/jpeg', filename: null, size: 2_000_000, voice: false, state: 'stored', reason: null, retry_at: null, may_retry: false, ...more,
});

function show(file: MediaFile) {
  const asked = vi.fn();
  const api: Api = createApi('', async (request) => {
    asked(request.method, new URL(request.url).pathname);
    const body = request.method === 'POST' ? file : { media: file, url: 'https://files.example/f1?signature=x', expires_at: new Date(Date.now() + 300_000).toISOString() };
    return Response.json(body, { status: request.method === 'POST' ? 202 : 200 });
  });
  renderWith(<ApiContext.Provider value={api}><MessageMedia files={[file]} /></ApiContext.Provider>);
  return asked;
}

describe('MessageMedia', () => {
  it('shows a photo, and large when it is opened', async () => {
    show(fileOf({}));
    const photo = await screen.findByRole('button', { name: 'Open the photo' });
    await vi.waitFor(() => expect(photo.querySelector('img')).toHaveAttribute('src', 'https://files.example/f1?signature=x'));
    await userEvent.click(photo);
    expect(await screen.findByRole('img', { name: 'Photo' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('img', { name: 'Photo' })).toBeNull());
  });

  it('shows a document with its name and size', async () => {
    show(fileOf({ kind: 'document', mime_type: 'application/pdf', filename: 'bill.pdf' }));
    const card = await screen.findByRole('link', { name: /bill\.pdf/ });
    expect(card).toHaveTextContent('PDF · 1.9 MB');
    await vi.waitFor(() => expect(card).toHaveAttribute('href', 'https://files.example/f1?signature=x'));
    expect(card).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('tells a file on its way from one that cannot be had, and offers another attempt', async () => {
    const asked = show(fileOf({ state: 'pending', size: null, reason: 'unreachable', retry_at: '2026-11-19T10:00:00Z', may_retry: true }));
    expect(screen.getByText('Not here yet')).toBeVisible();
    expect(screen.getByText('WhatsApp did not answer.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again now' }));
    await vi.waitFor(() => expect(asked).toHaveBeenCalledWith('POST', '/v1/media/f1/retry'));
  });

  it('says what to do when WhatsApp does not have it any more', () => {
    show(fileOf({ state: 'expired', reason: 'expired', size: null }));
    expect(screen.getByText('No longer available')).toBeVisible();
    expect(screen.getByText(/Ask the customer to send it again/)).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('asks for no address of a file that is on its way', () => {
    const asked = show(fileOf({ state: 'pending', size: null }));
    expect(screen.getByText('On its way from WhatsApp')).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });
});

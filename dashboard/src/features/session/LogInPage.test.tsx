import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { json, renderWith } from '@/test-render';

import { LogInPage } from './LogInPage';

const SESSION = {
  access_token: 't', expires_at: '2099-01-01T00:00:00Z', user: { id: 'u', name: 'Priya', email: 'priya@shop.example', role: 'agent' }, tenant: { id: 't', name: 'Shop' },
};

async function fillIn(email: string, password: string): Promise<void> {
  const user = userEvent.setup();
  if (email !== '') await user.type(screen.getByLabelText('Email'), email);
  if (password !== '') await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Log in' }));
}

describe('LogInPage', () => {
  it('opens the session with what was typed', async () => {
    const onLoggedIn = vi.fn();
    const sent: unknown[] = [];
    const { api } = renderWith(<LogInPage reason={null} onLoggedIn={onLoggedIn} />, {
      'POST /v1/session': async (request) => {
        sent.push(await request.json());
        return json(200, SESSION);
      },
    });
    await fillIn(' priya@shop.example', 'secret');
    await waitFor(() => expect(onLoggedIn).toHaveBeenCalledTimes(1));
    expect(sent).toEqual([{ email: 'priya@shop.example', password: 'secret' }]);
    expect(api.session.state.session?.access_token).toBe('t');
  });

  it('names the field that is missing, and sends nothing', async () => {
    const onLoggedIn = vi.fn();
    renderWith(<LogInPage reason={null} onLoggedIn={onLoggedIn} />);
    await fillIn('priya@shop.example', '');
    expect(await screen.findByText('Enter your password.')).toBeVisible();
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it.each([
    [401, 'Email and password do not match. Check both and try again.'],
    [429, 'Too many attempts. Wait a minute, then try again.'],
    [500, 'Logging in failed on our side. Try again; if it stays, tell support: r-1.'],
  ])('explains a %s', async (status, words) => {
    renderWith(<LogInPage reason={null} onLoggedIn={() => undefined} />, { 'POST /v1/session': () => json(status, { code: 'x', request_id: 'r-1' }) });
    await fillIn('priya@shop.example', 'wrong');
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says why the person has to log in again', () => {
    renderWith(<LogInPage reason="expired" onLoggedIn={() => undefined} />);
    expect(screen.getByText(/Your session has ended/)).toBeVisible();
  });
});

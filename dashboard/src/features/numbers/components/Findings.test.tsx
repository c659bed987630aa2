import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { renderWith } from '@/test-render';

import type { Finding } from '../api';
import { Findings } from './Findings';

const FINDINGS: readonly Finding[] = [
  { check: 'token', outcome: 'ok', code: 'token_good', fixable: false, advice: { en: 'The access token works.', hi: 'टोकन काम कर रहा है।' } },
  { check: 'subscription', outcome: 'failed', code: 'not_subscribed', fixable: true, advice: { en: 'Nothing can arrive.', hi: 'कुछ नहीं आ सकता।' } },
];

describe('Findings', () => {
  it('says what each finding means, and offers to mend what can be mended', async () => {
    const onFix = vi.fn();
    renderWith(<Findings findings={FINDINGS} fixing={null} onFix={onFix} />);
    expect(screen.getByText('The access token works.')).toBeVisible();
    expect(screen.getByRole('img', { name: 'Failed' })).toBeVisible();
    await userEvent.setup().click(screen.getByRole('button', { name: 'Fix it' }));
    expect(onFix).toHaveBeenCalledExactlyOnceWith('subscription');
  });

  it('mends one thing at a time', () => {
    renderWith(<Findings findings={FINDINGS} fixing="subscription" onFix={vi.fn()} />);
    expect(screen.getByRole('button', { name: 'Fix it' })).toBeDisabled();
  });
});

import { describe, expect, it } from 'vitest';

import { initials, replyWindow, statusOf, textLength } from './model';

const NOW = Date.parse('2026-11-19T10:00:00Z');
const HOUR = 3_600_000;
const after = (milliseconds: number): string => new Date(NOW + milliseconds).toISOString();

describe('replyWindow', () => {
  it('counts down in whole minutes, never promising one that is not there', () => {
    expect(replyWindow(after(5 * HOUR + 59_999), NOW)).toMatchObject({ open: true, hours: 5, minutes: 0, closingSoon: false });
    expect(replyWindow(after(30_000), NOW)).toMatchObject({ open: true, hours: 0, minutes: 0, closingSoon: true });
  });

  it('warns under two hours', () => {
    expect(replyWindow(after(2 * HOUR), NOW)).toMatchObject({ closingSoon: false });
    expect(replyWindow(after(2 * HOUR - 1), NOW)).toMatchObject({ closingSoon: true });
  });

  it('is closed from the moment itself on', () => {
    expect(replyWindow(after(0), NOW)).toEqual({ open: false, everOpen: true });
  });

  it('tells a customer who never wrote from one who wrote too long ago', () => {
    expect(replyWindow(null, NOW)).toEqual({ open: false, everOpen: false });
  });
});

describe('statusOf', () => {
  it('takes known statuses and falls back to open', () => {
    expect(statusOf('resolved')).toBe('resolved');
    expect(statusOf('nonsense')).toBe('open');
    expect(statusOf(undefined)).toBe('open');
  });
});

describe('textLength', () => {
  it('counts an emoji once, as the server does', () => {
    expect(textLength('ok🙏')).toBe(3);
  });
});

describe('initials', () => {
  it('takes whole letters of two words', () => {
    expect(initials('asha verma devi')).toBe('AV');
    expect(initials('सुनीता देशपांडे')).toBe('सुदे');
    expect(initials('+91 98765')).toBe('');
  });
});

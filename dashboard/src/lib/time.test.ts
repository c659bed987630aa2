import { describe, expect, it } from 'vitest';

import { clockTime, dayHeading, dayKey, listTime } from './time';

// 19:30 in India.
const NOW = Date.parse('2026-11-19T14:00:00Z');
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

describe('listTime', () => {
  it('goes from minutes to the clock to the day', () => {
    expect(listTime(ago(0.5), NOW, 'en')).toBe('now');
    expect(listTime(ago(5), NOW, 'en')).toMatch(/^5 mins?$/);
    expect(listTime(ago(90), NOW, 'en')).toBe('18:00');
    expect(listTime(ago(24 * 60), NOW, 'en')).toBe('Yesterday');
    expect(listTime(ago(3 * 24 * 60), NOW, 'en')).toBe('Mon');
    expect(listTime(ago(30 * 24 * 60), NOW, 'en')).toBe('20 Oct');
  });

  it('speaks Hindi with Latin digits', () => {
    expect(listTime(ago(24 * 60), NOW, 'hi')).toBe('कल');
    expect(listTime(ago(5), NOW, 'hi')).toMatch(/^5 /);
  });
});

describe('days', () => {
  it('change at midnight in India, not in London', () => {
    expect(dayKey('2026-11-19T18:29:59Z')).toBe('2026-11-19');
    expect(dayKey('2026-11-19T18:30:00Z')).toBe('2026-11-20');
  });

  it('have headings', () => {
    expect(dayHeading(ago(0), NOW, 'en')).toBe('Today');
    expect(dayHeading(ago(24 * 60), NOW, 'en')).toBe('Yesterday');
    expect(dayHeading(ago(3 * 24 * 60), NOW, 'en')).toBe('Monday');
    expect(dayHeading(ago(40 * 24 * 60), NOW, 'en')).toBe('10 October 2026');
  });
});

describe('clockTime', () => {
  it('shows midnight as 00', () => {
    expect(clockTime('2026-11-19T18:30:00Z', 'en')).toBe('00:00');
  });
});

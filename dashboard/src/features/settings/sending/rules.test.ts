import { describe, expect, it } from 'vitest';

import { draftOf, faultsOf, fieldOf, offsetName, offsets, rulesOf, type Known } from './rules';

const RULES: Known = {
  quiet_hours: { from: '21:30', to: '09:00' }, marketing_needs_opt_in: true, marketing_cap: { messages: 3, hours: 48 },
  billing: { free_service_messages: 500, utc_offset_minutes: -300 },
};

describe('rules for sending', () => {
  it('go into the form and come out as they were', () => {
    expect(rulesOf(draftOf(RULES), RULES)).toEqual(RULES);
  });

  it('are written without what an older server does not have', () => {
    const old: Known = { quiet_hours: null, marketing_needs_opt_in: false };
    expect(faultsOf(draftOf(old), old).size).toBe(0);
    expect(rulesOf({ ...draftOf(old), optIn: true }, old)).toEqual({ quiet_hours: null, marketing_needs_opt_in: true });
  });

  it('name each field that is wrong, and none that is not shown', () => {
    const draft = { ...draftOf(RULES), from: '', messages: '11', hours: '0', free: '1.5' };
    expect([...faultsOf(draft, RULES)].map(([field, { code }]) => `${field} ${code}`)).toEqual(['from missing', 'messages range', 'hours range', 'free range']);
    expect(faultsOf({ ...draftOf(RULES), to: '21:30' }, RULES).get('to')).toEqual({ code: 'same' });
    expect(faultsOf({ ...draftOf(RULES), quiet: false, from: '', to: '' }, RULES).size).toBe(0);
  });

  it('know the fields the server names', () => {
    expect(fieldOf('marketing_cap.hours')).toBe('hours');
    expect(fieldOf('quiet_hours')).toBe('to');
    expect(fieldOf('elsewhere')).toBeNull();
  });

  it('name an offset, and offer the one that is set', () => {
    expect(offsetName(330)).toBe('UTC+05:30');
    expect(offsetName(-570)).toBe('UTC−09:30');
    expect(offsets('17')).toContain('17');
    expect(offsets('').every((offset) => Number(offset) >= -720 && Number(offset) <= 840)).toBe(true);
  });
});

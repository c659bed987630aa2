import { describe, expect, it } from 'vitest';

import { count, examplesOf, kindOf, KINDS, newDefinition, ofKind, shownOf, variables, type Definition } from './model';

describe('templates', () => {
  it('counts a letter with its vowel sign as one, as WhatsApp does', () => {
    expect(count('कीमत 🙏🏽')).toBe(5);
  });

  it('finds variables once, in their order, and keeps the examples of those that stay', () => {
    expect(variables('At {{2}} for {{1}}, {{2}}')).toEqual(['2', '1']);
    const known = [{ variable: '1', value: 'Asha' }, { variable: '3', value: 'gone' }];
    expect(examplesOf('{{1}} {{2}}', known)).toEqual([{ variable: '1', value: 'Asha' }, { variable: '2', value: '' }]);
  });

  it('turns a template into every kind and knows it again', () => {
    for (const kind of KINDS) expect(kindOf(ofKind(newDefinition(), kind))).toBe(kind);
    expect(ofKind(ofKind(newDefinition(), 'authentication'), 'standard').category).toBe('utility');
  });

  it('shows the examples in the places of the variables', () => {
    const definition: Definition = {
      ...newDefinition(),
      header: { kind: 'text', text: 'On {{1}}', examples: [{ variable: '1', value: 'Monday' }] },
      body: { kind: 'text', text: 'Hi {{1}}, at {{2}}', examples: [{ variable: '1', value: 'Asha' }] },
      buttons: [{ kind: 'url', text: 'Map', url: 'https://a.in' }, { kind: 'copy_code', example: 'X' }],
    };
    const shown = shownOf(definition);
    expect(shown.header).toEqual({ kind: 'text', text: 'On Monday' });
    expect(shown.body).toBe('Hi Asha, at {{2}}');
    expect(shown.buttons.map(({ text }) => text)).toEqual(['Map', 'Copy offer code']);
  });
});

import { describe, expect, it } from 'vitest';

import { COMMANDS, matchesCommand, takesTyping } from './commands';

const press = (code: string, key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ code, key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe('matchesCommand', () => {
  it('goes by the place of the key, so that a Devanagari layout works', () => {
    expect(matchesCommand(press('KeyJ', 'र'), COMMANDS['list.next'])).toBe(true);
    expect(matchesCommand(press('KeyK', 'र'), COMMANDS['list.next'])).toBe(false);
  });

  it('goes by the sign for the help sheet', () => {
    expect(matchesCommand(press('Slash', '?', { shiftKey: true }), COMMANDS['help.toggle'])).toBe(true);
    expect(matchesCommand(press('Minus', '?', { shiftKey: true }), COMMANDS['help.toggle'])).toBe(true);
    expect(matchesCommand(press('Slash', '/'), COMMANDS['help.toggle'])).toBe(false);
  });

  it('leaves the browser its combinations', () => {
    expect(matchesCommand(press('KeyR', 'r', { ctrlKey: true }), COMMANDS['thread.reply'])).toBe(false);
    expect(matchesCommand(press('KeyJ', 'j', { altKey: true }), COMMANDS['list.next'])).toBe(false);
  });

  it('sends by Enter and Ctrl+Enter, and lets Shift+Enter be a new line', () => {
    expect(matchesCommand(press('Enter', 'Enter'), COMMANDS['composer.send'])).toBe(true);
    expect(matchesCommand(press('Enter', 'Enter', { ctrlKey: true }), COMMANDS['composer.send'])).toBe(true);
    expect(matchesCommand(press('Enter', 'Enter', { shiftKey: true }), COMMANDS['composer.send'])).toBe(false);
  });
});

describe('takesTyping', () => {
  it('is true in text fields and false on a radio button', () => {
    const field = document.createElement('textarea');
    const radio = Object.assign(document.createElement('input'), { type: 'radio' });
    expect(takesTyping(field)).toBe(true);
    expect(takesTyping(radio)).toBe(false);
    expect(takesTyping(document.body)).toBe(false);
  });
});

/** The one registry of commands: the keyboard handler and the help sheet both read it. */

/** Where a command can be used. */
export type CommandScope = 'everywhere' | 'list' | 'thread' | 'composer';

export interface Command {
  readonly id: string;
  /** The text of the command, under `commands` of the common texts. */
  readonly titleKey: `commands.${'help' | 'next' | 'previous' | 'open' | 'back' | 'reply' | 'send'}`;
  readonly scope: CommandScope;
  readonly keys: readonly KeyChord[];
}

/**
 * One way to press a command. `code` is the place of the key: on a Devanagari layout J types something else, but it
 * is still the same key. `typed` is for signs whose place differs between layouts.
 */
export type KeyChord = { readonly label: string; readonly ctrl?: true } & (
  | { readonly code: string }
  | { readonly typed: string }
);

export const COMMANDS = {
  'help.toggle': { id: 'help.toggle', titleKey: 'commands.help', scope: 'everywhere', keys: [{ label: '?', typed: '?' }] },
  'list.next': {
    id: 'list.next', titleKey: 'commands.next', scope: 'list',
    keys: [{ label: 'J', code: 'KeyJ' }, { label: '↓', code: 'ArrowDown' }],
  },
  'list.previous': {
    id: 'list.previous', titleKey: 'commands.previous', scope: 'list',
    keys: [{ label: 'K', code: 'KeyK' }, { label: '↑', code: 'ArrowUp' }],
  },
  'list.open': { id: 'list.open', titleKey: 'commands.open', scope: 'list', keys: [{ label: 'Enter', code: 'Enter' }] },
  'thread.back': { id: 'thread.back', titleKey: 'commands.back', scope: 'thread', keys: [{ label: 'Esc', code: 'Escape' }] },
  'thread.reply': { id: 'thread.reply', titleKey: 'commands.reply', scope: 'thread', keys: [{ label: 'R', code: 'KeyR' }] },
  'composer.send': {
    id: 'composer.send', titleKey: 'commands.send', scope: 'composer',
    keys: [{ label: 'Enter', code: 'Enter' }, { label: 'Ctrl+Enter', code: 'Enter', ctrl: true }],
  },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

/** The order of the help sheet. */
export const COMMAND_SCOPES: readonly CommandScope[] = ['list', 'thread', 'composer', 'everywhere'];

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether a key press is one of a command's chords. */
export function matchesCommand(event: Pressed, command: Command): boolean {
  if (event.altKey) return false;
  const withCtrl = event.ctrlKey || event.metaKey;
  return command.keys.some((chord) => {
    if ((chord.ctrl === true) !== withCtrl) return false;
    if ('typed' in chord) return event.key === chord.typed;
    return event.code === chord.code && !event.shiftKey;
  });
}

/** Whether single keys belong to what has the focus and must not run commands. */
export function takesTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  const typing = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [role="textbox"], [role="menu"], [role="dialog"]';
  return target.closest(typing) !== null;
}

/** Whether the focused element already does something with Enter or the arrows. */
export function hasOwnKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a[href], input[type="radio"], summary') !== null;
}

import { useEffect, useRef } from 'react';

import { COMMANDS, hasOwnKeys, matchesCommand, takesTyping, type CommandId } from './commands';

/** Runs `run` when the command's keys are pressed outside of text fields, for as long as the component is shown. */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || !matchesCommand(event, COMMANDS[id])) return;
      if (takesTyping(event.target)) return;
      // A focused button keeps its Enter, and a focused tab its arrows; letters stay commands.
      if (hasOwnKeys(event.target) && /^(Enter|Arrow)/.test(event.code)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [id, enabled]);
}

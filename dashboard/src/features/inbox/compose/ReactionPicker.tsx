import { Popover } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import classes from './Compose.module.css';
import { REACTIONS } from './rules';
import { Standing } from './Standing';

interface Props {
  /** Prefix of the ids that tie the button and the picker together. */
  readonly id: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly reaction: string | null;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly onChoose: (emoji: string) => void;
}

/** The emoji to choose from, over the button that asked for them. */
export function ReactionPicker({ id, button, reaction, opened, onChange, onChoose }: Props): ReactNode {
  const { t } = useTranslation('inbox');
  // Opened after it is there: the focus to return to is remembered when it opens.
  const ready = useMounted();
  return (
    <Popover id={id} opened={opened && ready} onChange={onChange} trapFocus returnFocus position="top" shadow="md" withinPortal>
      <Popover.Target><Standing element={button} /></Popover.Target>
      <Popover.Dropdown aria-label={t('act.react')} p={4}>
        <div className={classes.emoji}>
          {REACTIONS.map((emoji) => (
            <button key={emoji} type="button" aria-pressed={emoji === reaction} aria-label={t(emoji === reaction ? 'act.takeBack' : 'act.put', { emoji })} onClick={() => onChoose(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

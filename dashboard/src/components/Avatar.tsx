import type { ReactNode } from 'react';

import classes from './Avatar.module.css';

interface Props {
  readonly letters: string;
  /** 0 to 5: the colour. */
  readonly tone: number;
  readonly size?: number;
}

/** A contact's letters on a colour of their own. Decorative: the name always stands beside it. */
export function Avatar({ letters, tone, size = 42 }: Props): ReactNode {
  return (
    <span className={classes.avatar} data-tone={tone} style={{ width: size, height: size, fontSize: size * 0.38 }} aria-hidden="true">
      {letters}
    </span>
  );
}

import type { ReactNode } from 'react';

import { Icon, type IconName } from './Icon';
import classes from './state.module.css';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  readonly body: string;
  readonly action?: ReactNode;
}

/** A region with nothing in it: what would be here, and at most one thing to do. */
export function EmptyState({ icon, title, body, action }: Props): ReactNode {
  return (
    <div className={classes.state}>
      <span className={classes.icon}><Icon name={icon} size={26} /></span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.body}>{body}</p>
      {action}
    </div>
  );
}

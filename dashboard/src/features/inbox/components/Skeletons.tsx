import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import classes from './Skeletons.module.css';

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const BUBBLES = [
  { own: false, width: '46%' }, { own: true, width: '38%' }, { own: false, width: '30%' }, { own: true, width: '54%' }, { own: false, width: '42%' },
] as const;

/** The list's shape while it is read. */
export function ListSkeleton(): ReactNode {
  return (
    <Loading>
      {ROWS.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton circle height={42} />
          <div className={classes.lines}><Skeleton height={12} width="45%" /><Skeleton height={10} width="80%" /></div>
        </div>
      ))}
    </Loading>
  );
}

/** The thread's shape while it is read. */
export function ThreadSkeleton(): ReactNode {
  return (
    <Loading>
      <div className={classes.thread}>
        {BUBBLES.map(({ own, width }) => <div key={width} className={classes.bubble} data-own={own || undefined} style={{ width }}><Skeleton height={44} radius={12} /></div>)}
      </div>
    </Loading>
  );
}

function Loading({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className={classes.loading}>
      <VisuallyHidden role="status">{t('state.loading')}</VisuallyHidden>
      <div aria-hidden="true" className={classes.shapes}>{children}</div>
    </div>
  );
}

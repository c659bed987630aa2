import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Api } from '@/api/client';
import { useApi } from '@/api/context';

import type { Decision } from './api';
import classes from './OperationsPage.module.css';

interface Props {
  readonly id: string;
  readonly decide: (api: Api, id: string, wanted: Decision) => Promise<unknown>;
  /** The list that shows what was decided. */
  readonly shown: readonly string[];
}

/** Once more, or away with it. Nothing is thrown away by one slip: discarding asks once more. */
export function Decide({ id, decide, shown }: Props): ReactNode {
  const { t } = useTranslation('operations');
  const api = useApi();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const decision = useMutation({
    mutationFn: (wanted: Decision) => decide(api, id, wanted),
    onSettled: () => queryClient.invalidateQueries({ queryKey: shown }),
  });
  return (
    <div className={classes.actions}>
      {decision.isError && <span role="alert" className={classes.failed}>{t('failed')}</span>}
      {asking ? (
        <>
          <span>{t('sure')}</span>
          <Button size="compact-sm" color="red" loading={decision.isPending} onClick={() => decision.mutate('discard')}>{t('discard')}</Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>{t('keep')}</Button>
        </>
      ) : (
        <>
          <Button size="compact-sm" loading={decision.isPending} onClick={() => decision.mutate('redrive')}>{t('redrive')}</Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t('discard')}</Button>
        </>
      )}
    </div>
  );
}

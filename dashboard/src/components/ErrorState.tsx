import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError, isNetworkFailure } from '@/api/problem';
import { useOnline } from '@/lib/use-online';

import { Icon } from './Icon';
import classes from './state.module.css';

interface Props {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly retrying?: boolean;
}

/** A region that could not be loaded: the reason, a retry, and the id support asks for. */
export function ErrorState({ error, onRetry, retrying = false }: Props): ReactNode {
  const { t } = useTranslation('common');
  const reason = useReason(error);
  const isOffline = !useOnline() && isNetworkFailure(error);
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="danger"><Icon name={isOffline ? 'offline' : 'alert'} size={26} /></span>
      <h2 className={classes.title}>{isOffline ? t('state.offlineTitle') : t('state.errorTitle')}</h2>
      <p className={classes.body}>{isOffline ? t('state.offlineNothing') : reason}</p>
      <Button variant="default" onClick={onRetry} loading={retrying}>{t('state.retry')}</Button>
      {requestId !== null && <span className={classes.request}>{t('state.requestId', { id: requestId })}</span>}
    </div>
  );
}

/** An error in words. */
export function useReason(error: unknown): string {
  const { t } = useTranslation('common');
  if (isNetworkFailure(error)) return t('state.networkReason');
  if (error instanceof ApiError && error.status === 404) return t('state.notFoundReason');
  if (error instanceof ApiError && error.status < 500 && error.detail !== '') return error.detail;
  return t('state.serverReason');
}

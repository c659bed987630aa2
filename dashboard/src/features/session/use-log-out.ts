import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import type { Api } from '@/api/client';
import { showToast } from '@/lib/toast';

/** Logs out: on the server first, because a cookie that stays would log the next person in. */
export function useLogOut(api: Api): () => void {
  const { t } = useTranslation('common');
  return useCallback(() => {
    api.client.DELETE('/v1/session').then(
      () => api.session.end('logged_out'),
      () => showToast('danger', t('shell.logOutFailed')),
    );
  }, [api, t]);
}

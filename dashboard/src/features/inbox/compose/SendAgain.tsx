import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { useReason } from '@/components/ErrorState';
import { announce } from '@/lib/announce';

import { sendBody, showMessage } from '../api';
import type { Message } from '../model';
import type { Open } from './open-conversation';
import classes from './TemplateForm.module.css';
import { useKey } from './use-key';

interface Props {
  readonly message: Message;
  readonly open: Open;
}

/** Sends once more what was not delivered, as it was: the server keeps all of it. */
export function SendAgain({ message, open }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const api = useApi();
  const queryClient = useQueryClient();
  const keyOf = useKey();
  const body = { again: { message: message.key } };
  const send = useMutation({
    networkMode: 'always',
    mutationFn: () => sendBody(api, open.id, keyOf(body), body),
    onSuccess: (sent) => {
      showMessage(queryClient, open.id, sent);
      announce(t('again.sent'));
    },
  });
  const reason = useReason(send.error);
  // Outside the 24 hours only a template goes; the place for the reply says so.
  if (message.kind !== 'template' && !open.mayWrite) return null;
  if (send.isSuccess) return <p>{t('again.sent')}</p>;
  return (
    <div className={classes.again}>
      {send.isError && <p className={classes.denied} role="alert">{t('again.failed')} {reason}</p>}
      <Button size="compact-sm" variant="default" loading={send.isPending} onClick={() => send.mutate()}>{t('again.send')}</Button>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { useReason } from '@/components/ErrorState';
import { announce } from '@/lib/announce';

import { conversationQuery, sendBody, showMessage } from '../api';
import type { Message } from '../model';
import { againOf, type Again } from './again';
import type { Open } from './open-conversation';
import classes from './TemplateForm.module.css';
import { useKey } from './use-key';

// Each loads when it is asked for.
const InteractiveDialog = lazy(() => import('./InteractiveDialog').then((module) => ({ default: module.InteractiveDialog })));
const TemplatePicker = lazy(() => import('../components/TemplatePicker').then((module) => ({ default: module.TemplatePicker })));

interface Props {
  readonly message: Message;
  readonly open: Open;
}

/** The way to send once more what was not delivered, when there is one. */
export function SendAgain({ message, open }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const again = againOf(message);
  if (again.way === 'none') return <p>{t('again.not')}</p>;
  // Outside the 24 hours only a template goes; the place for the reply says so.
  if (again.way !== 'template' && !open.mayWrite) return null;
  return (
    <div className={classes.again}>
      {again.way === 'same' ? <Same body={again.body} conversation={open.id} /> : <Anew again={again} conversation={open.id} />}
    </div>
  );
}

function Same({ body, conversation }: { readonly body: (Again & { way: 'same' })['body']; readonly conversation: string }): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const api = useApi();
  const queryClient = useQueryClient();
  const keyOf = useKey();
  const send = useMutation({
    networkMode: 'always',
    mutationFn: () => sendBody(api, conversation, keyOf(body), body),
    onSuccess: (sent) => {
      showMessage(queryClient, conversation, sent);
      announce(t('again.sent'));
    },
  });
  const reason = useReason(send.error);
  if (send.isSuccess) return <p>{t('again.sent')}</p>;
  return (
    <>
      {send.isError && <p className={classes.denied} role="alert">{t('again.failed')} {reason}</p>}
      <Button size="compact-sm" variant="default" loading={send.isPending} onClick={() => send.mutate()}>{t('again.send')}</Button>
    </>
  );
}

function Anew({ again, conversation }: { readonly again: Again & { way: 'look' | 'template' }; readonly conversation: string }): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const { data } = useQuery(conversationQuery(useApi(), useQueryClient(), conversation));
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpened(false);
    button.current?.focus();
  };
  return (
    <>
      <Button ref={button} size="compact-sm" variant="default" onClick={() => setOpened(true)}>{t(again.way === 'template' ? 'again.template' : 'again.look')}</Button>
      <Suspense>
        {opened && data !== undefined && (again.way === 'template'
          ? <TemplatePicker conversation={data} onClose={close} />
          : <InteractiveDialog kind={again.draft.kind} written={again.draft} conversation={data} onClose={close} />)}
      </Suspense>
    </>
  );
}

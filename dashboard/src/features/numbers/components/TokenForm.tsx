import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { useReason } from '@/components/ErrorState';
import { showToast } from '@/lib/toast';

import { placeNumber, rotateToken, type WhatsAppNumber } from '../api';
import classes from './forms.module.css';

interface Props {
  readonly number: WhatsAppNumber;
  readonly onDone: () => void;
}

/** Gives a number a new token. The old one stays until the provider has accepted the new one. */
export function TokenForm({ number, onDone }: Props): ReactNode {
  const { t } = useTranslation('numbers');
  const api = useApi();
  const queryClient = useQueryClient();
  const [missing, setMissing] = useState(false);
  const takesSecret = number.provider === 'interakt' || number.provider === 'aisensy';
  const rotate = useMutation({
    mutationFn: ({ token, secret }: { token: string; secret: string }) => rotateToken(api, number.id, token, secret),
    onSuccess: (changed) => {
      placeNumber(queryClient, changed);
      showToast('info', t('token.done'));
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (rotate.isPending) return;
    const form = new FormData(event.currentTarget);
    const token = String(form.get('token') ?? '').trim();
    setMissing(token === '');
    if (token !== '') rotate.mutate({ token, secret: String(form.get('webhook_secret') ?? '').trim() });
  };
  const visibilityToggleButtonProps = { 'aria-label': t('showSecret'), 'aria-hidden': false, tabIndex: 0 } as const;
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.hint}>{t('token.body')}</p>
      <PasswordInput
        label={t(`tokenOf.${number.provider}`)} name="token" autoComplete="off" maxLength={1024} error={missing && t('required')}
        visibilityToggleButtonProps={visibilityToggleButtonProps}
      />
      {takesSecret && (
        <PasswordInput
          label={t('field.webhook_secret')} description={t('token.secretHint')} name="webhook_secret" autoComplete="off" maxLength={256}
          visibilityToggleButtonProps={visibilityToggleButtonProps}
        />
      )}
      {rotate.error !== null && <Failure error={rotate.error} />}
      <Button type="submit" loading={rotate.isPending}>{t('token.submit')}</Button>
    </form>
  );
}

function Failure({ error }: { readonly error: unknown }): ReactNode {
  return <p role="alert" className={classes.failure}>{useReason(error)}</p>;
}

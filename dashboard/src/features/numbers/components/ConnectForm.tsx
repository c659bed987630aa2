import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { ApiError } from '@/api/problem';
import { useReason } from '@/components/ErrorState';
import { showToast } from '@/lib/toast';

import { connectNumber, placeNumber, type NumberToConnect, type Provider } from '../api';
import classes from './forms.module.css';

const PROVIDERS = ['cloud_api', 'dialog360', 'interakt', 'aisensy'] as const satisfies readonly Provider[];

/** What each provider asks for, in the order of the form. */
const FIELDS = {
  cloud_api: ['phone_number_id', 'waba_id', 'token', 'portfolio_id'],
  dialog360: ['phone', 'token'],
  interakt: ['phone', 'token', 'webhook_secret'],
  aisensy: ['phone', 'project_id', 'token', 'webhook_secret'],
} as const;

type Field = (typeof FIELDS)[Provider][number];

const SECRETS: readonly Field[] = ['token', 'webhook_secret'];
const OPTIONAL: readonly Field[] = ['portfolio_id'];

/** Connects a number; what is asked for depends on its provider. */
export function ConnectForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { t } = useTranslation('numbers');
  const api = useApi();
  const queryClient = useQueryClient();
  const [provider, setProvider] = useState<Provider>('cloud_api');
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const connect = useMutation({
    mutationFn: (number: NumberToConnect) => connectNumber(api, number),
    onSuccess: (number) => {
      placeNumber(queryClient, number);
      showToast('info', t('connect.done'));
      onDone();
    },
  });
  const refused = connect.error instanceof ApiError ? connect.error : null;
  const fields: readonly Field[] = FIELDS[provider];

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (connect.isPending) return;
    const form = new FormData(event.currentTarget);
    const value = (field: Field): string => String(form.get(field) ?? '').trim();
    const empty = fields.filter((field) => !OPTIONAL.includes(field) && value(field) === '');
    setMissing(empty);
    if (empty[0] !== undefined) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name=${empty[0]}]`)?.focus();
      return;
    }
    const given = Object.fromEntries(fields.filter((field) => value(field) !== '').map((field) => [field, value(field)]));
    connect.mutate({ ...given, token: value('token'), provider, coexistence: form.get('coexistence') !== null });
  };
  const errorOf = (field: Field): string | false => {
    if (missing.includes(field)) return t('required');
    return refused?.field === field && refused.detail;
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <NativeSelect
        label={t('connect.provider')} name="provider" value={provider}
        onChange={(event) => {
          const chosen = PROVIDERS.find((known) => known === event.currentTarget.value);
          if (chosen === undefined) return;
          setProvider(chosen);
          setMissing([]);
          connect.reset();
        }}
        data={PROVIDERS.map((known) => ({ value: known, label: t(`provider.${known}`) }))}
      />
      <p className={classes.hint}>{t(`guide.${provider}`)}</p>
      {fields.map((field) => <Entry key={`${provider}-${field}`} field={field} provider={provider} error={errorOf(field)} />)}
      {provider === 'cloud_api' && <Checkbox name="coexistence" label={t('connect.coexistence')} description={t('connect.coexistenceHint')} />}
      {connect.error !== null && (refused === null || !fields.some((field) => field === refused.field)) && <Failure error={connect.error} />}
      <Button type="submit" loading={connect.isPending}>{t('connect.submit')}</Button>
    </form>
  );
}

interface EntryProps {
  readonly field: Field;
  readonly provider: Provider;
  readonly error: string | false;
}

function Entry({ field, provider, error }: EntryProps): ReactNode {
  const { t } = useTranslation('numbers');
  const label = field === 'token' ? t(`tokenOf.${provider}`) : t(`field.${field}`);
  const common = { label, name: field, error, autoComplete: 'off', maxLength: 1024 } as const;
  if (SECRETS.includes(field)) {
    return <PasswordInput {...common} visibilityToggleButtonProps={{ 'aria-label': t('showSecret'), 'aria-hidden': false, tabIndex: 0 }} />;
  }
  return <TextInput {...common} inputMode={field === 'phone' ? 'tel' : 'text'} />;
}

function Failure({ error }: { readonly error: unknown }): ReactNode {
  return <p role="alert" className={classes.failure}>{useReason(error)}</p>;
}

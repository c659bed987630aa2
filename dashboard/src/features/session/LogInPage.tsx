import { Alert, Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { bodyOf } from '@/api/client';
import { useApi } from '@/api/context';
import { ApiError, isNetworkFailure } from '@/api/problem';
import { chooseLanguage, LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n/i18n';

import classes from './LogInPage.module.css';

interface Props {
  /** Why the person is here, when that is not simply to log in. */
  readonly reason: 'expired' | 'logged_out' | null;
  readonly onLoggedIn: () => void;
}

interface Missing {
  readonly email: boolean;
  readonly password: boolean;
}

/** The log-in form. */
export function LogInPage({ reason, onLoggedIn }: Props): ReactNode {
  const { t } = useTranslation(['session', 'common']);
  const titleId = useId();
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <span className={classes.mark} aria-hidden="true">{t('common:product').charAt(0)}</span>
        <h1 id={titleId} className={classes.title}>{t('title')}</h1>
        <p className={classes.lead}>{t('lead')}</p>
        {reason === 'expired' && <Alert color="yellow" className={classes.alert} classNames={{ message: classes.alertMessage ?? '' }}>{t('expired')}</Alert>}
        {reason === 'logged_out' && <Alert color="brand" className={classes.alert} classNames={{ message: classes.alertMessage ?? '' }}>{t('loggedOut')}</Alert>}
        <LogInForm labelledBy={titleId} onLoggedIn={onLoggedIn} />
      </div>
      <LanguageChoice />
    </main>
  );
}

function LogInForm({ labelledBy, onLoggedIn }: { readonly labelledBy: string; readonly onLoggedIn: () => void }): ReactNode {
  const { t } = useTranslation('session');
  const api = useApi();
  const [missing, setMissing] = useState<Missing>({ email: false, password: false });
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const logIn = async (email: string, password: string): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      api.session.open(bodyOf(await api.client.POST('/v1/session', { body: { email, password } })));
      onLoggedIn();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email') ?? '').trim();
    const password = String(form.get('password') ?? '');
    const nowMissing = { email: !email.includes('@'), password: password === '' };
    setMissing(nowMissing);
    if (nowMissing.email) event.currentTarget.querySelector<HTMLInputElement>('[name=email]')?.focus();
    else if (nowMissing.password) event.currentTarget.querySelector<HTMLInputElement>('[name=password]')?.focus();
    else void logIn(email, password);
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-labelledby={labelledBy}>
      <TextInput
        label={t('email')} name="email" type="email" autoComplete="username" inputMode="email" size="md" maxLength={254}
        error={missing.email && t('emailMissing')}
      />
      <PasswordInput
        label={t('password')} name="password" autoComplete="current-password" size="md" maxLength={256}
        error={missing.password && t('passwordMissing')} visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), 'aria-hidden': false, tabIndex: 0 }}
      />
      <div role="alert" className={classes.failure}>{failure !== null && <FailureText error={failure} />}</div>
      <Button type="submit" size="md" fullWidth loading={busy}>{t('submit')}</Button>
    </form>
  );
}

function FailureText({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useTranslation('session');
  if (isNetworkFailure(error)) return t('network');
  if (error instanceof ApiError && error.status === 429) return t('tooMany');
  if (error instanceof ApiError && error.status < 500) return t('invalid');
  return t('failed', { id: error instanceof ApiError ? (error.requestId ?? '—') : '—' });
}

function LanguageChoice(): ReactNode {
  const { t, i18n } = useTranslation('common');
  return (
    <SegmentedControl
      aria-label={t('shell.language')} value={i18n.language}
      onChange={(value) => {
        const language = LANGUAGES.find((known) => known === value);
        if (language !== undefined) void chooseLanguage(language);
      }}
      data={LANGUAGES.map((language) => ({ value: language, label: <span lang={language}>{LANGUAGE_NAMES[language]}</span> }))}
    />
  );
}

import { Button, NativeSelect, Skeleton, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Switch.css';

import { useApi } from '@/api/context';
import { ApiError } from '@/api/problem';
import { ErrorState, useReason } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';
import { OfflineNote } from '@/components/OfflineNote';
import { showToast } from '@/lib/toast';

import { draftOf, faultsOf, fieldOf, keys, offsetName, offsets, rulesOf, rulesQuery, writeRules, type Draft, type Field, type Known } from './rules';
import classes from './SendingRulesPage.module.css';

/** What the business lays down about sending. Everybody may read it; who manages the business changes it. */
export function SendingRulesPage({ manages }: { readonly manages: boolean }): ReactNode {
  const { t } = useTranslation('settings/sending');
  return (
    <div className={classes.page}>
      <Link to="/settings" className={classes.back}><Icon name="back" size={18} />{t('back')}</Link>
      <h1 className={classes.title}>{t('title')}</h1>
      <p className={classes.about}>{t('about')}</p>
      <Rules manages={manages} />
    </div>
  );
}

function Rules({ manages }: { readonly manages: boolean }): ReactNode {
  const { t } = useTranslation('settings/sending');
  const query = useQuery(rulesQuery(useApi()));
  if (query.data === undefined) {
    if (query.isError || query.fetchStatus === 'paused') {
      return <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
    }
    return (
      <div role="status" aria-label={t('loading')} className={classes.form}>
        <Skeleton height={170} radius="lg" />
        <Skeleton height={190} radius="lg" />
      </div>
    );
  }
  return (
    <>
      <OfflineNote loadedAt={query.dataUpdatedAt} />
      {!manages && <p className={classes.note} role="note">{t('readOnly')}</p>}
      <Form rules={query.data} manages={manages} />
    </>
  );
}

interface FormProps {
  readonly rules: Known;
  readonly manages: boolean;
}

function Form({ rules, manages }: FormProps): ReactNode {
  const { t } = useTranslation('settings/sending');
  // `null` while nothing has been changed: then what the server says is shown, also when somebody else changes it.
  const [changed, setChanged] = useState<Draft | null>(null);
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  const draft = changed ?? draftOf(rules);
  const save = useSave(() => setChanged(null));
  const faults = faultsOf(draft, rules);
  const reason = useReason(save.error);
  const refused = save.error instanceof ApiError ? fieldOf(save.error.field) : null;
  const change = (more: Partial<Draft>): void => {
    save.reset();
    setChanged({ ...draft, ...more });
  };
  const errorOf = (field: Field): string | null => {
    const fault = faults.get(field);
    if (fault === undefined) return field === refused ? reason : null;
    return t(`fault.${fault.code}`, fault.code === 'range' ? { min: fault.min, max: fault.max } : {});
  };
  const part = (field: Field) => ({
    label: t(`field.${field}`), value: draft[field], error: errorOf(field), errorProps: { role: 'alert' }, onChange: (event: { readonly currentTarget: { readonly value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  return (
    <form
      ref={form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTries(tries + 1);
        if (faults.size === 0) save.mutate(rulesOf(draft, rules));
      }}
    >
      <fieldset className={classes.form} disabled={!manages}>
        <section className={classes.card}>
          <h2 className={classes.heading}>{t('quiet.title')}</h2>
          <Switch label={t('quiet.on')} description={t('quiet.hint')} checked={draft.quiet} onChange={(event) => change({ quiet: event.currentTarget.checked })} />
          {draft.quiet && (
            <div className={classes.pair}>
              <TextInput type="time" required {...part('from')} />
              <TextInput type="time" required {...part('to')} />
              {draft.from > draft.to && draft.to !== '' && <span className={classes.hint}>{t('quiet.overnight')}</span>}
            </div>
          )}
        </section>
        <section className={classes.card}>
          <h2 className={classes.heading}>{t('promotions.title')}</h2>
          <Switch label={t('promotions.optIn')} description={t('promotions.optInHint')} checked={draft.optIn} onChange={(event) => change({ optIn: event.currentTarget.checked })} />
          {rules.marketing_cap !== undefined && (
            <>
              <p className={classes.hint}>{t('promotions.capHint')}</p>
              <div className={classes.pair}>
                <TextInput inputMode="numeric" maxLength={3} required {...part('messages')} />
                <TextInput inputMode="numeric" maxLength={4} required {...part('hours')} />
              </div>
            </>
          )}
        </section>
        {rules.billing !== undefined && (
          <section className={classes.card}>
            <h2 className={classes.heading}>{t('billing.title')}</h2>
            <p className={classes.hint}>{t('billing.hint')}</p>
            <div className={classes.pair}>
              <TextInput inputMode="numeric" maxLength={7} required {...part('free')} />
              <NativeSelect {...part('offset')} data={offsets(draft.offset).map((value) => ({ value, label: value === '330' ? t('billing.india', { offset: offsetName(330) }) : offsetName(Number(value)) }))} />
            </div>
          </section>
        )}
      </fieldset>
      {manages && (
        <div className={classes.foot}>
          {save.isError && refused === null && <p className={classes.failed} role="alert">{t('failed')} {reason}</p>}
          <Button type="submit" loading={save.isPending} disabled={changed === null}>{t('save')}</Button>
          {changed !== null && (
            <Button
              variant="default"
              onClick={() => {
                save.reset();
                setChanged(null);
              }}
            >
              {t('discard')}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

function useSave(onSaved: () => void) {
  const { t } = useTranslation('settings/sending');
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    // Without a network it says so at once, instead of waiting where nobody sees it.
    networkMode: 'always',
    mutationFn: (rules: Known) => writeRules(api, rules),
    onSuccess: (rules) => {
      queryClient.setQueryData(keys.rules, rules);
      // What messages cost and whether they may go has to be asked anew.
      void queryClient.invalidateQueries({ queryKey: ['contract'] });
      showToast('info', t('saved'));
      onSaved();
    },
  });
}

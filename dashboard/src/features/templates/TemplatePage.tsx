import { Button, Modal, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi, useSession } from '@/api/context';
import { ButtonLink } from '@/components/ButtonLink';
import { ErrorState } from '@/components/ErrorState';
import { RelativeTime } from '@/components/RelativeTime';
import { TemplateView } from '@/components/TemplateView';
import { showToast } from '@/lib/toast';

import { acknowledgeTemplate, deleteTemplate, keys, submitTemplate, templateQuery, type Which } from './api';
import { Chips } from './components/Chips';
import { shownOf, type Template } from './model';
import classes from './Templates.module.css';

/** One template: how it reads, where it stands, what may be done with it. */
export function TemplatePage({ which }: { readonly which: Which }): ReactNode {
  const { t } = useTranslation('templates');
  const query = useQuery(templateQuery(useApi(), which));
  return (
    <div className={classes.page}>
      <p><Link to="/templates" search={{ number: which.number }}>{t('back')}</Link></p>
      {query.isPending && <Skeleton height={280} radius={12} />}
      {query.isError && query.data === undefined && <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />}
      {query.data !== undefined && <Details which={which} template={query.data} />}
    </div>
  );
}

function Details({ which, template }: { readonly which: Which; readonly template: Template }): ReactNode {
  const { t } = useTranslation('templates');
  const manages = useSession()?.user.role !== 'agent';
  return (
    <>
      <header className={classes.head}>
        <div>
          <h1 className={classes.title}>{template.name}</h1>
          <Chips template={template} />
        </div>
        {manages && <Actions which={which} template={template} />}
      </header>
      <div className={classes.columns}>
        <div className={classes.form}>
          {template.recategorised !== null && <Recategorised which={which} template={template} manages={manages} />}
          {template.impending !== null && (
            <div className={classes.notice} role="status">
              <p>{t('impending', { category: t(`category.${template.impending.to}`) })}</p>
              <Prices change={template.impending} />
            </div>
          )}
          {template.reason !== null && (
            <section className={classes.group}>
              <h2>{t('reason')}</h2>
              <p className={classes.words}>{[template.reason.code, template.reason.explanation, template.reason.advice].filter(Boolean).join(' · ')}</p>
            </section>
          )}
          {template.definition === null && <p className={classes.notice} role="status">{t('notRead')}</p>}
          <section className={classes.group}>
            <h2>{t('history')}</h2>
            <ol className={classes.history}>
              {template.history.map((event) => (
                <li key={`${event.at} ${event.what} ${event.value ?? ''}`}>
                  <RelativeTime at={event.at} /> {t(`event.${event.what}` as 'event.status', { value: event.value ?? '' })} {event.reason}
                </li>
              ))}
            </ol>
            {template.history.length === 0 && <p className={classes.hint}>{t('noHistory')}</p>}
          </section>
        </div>
        {template.definition !== null && <div className={classes.side}><TemplateView shown={shownOf(template.definition)} /></div>}
      </div>
    </>
  );
}

function Prices({ change }: { readonly change: NonNullable<Template['recategorised']> }): ReactNode {
  const { t, i18n } = useTranslation('templates');
  const money = (paise: number | null | undefined): string =>
    paise == null ? '?' : new Intl.NumberFormat(`${i18n.language}-IN-u-nu-latn`, { style: 'currency', currency: 'INR' }).format(paise / 100);
  return <p>{t('recategorised.prices', { before: money(change.price_before), after: money(change.price_after) })}</p>;
}

interface NoteProps {
  readonly which: Which;
  readonly template: Template;
  readonly manages: boolean;
}

function Recategorised({ which, template, manages }: NoteProps): ReactNode {
  const { t } = useTranslation('templates');
  const api = useApi();
  const keep = useKeep(which);
  const note = useMutation({ mutationFn: () => acknowledgeTemplate(api, which, template.version), onSuccess: keep, onError: useTell() });
  if (template.recategorised === null) return null;
  return (
    <div className={classes.notice} role="status">
      <strong>{t('recategorised.title')}</strong>
      <p>{t('recategorised.body')}</p>
      <Prices change={template.recategorised} />
      {manages && <Button variant="default" loading={note.isPending} onClick={() => note.mutate()}>{t('recategorised.acknowledge')}</Button>}
    </div>
  );
}

function useKeep(which: Which): (template: Template) => void {
  const queryClient = useQueryClient();
  return (template) => {
    queryClient.setQueryData(keys.one(which), template);
    void queryClient.invalidateQueries({ queryKey: keys.all });
  };
}

/** Says why something was not done. */
function useTell(): (error: unknown) => void {
  const { t } = useTranslation('templates');
  return (error) => showToast('danger', error instanceof Error && 'detail' in error && typeof error.detail === 'string' ? error.detail : t('failed'));
}

function Actions({ which, template }: { readonly which: Which; readonly template: Template }): ReactNode {
  const { t } = useTranslation('templates');
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keep = useKeep(which);
  const tell = useTell();
  const [asking, ask] = useDisclosure(false);
  const submit = useMutation({ mutationFn: () => submitTemplate(api, which, template.version), onSuccess: keep, onError: tell });
  const remove = useMutation({
    mutationFn: () => deleteTemplate(api, which, template.version),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: keys.all });
      void navigate({ to: '/templates', search: { number: which.number } });
    },
    onError: tell,
  });
  const { name, language, number } = which;
  return (
    <div className={classes.actions}>
      {template.status === 'draft' && <Button loading={submit.isPending} onClick={() => submit.mutate()}>{t('submit')}</Button>}
      {template.locked_because === null && template.definition !== null && (
        <ButtonLink variant="default" to="/templates/$name/$language/edit" params={{ name, language }} search={{ number }}>{t('edit')}</ButtonLink>
      )}
      {template.status !== 'deleted' && <Button variant="subtle" color="red" onClick={ask.open}>{t('delete')}</Button>}
      {template.locked_because !== null && <p className={classes.hint}>{template.locked_because}</p>}
      <Modal opened={asking} onClose={ask.close} title={t('deleteTitle', { name })}>
        <p>{t('deleteBody')}</p>
        <div className={classes.actions}>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{t('delete')}</Button>
          <Button variant="default" onClick={ask.close}>{t('cancel')}</Button>
        </div>
      </Modal>
    </div>
  );
}

import { Badge, Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';
import { useReason } from '@/components/ErrorState';
import { Icon } from '@/components/Icon';
import { RelativeTime } from '@/components/RelativeTime';
import { formatPhone } from '@/lib/phone';

import { checkNumber, disconnectNumber, fixNumber, placeNumber, removeNumber, setInUse, type NumberCheck, type WhatsAppNumber } from '../api';
import { Findings } from './Findings';
import classes from './NumberCard.module.css';
import { TokenForm } from './TokenForm';

const TONE = { connected: 'teal', stopped: 'yellow', disconnected: 'gray' } as const;

/** One number: its state, what the last check found, and what can be done with it. */
export function NumberCard({ number }: { readonly number: WhatsAppNumber }): ReactNode {
  const { t } = useTranslation('numbers');
  const headingId = useId();
  const phone = formatPhone(number.display_phone);
  return (
    <article className={classes.card} aria-labelledby={headingId}>
      <header className={classes.head}>
        <h2 id={headingId} className={classes.phone}>{phone}</h2>
        <Badge variant="light" color={TONE[number.state]} className={classes.badge ?? ''}>{t(`state.${number.state}`)}</Badge>
        <span className={classes.provider}>{t(`provider.${number.provider}`)}</span>
      </header>
      <Warnings number={number} />
      <dl className={classes.facts}>
        <dt>{t('lastHeard')}</dt>
        <dd>{number.last_heard_at === null ? t('neverHeard') : <RelativeTime at={number.last_heard_at} />}</dd>
        <dt>{t('rate')}</dt>
        <dd>{number.coexistence ? t('rateShared', { count: number.messages_per_second }) : t('ratePerSecond', { count: number.messages_per_second })}</dd>
        {number.provider !== 'cloud_api' && <><dt>{t('callback')}</dt><dd className={classes.address}>{number.callback_url}</dd></>}
      </dl>
      <Doctor number={number} />
      <Actions number={number} phone={phone} />
    </article>
  );
}

function Warnings({ number }: { readonly number: WhatsAppNumber }): ReactNode {
  const { t } = useTranslation('numbers');
  return (
    <>
      {number.stop_reason !== null && <p className={classes.warning}><Icon name="alert" size={18} />{t(`stopped.${number.stop_reason}`)}</p>}
      {number.quiet !== null && <p className={classes.warning}><Icon name="alert" size={18} />{t(`quiet.${number.quiet}`)}</p>}
    </>
  );
}

/** The check of a number, and what it found. */
function Doctor({ number }: { readonly number: WhatsAppNumber }): ReactNode {
  const { t } = useTranslation('numbers');
  const api = useApi();
  const queryClient = useQueryClient();
  const place = (changed: WhatsAppNumber): void => placeNumber(queryClient, changed);
  const check = useMutation({ mutationFn: () => checkNumber(api, number.id), onSuccess: place });
  const fix = useMutation({ mutationFn: (what: NumberCheck) => fixNumber(api, number.id, what), onSuccess: place });
  const failure = check.error ?? fix.error;
  return (
    <section className={classes.doctor} aria-label={t('check.title', { phone: formatPhone(number.display_phone) })}>
      <div className={classes.checkRow}>
        <Button variant="default" onClick={() => check.mutate()} loading={check.isPending} disabled={fix.isPending}>{t('check.start')}</Button>
        <span role="status" className={classes.when}>
          {number.report === null ? t('check.none') : <>{t(`check.${number.report.outcome}`)} · <RelativeTime at={number.report.at} /></>}
        </span>
      </div>
      {failure !== null && <Failure error={failure} />}
      {number.report !== null && (
        <Findings findings={number.report.findings} fixing={fix.isPending ? (fix.variables ?? null) : null} onFix={(what) => fix.mutate(what)} />
      )}
    </section>
  );
}

function Actions({ number, phone }: { readonly number: WhatsAppNumber; readonly phone: string }): ReactNode {
  const { t } = useTranslation('numbers');
  const api = useApi();
  const queryClient = useQueryClient();
  const [rotating, token] = useDisclosure(false);
  const [leaving, farewell] = useDisclosure(false);
  const isStopped = number.state === 'stopped';
  const toggle = useMutation({
    mutationFn: () => setInUse(api, number.id, isStopped),
    onSuccess: (changed) => placeNumber(queryClient, changed),
  });
  const disconnect = useMutation({
    mutationFn: () => disconnectNumber(api, number.id),
    onSuccess: () => {
      farewell.close();
      removeNumber(queryClient, number.id);
    },
  });
  const closeButtonProps = { 'aria-label': t('close') };
  return (
    <>
      {toggle.error !== null && <Failure error={toggle.error} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={token.open}>{t('token.open')}</Button>
        <Button variant="default" onClick={() => toggle.mutate()} loading={toggle.isPending}>{isStopped ? t('start') : t('stop')}</Button>
        <Button variant="subtle" color="red" className={classes.danger ?? ''} onClick={farewell.open}>{t('disconnect.open')}</Button>
      </div>
      <Modal opened={rotating} onClose={token.close} title={t('token.title', { phone })} closeButtonProps={closeButtonProps}>
        <TokenForm number={number} onDone={token.close} />
      </Modal>
      <Modal opened={leaving} onClose={farewell.close} title={t('disconnect.title', { phone })} closeButtonProps={closeButtonProps}>
        <p className={classes.farewell}>{t('disconnect.body')}</p>
        {disconnect.error !== null && <Failure error={disconnect.error} />}
        <div className={classes.actions}>
          <Button color="red" onClick={() => disconnect.mutate()} loading={disconnect.isPending}>{t('disconnect.confirm')}</Button>
          <Button variant="default" onClick={farewell.close}>{t('cancel')}</Button>
        </div>
      </Modal>
    </>
  );
}

function Failure({ error }: { readonly error: unknown }): ReactNode {
  return <p role="alert" className={classes.failure}>{useReason(error)}</p>;
}

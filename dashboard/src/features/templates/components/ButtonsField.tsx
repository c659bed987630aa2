import { Button as Push, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { LIMITS, count, newButton, type Button, type Fault } from '../model';
import classes from '../Templates.module.css';
import { useProblem } from './TextField';

interface Props {
  readonly place: string;
  readonly kinds: readonly Button['kind'][];
  readonly buttons: readonly Button[];
  readonly faults: readonly Fault[];
  readonly max: number;
  readonly onChange: (buttons: Button[]) => void;
}

/** What can be tapped, in order. */
export function ButtonsField({ place, kinds, buttons, faults, max, onChange }: Props): ReactNode {
  const { t } = useTranslation('templates');
  const problem = useProblem(faults, place);
  const first = kinds[0] ?? 'quick_reply';
  const replace = (index: number, button: Button): void => onChange(buttons.map((one, at) => (at === index ? button : one)));
  return (
    <fieldset className={classes.group}>
      <legend>{t('buttons.label')}</legend>
      {problem !== null && <p className={classes.faults} role="alert">{problem}</p>}
      {buttons.map((button, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- buttons have no other name than their place
        <div key={index} className={classes.group}>
          <NativeSelect
            label={t('buttons.kind', { place: index + 1 })} value={button.kind}
            onChange={(event) => replace(index, newButton(kinds.find((kind) => kind === event.currentTarget.value) ?? first))}
            data={kinds.map((kind) => ({ value: kind, label: t(`buttons.${kind}`) }))}
          />
          <Fields place={`${place}[${index}]`} button={button} faults={faults} onChange={(next) => replace(index, next)} />
          <div className={classes.actions}>
            {index > 0 && <Push size="xs" variant="default" onClick={() => onChange(moved(buttons, index))}>{t('buttons.up')}</Push>}
            <Push size="xs" variant="subtle" color="red" onClick={() => onChange(buttons.filter((_, at) => at !== index))}>{t('buttons.remove')}</Push>
          </div>
        </div>
      ))}
      {buttons.length < max && <Push variant="default" onClick={() => onChange([...buttons, newButton(first)])}>{t('buttons.add')}</Push>}
    </fieldset>
  );
}

function moved(buttons: readonly Button[], index: number): Button[] {
  const next = [...buttons];
  const [button] = next.splice(index, 1);
  if (button !== undefined) next.splice(index - 1, 0, button);
  return next;
}

interface FieldsProps {
  readonly place: string;
  readonly button: Button;
  readonly faults: readonly Fault[];
  readonly onChange: (button: Button) => void;
}

function Fields({ place, button, faults, onChange }: FieldsProps): ReactNode {
  const { t } = useTranslation('templates');
  const own = useProblem(faults, place);
  return (
    <>
      {own !== null && <p className={classes.faults} role="alert">{own}</p>}
      {'text' in button && button.kind !== 'one_time_password' && (
        <Line
          label={t('buttons.text')} place={`${place}.text`} value={button.text} faults={faults} description={t('count', { count: count(button.text), max: LIMITS.label })}
          onChange={(text) => onChange({ ...button, text })}
        />
      )}
      {button.kind === 'url' && (
        <>
          <Line label={t('buttons.url_address')} place={`${place}.url`} value={button.url} faults={faults} onChange={(url) => onChange({ ...button, url })} description={t('buttons.urlHint', { open: '{{', close: '}}' })} />
          {button.url.includes('{{') && (
            <Line label={t('buttons.urlExample')} place={`${place}.example`} value={button.example ?? ''} faults={faults} onChange={(example) => onChange({ ...button, example })} />
          )}
        </>
      )}
      {button.kind === 'phone' && <Line label={t('buttons.phone_number')} place={`${place}.phone`} value={button.phone} faults={faults} onChange={(phone) => onChange({ ...button, phone })} />}
      {button.kind === 'copy_code' && <Line label={t('buttons.code')} place={`${place}.example`} value={button.example} faults={faults} onChange={(example) => onChange({ ...button, example })} />}
      {button.kind === 'flow' && (
        <>
          <Line label={t('buttons.flow_id')} place={`${place}.flow_id`} value={button.flow_id} faults={faults} onChange={(flowId) => onChange({ ...button, flow_id: flowId })} />
          <Line label={t('buttons.screen')} place={`${place}.screen`} value={button.screen ?? ''} faults={faults} onChange={(screen) => onChange({ ...button, screen: screen === '' ? null : screen })} />
        </>
      )}
      {button.kind === 'one_time_password' && <OneTimePassword place={place} button={button} faults={faults} onChange={onChange} />}
    </>
  );
}

const OTPS = ['copy_code', 'one_tap', 'zero_tap'] as const;

function OneTimePassword({ place, button, faults, onChange }: FieldsProps & { readonly button: Button & { kind: 'one_time_password' } }): ReactNode {
  const { t } = useTranslation('templates');
  const app = button.autofill ?? { package_name: '', signature_hash: '' };
  const choose = (otp: (typeof OTPS)[number]): void => {
    const { autofill: _autofill, ...rest } = button;
    onChange(otp === 'copy_code' ? { ...rest, otp } : { ...rest, otp, autofill: app });
  };
  return (
    <>
      <NativeSelect
        label={t('otp.label')} value={button.otp} onChange={(event) => choose(OTPS.find((otp) => otp === event.currentTarget.value) ?? 'copy_code')}
        data={OTPS.map((otp) => ({ value: otp, label: t(`otp.${otp}`) }))}
      />
      {button.otp !== 'copy_code' && (
        <>
          <Line label={t('otp.package')} place={`${place}.autofill.package_name`} value={app.package_name} faults={faults} onChange={(name) => onChange({ ...button, autofill: { ...app, package_name: name } })} />
          <Line label={t('otp.hash')} place={`${place}.autofill.signature_hash`} value={app.signature_hash} faults={faults} onChange={(hash) => onChange({ ...button, autofill: { ...app, signature_hash: hash } })} />
        </>
      )}
    </>
  );
}

interface LineProps {
  readonly label: string;
  readonly place: string;
  readonly value: string;
  readonly faults: readonly Fault[];
  readonly description?: string;
  readonly onChange: (value: string) => void;
}

function Line({ label, place, value, faults, description, onChange }: LineProps): ReactNode {
  const problem = useProblem(faults, place);
  return <TextInput label={label} value={value} error={problem} description={description} dir="auto" onChange={(event) => onChange(event.currentTarget.value)} />;
}

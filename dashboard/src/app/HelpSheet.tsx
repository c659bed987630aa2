import { Kbd, Modal } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { COMMANDS, COMMAND_SCOPES, type Command } from '@/lib/keyboard/commands';

import classes from './HelpSheet.module.css';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Every command with its keys, read from the registry. */
export function HelpSheet({ opened, onClose }: Props): ReactNode {
  const { t } = useTranslation('common');
  const commands: readonly Command[] = Object.values(COMMANDS);
  return (
    <Modal opened={opened} onClose={onClose} title={t('commands.title')} closeButtonProps={{ 'aria-label': t('commands.close') }} size="md">
      {COMMAND_SCOPES.map((scope) => (
        <section key={scope} className={classes.scope}>
          <h3 className={classes.heading}>{t(`commands.scope.${scope}`)}</h3>
          <dl className={classes.commands}>
            {commands.filter((command) => command.scope === scope).map((command) => (
              <div key={command.id} className={classes.command}>
                <dt>{t(command.titleKey)}</dt>
                <dd>
                  {command.keys.map((chord, index) => (
                    <Fragment key={chord.label}>
                      {index > 0 && <span className={classes.or}>{t('commands.or')}</span>}
                      <Kbd>{chord.label}</Kbd>
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className={classes.note}>{t('commands.note')}</p>
    </Modal>
  );
}

import { ActionIcon, Menu, Tooltip, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/api/session';
import { Avatar } from '@/components/Avatar';
import { Icon, type IconName } from '@/components/Icon';
import { chooseLanguage, LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n/i18n';

import classes from './Shell.module.css';

const SCHEMES: readonly { readonly value: MantineColorScheme; readonly icon: IconName }[] = [
  { value: 'auto', icon: 'system' },
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
];

interface Props {
  readonly session: Session;
  readonly onHelp: () => void;
  readonly onLogOut: () => void;
}

/** The menus of the header; on a phone the account's only, the others are in the settings. */
export function HeaderMenus({ session, onHelp, onLogOut }: Props): ReactNode {
  const { t } = useTranslation('common');
  return (
    <>
      <div className={classes.wide}>
        <LanguageMenu />
        <ThemeMenu />
        <Tooltip label={t('shell.help')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.help')} onClick={onHelp}><Icon name="help" /></ActionIcon>
        </Tooltip>
      </div>
      <AccountMenu session={session} onLogOut={onLogOut} />
    </>
  );
}

/** Switches the language of the interface. */
function LanguageMenu(): ReactNode {
  const { t, i18n } = useTranslation('common');
  return (
    <Menu position="bottom-end">
      <IconTarget label={t('shell.language')} icon="language" />
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language} lang={language} onClick={() => void chooseLanguage(language)}
            rightSection={i18n.language === language && <Icon name="tick" size={16} />}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Switches between light, dark, and what the system says. */
function ThemeMenu(): ReactNode {
  const { t } = useTranslation('common');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = SCHEMES.find(({ value }) => value === colorScheme);
  return (
    <Menu position="bottom-end">
      <IconTarget label={t('shell.theme')} icon={current?.icon ?? 'system'} />
      <Menu.Dropdown>
        {SCHEMES.map(({ value, icon }) => (
          <Menu.Item
            key={value} onClick={() => setColorScheme(value)} leftSection={<Icon name={icon} size={18} />}
            rightSection={colorScheme === value && <Icon name="tick" size={16} />}
          >
            {t(`theme.${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function IconTarget({ label, icon }: { readonly label: string; readonly icon: IconName }): ReactNode {
  return (
    <Menu.Target>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}><Icon name={icon} /></ActionIcon>
      </Tooltip>
    </Menu.Target>
  );
}

/** Whose session this is, and the way out of it. */
function AccountMenu({ session, onLogOut }: { readonly session: Session; readonly onLogOut: () => void }): ReactNode {
  const { t } = useTranslation('common');
  const { name, email } = session.user;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={t('shell.account', { name })}>
          <Avatar letters={name.charAt(0).toUpperCase()} tone={0} size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.person}>
          <strong>{name}</strong>
          <span>{email}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="logOut" size={18} />} onClick={onLogOut}>{t('shell.logOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

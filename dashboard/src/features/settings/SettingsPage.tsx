import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/api/session';
import { chooseLanguage, LANGUAGES, LANGUAGE_NAMES } from '@/lib/i18n/i18n';

import classes from './SettingsPage.module.css';

const SCHEMES = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

/** The roles that look after the business itself. */
const MANAGERS: readonly string[] = ['owner', 'admin'];

/** What a person can set on this device, and whose account this is. */
export function SettingsPage({ session }: { readonly session: Session }): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('title')}</h1>
      <section className={classes.card}>
        <h2 className={classes.heading}>{t('device')}</h2>
        <LanguageSetting />
        <ThemeSetting />
      </section>
      {session.user.role !== 'agent' && <CustomerSetting />}
      {MANAGERS.includes(session.user.role) && (
        <section className={classes.card}>
          <h2 className={classes.heading}>{t('business')}</h2>
          <Link to="/settings/numbers" className={classes.link}>{t('numbers')}</Link>
          <div className={classes.hint}>{t('numbersHint')}</div>
          <Link to="/settings/sending" className={classes.link}>{t('sending')}</Link>
          <div className={classes.hint}>{t('sendingHint')}</div>
        </section>
      )}
      <section className={classes.card}>
        <h2 className={classes.heading}>{t('account')}</h2>
        <dl className={classes.facts}>
          <dt>{t('name')}</dt><dd>{session.user.name}</dd>
          <dt>{t('email')}</dt><dd>{session.user.email}</dd>
          <dt>{t('role')}</dt><dd>{session.user.role}</dd>
          <dt>{t('shop')}</dt><dd>{session.tenant.name}</dd>
        </dl>
      </section>
    </div>
  );
}

/** The way to what only those who run the shop decide. */
function CustomerSetting(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <section className={classes.card}>
      <h2 className={classes.heading}>{t('customers')}</h2>
      <p className={classes.hint}><Link to="/contact-reviews">{t('reviews')}</Link><br />{t('reviewsHint')}</p>
    </section>
  );
}

function LanguageSetting(): ReactNode {
  const { t, i18n } = useTranslation('settings');
  return (
    <Setting label={t('language')} hint={t('languageHint')}>
      {(labelId) => (
        <SegmentedControl
          aria-labelledby={labelId} value={i18n.language}
          onChange={(value) => {
            const language = LANGUAGES.find((known) => known === value);
            if (language !== undefined) void chooseLanguage(language);
          }}
          data={LANGUAGES.map((language) => ({ value: language, label: <span lang={language}>{LANGUAGE_NAMES[language]}</span> }))}
        />
      )}
    </Setting>
  );
}

function ThemeSetting(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Setting label={t('theme')} hint={t('themeHint')}>
      {(labelId) => (
        <SegmentedControl
          aria-labelledby={labelId} value={colorScheme}
          onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme === value) ?? 'auto')}
          data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`common:theme.${scheme}`) }))}
        />
      )}
    </Setting>
  );
}

interface SettingProps {
  readonly label: string;
  readonly hint: string;
  readonly children: (labelId: string) => ReactNode;
}

function Setting({ label, hint, children }: SettingProps): ReactNode {
  const labelId = useId();
  return (
    <div className={classes.setting}>
      <div>
        <div id={labelId} className={classes.label}>{label}</div>
        <div className={classes.hint}>{hint}</div>
      </div>
      {children(labelId)}
    </div>
  );
}

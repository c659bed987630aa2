import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/components/Icon';

import type { Finding, NumberCheck } from '../api';
import classes from './Findings.module.css';

const ICON = { ok: 'tick', failed: 'alert', unknown: 'help' } as const;

interface Props {
  readonly findings: readonly Finding[];
  /** The check that is being mended. */
  readonly fixing: NumberCheck | null;
  readonly onFix: (check: NumberCheck) => void;
}

/** What a check found, each with what it means and what to click. */
export function Findings({ findings, fixing, onFix }: Props): ReactNode {
  const { t, i18n } = useTranslation('numbers');
  const language = i18n.language === 'hi' ? 'hi' : 'en';
  return (
    <ul className={classes.findings}>
      {findings.map(({ check, outcome, code, advice, fixable }) => (
        <li key={code} className={classes.finding} data-outcome={outcome}>
          <span className={classes.mark} role="img" aria-label={t(`outcome.${outcome}`)}><Icon name={ICON[outcome]} size={18} /></span>
          <div className={classes.words}>
            <strong>{t(`checks.${check}`)}</strong>
            <p className={classes.advice}>{advice[language]}</p>
            {fixable && (
              <Button size="compact-md" variant="light" loading={fixing === check} disabled={fixing !== null} onClick={() => onFix(check)}>
                {t('check.fix')}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

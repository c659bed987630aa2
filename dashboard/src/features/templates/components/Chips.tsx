import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Template } from '../model';
import classes from '../Templates.module.css';

const TONES: Record<string, string> = {
  approved: 'green', flagged: 'yellow', pending: 'blue', in_appeal: 'blue', draft: 'gray', archived: 'gray', deleted: 'gray',
  rejected: 'red', paused: 'orange', disabled: 'red', green: 'green', yellow: 'yellow', red: 'red',
};

/** Where a template stands: status, category, quality, language, each in words. */
export function Chips({ template }: { readonly template: Template }): ReactNode {
  const { t, i18n } = useTranslation('templates');
  const named = (group: string, name: string): string => {
    const key = `${group}.${name}`;
    return i18n.exists(`templates:${key}`) ? t(key as 'status.draft') : name;
  };
  return (
    <span className={classes.chips}>
      <Badge variant="light" color={TONES[template.status] ?? 'gray'}>{named('status', template.status)}</Badge>
      <Badge variant="outline" color="gray">{named('category', template.category)}</Badge>
      {template.quality !== 'unknown' && <Badge variant="dot" color={TONES[template.quality] ?? 'gray'}>{named('quality', template.quality)}</Badge>}
      <Badge variant="outline" color="gray">{template.language}</Badge>
      {template.recategorised !== null && <Badge color="orange">{t('recategorised.chip')}</Badge>}
    </span>
  );
}

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
  // A word newer than this program comes as WhatsApp says it.
  const named = (key: 'status.draft', name: string): string => (i18n.exists(`templates:${key}`) ? t(key) : name);
  return (
    <span className={classes.chips}>
      <Badge variant="light" color={TONES[template.status] ?? 'gray'}>{named(`status.${template.status}` as 'status.draft', template.status)}</Badge>
      <Badge variant="outline" color="gray">{t(`category.${template.category}`)}</Badge>
      {template.quality !== 'unknown' && <Badge variant="dot" color={TONES[template.quality] ?? 'gray'}>{named(`quality.${template.quality}` as 'status.draft', template.quality)}</Badge>}
      <Badge variant="outline" color="gray">{template.language}</Badge>
      {template.recategorised !== null && <Badge color="orange">{t('recategorised.chip')}</Badge>}
    </span>
  );
}

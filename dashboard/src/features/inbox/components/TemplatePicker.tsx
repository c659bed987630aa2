import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { TemplateFill } from '../compose/TemplateFill';
import { TemplateList } from '../compose/TemplateList';
import type { Conversation } from '../model';
import type { Template } from '../template';

interface Props {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Chooses a template, asks for what it needs, shows how it will read and what it costs, and sends it. */
export function TemplatePicker({ conversation, onClose }: Props): ReactNode {
  const { t } = useTranslation('inbox/compose');
  const isNarrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const [chosen, choose] = useState<Template | null>(null);
  return (
    <Modal opened onClose={onClose} title={t('template.title')} size={860} fullScreen={isNarrow ?? false} closeButtonProps={{ 'aria-label': t('close') }}>
      {chosen === null
        ? <TemplateList conversation={conversation} onChoose={choose} />
        : <TemplateFill conversation={conversation} template={chosen} onBack={() => choose(null)} onClose={onClose} />}
    </Modal>
  );
}

import { Tooltip, type TooltipProps } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';

export interface HintLook {
  readonly label: ReactNode;
  readonly position?: TooltipProps['position'];
  readonly color?: string;
  readonly maw?: number;
}

interface Props extends HintLook {
  readonly id: string;
  readonly target: RefObject<HTMLElement | null>;
  readonly opened: boolean;
}

/** The words of a hint, beside what they are about. */
export function HintTip({ id, label, position = 'top', color, maw, target, opened }: Props): ReactNode {
  const look = { ...(color === undefined ? {} : { color }), ...(maw === undefined ? {} : { maw, multiline: true }) };
  return <Tooltip label={<span id={id}>{label}</span>} target={target} opened={opened} position={position} {...look} />;
}

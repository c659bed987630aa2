import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface Props extends Omit<ButtonProps, 'type'> {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children?: ReactNode;
}

/** A link that looks like a button, and knows the addresses with their parameters. */
export const ButtonLink = createLink((props: Props): ReactNode => <Button component="a" {...props} />);

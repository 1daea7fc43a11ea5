import type { FormFailure } from '@railswitch/payabl-trustly'

/** Why the standard input is no body, by its place, never by its content. */
export const noForm = ({ reason, position }: FormFailure): string =>
  `The standard input is no form body: ${reason.replaceAll('-', ' ')}${position === undefined ? '' : ` (parameter ${position})`}.`

import type { FormFailure } from '@railswitch/payabl-trustly'
import type { Terminal } from '../terminal.ts'

/** Why the standard input is no body, by its place, never by its content. */
export const noForm = ({ reason, position }: FormFailure): string =>
  `The standard input is no form body: ${reason.replaceAll('-', ' ')}${position === undefined ? '' : ` (parameter ${position})`}.`

/** The body on the standard input; throws where it is a recorded message with its headers. */
export const readBody = async (terminal: Terminal): Promise<Uint8Array> => {
  const body = await terminal.input()
  if (headers.test(Buffer.from(body.subarray(0, 1000)).toString('latin1')))
    throw new Error(
      'The standard input begins with HTTP headers: give the body alone, which stands behind the empty line.',
    )
  return body
}

const headers = /^(?:[A-Z]+ \S+ HTTP\/\d|HTTP\/\d|[A-Za-z-]+: )/

import type { FormFailure } from '@railswitch/payabl-trustly/diagnostics'
import type { Terminal } from '../terminal.ts'

/** Why the input is not a form body. Contains a position, never content. */
export const noForm = ({ reason, position }: FormFailure): string =>
  `The input is not a form body: ${reason.replaceAll('-', ' ')}${position === undefined ? '' : ` (parameter ${position})`}.`

/** Reads the body from the standard input. Throws if the input is an HTTP message with headers. */
export const readBody = async (terminal: Terminal): Promise<Uint8Array> => {
  const body = await terminal.input()
  if (headers.test(Buffer.from(body.subarray(0, 1000)).toString('latin1')))
    throw new Error('The input begins with HTTP headers: pass only the body, which follows the empty line.')
  return body
}

const headers = /^(?:[A-Z]+ \S+ HTTP\/\d|HTTP\/\d|[A-Za-z-]+: )/

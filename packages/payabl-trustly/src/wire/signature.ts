import { hash } from 'node:crypto'
import { compare } from '@railswitch/core/provider'
import type { WireParameter } from './encode-parameters.ts'

/**
 * Signs requests: lower-case hex SHA-1 over the values in byte order of their names, then the secret, without delimiters and
 * names. The bytes are those that are sent; `signature` is left out; an empty value adds nothing.
 * @see https://docs.payabl.com/docs/signature-calculation (read 2026-11-21)
 */
export const createSigner = (secret: string): ((parameters: readonly WireParameter[]) => string) => {
  const secretBytes = Buffer.from(secret, 'utf8').toString('latin1')
  return (parameters) => hash('sha1', Buffer.from(valuesByName(parameters) + secretBytes, 'latin1'), 'hex')
}

const valuesByName = (parameters: readonly WireParameter[]): string => {
  let values = ''
  for (const [name, value] of inByteOrder(parameters)) if (name !== 'signature') values += value
  return values
}

/** Names are ASCII: `<` is byte order. */
const inByteOrder = (parameters: readonly WireParameter[]): readonly WireParameter[] =>
  parameters.toSorted(([one], [other]) => compare(one, other))

import { isLeft } from '@railswitch/core'
import { signedText } from '@railswitch/trustly-direct'
import { UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { utf8 } from './utf8.ts'

/** Prints the signed text of the data on the standard input, and nothing after it. */
export const printPlaintext = async (
  { method, uuid }: { readonly method?: string; readonly uuid?: string },
  terminal: Terminal,
): Promise<void> => {
  if ((method === undefined) !== (uuid === undefined))
    throw new UsageError('--method and --uuid go together: give both, or none for the data alone.')
  const text = signedText(utf8(await terminal.input()), { method: method ?? '', uuid: uuid ?? '' })
  if (isLeft(text)) throw new Error(`The standard input ${text.left.rule}: ${text.left.fix}.`)
  terminal.out(text.right)
}

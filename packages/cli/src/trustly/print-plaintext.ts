import { isLeft } from '@railswitch/core'
import { signedText } from '@railswitch/trustly-direct/diagnostics'
import { UsageError } from '../errors.ts'
import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'

/** Prints the signed text of the data on the standard input, without a final line break. */
export const printPlaintext = async (
  { method, uuid, json }: { readonly method?: string; readonly uuid?: string; readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  if ((method === undefined) !== (uuid === undefined))
    throw new UsageError(
      '--method and --uuid must be used together: pass both, or neither for the text of the data only.',
    )
  const text = signedText(utf8(await terminal.input()), { method: method ?? '', uuid: uuid ?? '' })
  if (isLeft(text)) throw new Error(`The input ${text.left.rule}: ${text.left.fix}.`)
  printResult(terminal, { json, result: { plaintext: text.right }, toText: () => text.right })
}

/** Decodes UTF-8. Throws if the bytes are not UTF-8: replacement characters would change the signed text. */
const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('The input is not UTF-8.')
  }
}

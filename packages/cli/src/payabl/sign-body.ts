import { isLeft } from '@railswitch/core'
import { type FormFailure, type ParameterFailure, signForm } from '@railswitch/payabl-trustly/diagnostics'
import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'
import { noForm, readBody } from './form-body.ts'
import { readSecrets } from './secrets.ts'

/** Prints the names, the masked text and, in the last line, the signature of the body. */
export const signBody = async (
  {
    encoding,
    secretFile,
    json,
  }: { readonly encoding?: 'latin1' | 'utf8'; readonly secretFile?: string; readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const [secret] = readSecrets(secretFile, terminal)
  const signed = await signForm(await readBody(terminal), { secret, charset: encoding && charsets[encoding] })()
  if (isLeft(signed)) throw new Error(whyNot(signed.left))
  const { names, masked, signature } = signed.right
  printResult(terminal, {
    json,
    result: { signature, names, text: masked },
    toText: () => `names  ${names.join(' ')}\ntext   ${masked}\n${signature}\n`,
  })
}

const charsets = { latin1: 'iso-8859-1', utf8: 'utf-8' } as const

const whyNot = (failure: FormFailure | ParameterFailure): string => {
  switch (failure.kind) {
    case 'form':
      return noForm(failure)
    case 'unencodable':
      return `${failure.field} cannot be sent: it ${failure.rule}. To fix it, ${failure.fix}.`
    case 'parameter':
      return `Parameter ${failure.position} cannot be sent: ${failure.rule}.`
  }
}

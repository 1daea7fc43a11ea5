import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { UsageError } from '../errors.ts'
import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ApplicationOptions {
  readonly yes?: true
  readonly json?: true
}

export const erasePayment = async (
  reference: string,
  { json, yes, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  if (!yes && !terminal.prompts) throw new UsageError('Erasing cannot be undone: pass --yes if nobody can be asked.')
  const isAgreed =
    yes || (await terminal.prompts?.confirm(`Erase the personal data of ${reference}? It cannot be undone.`))
  if (!isAgreed) throw new Error('Nothing was erased.')
  await withApplication(options, terminal, ({ payments }) => payments.erasePersonalData({ reference }))
  printResult(terminal, {
    json,
    result: { erased: reference },
    toText: () => `The personal data of ${reference} is erased.\n`,
  })
}

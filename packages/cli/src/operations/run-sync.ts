import { withApplication } from '../application/open-application.ts'
import { NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { counted } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly app: string
  readonly envFile?: string
  readonly limit: number
  readonly json?: true
}

export const runSync = async ({ json, limit, ...options }: Options, terminal: Terminal): Promise<void> => {
  const summary = await withApplication(options, terminal, ({ payments }) => payments.sync({ limit }))
  const { payments, handled, failed, resolved, manualReview } = summary
  printResult(terminal, {
    json,
    result: summary,
    toText: () =>
      [
        `${counted(payments, 'payment')} checked, ${counted(resolved, 'outcome')} resolved, events of ${counted(handled, 'payment')} handled.\n`,
        failed === 0 ? '' : `The handlers of ${counted(failed, 'payment')} failed: see the log.\n`,
        ...manualReview.map(({ payment, why }) => `${payment}: ${why}\n`),
        manualReview.length === 0 ? '' : 'railswitch reviews list shows what needs a decision.\n',
      ].join(''),
  })
  if (failed > 0) throw new NegativeResult()
}

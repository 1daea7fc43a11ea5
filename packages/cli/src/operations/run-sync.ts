import { NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { withShop } from '../shop/open-shop.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly app: string
  readonly envFile?: string
  readonly limit: number
  readonly json?: true
}

export const runSync = async ({ json, limit, ...options }: Options, terminal: Terminal): Promise<void> => {
  const summary = await withShop(options, terminal, ({ payments }) => payments.sync({ limit }))
  const { payments, handled, failed, resolved, manualReview } = summary
  printResult(terminal, {
    json,
    result: summary,
    toText: () =>
      [
        `${counted(payments, 'payment')} looked at, ${counted(resolved, 'outcome')} found out, events of ${handled} handled.\n`,
        failed === 0 ? '' : `The handlers of ${counted(failed, 'payment')} failed: see the log.\n`,
        ...manualReview.map(({ payment, why }) => `${payment}: ${why}\n`),
        manualReview.length === 0 ? '' : 'railswitch reviews list shows what needs a decision.\n',
      ].join(''),
  })
  if (failed > 0) throw new NegativeResult()
}

export const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

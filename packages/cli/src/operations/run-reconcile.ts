import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { NegativeResult } from '../errors.ts'
import { printResult } from '../output/print.ts'
import { table } from '../output/table.ts'
import { waitingText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends ApplicationOptions {
  readonly rail?: string
  readonly from?: string
  readonly to?: string
  readonly json?: true
}

export const runReconcile = async (
  { json, rail, from, to, ...options }: Options,
  terminal: Terminal,
): Promise<void> => {
  const days = {
    ...(rail !== undefined && { rail }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
  const { summary, waiting } = await withApplication(options, terminal, async ({ payments, waiting }) => ({
    summary: await payments.reconcile(days),
    waiting,
  }))
  const { rails, notAsked } = summary
  printResult(terminal, {
    json,
    result: { ...summary, waiting: waiting.size },
    toText: () =>
      [
        rails.length === 0
          ? ''
          : table(
              rails.map((one) => [
                one.rail,
                String(one.listed),
                String(one.recorded),
                String(one.unowned.length),
                String(one.failed),
              ]),
              terminal,
              ['rail', 'listed', 'recorded', 'not in the store', 'failed'],
            ),
        ...notAsked.map((one) => `${one.rail} was not asked: ${one.why}\n`),
        waitingText(waiting),
      ].join(''),
  })
  if (rails.some(({ failed }) => failed > 0)) throw new NegativeResult()
}

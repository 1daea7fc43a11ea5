import { noMoney } from '@railswitch/core'
import { type Application, withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import { stateText, timeText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'
import { findPayment } from './find-payment.ts'

interface Options extends ApplicationOptions {
  readonly limit: number
  readonly state?: string
  readonly rail?: string
  readonly json?: true
}

/** A payment in the list. */
interface ListedPayment {
  readonly kind: string
  readonly reference: string
  readonly rail: string
  readonly state: string
  readonly at: string
  readonly amount: { readonly value: string; readonly currency: string } | null
  readonly reviews: number
}

export const listPayments = async ({ json, ...options }: Options, terminal: Terminal): Promise<void> => {
  const payments = await withApplication(options, terminal, (application) => matching(application, options))
  const paint = painter(terminal)
  printResult(terminal, {
    json,
    result: { payments },
    toText: () =>
      payments.length === 0
        ? 'There are no such payments.\n'
        : table(
            payments.map(({ kind, reference, rail, state, at, amount, reviews }) => [
              reference,
              kind,
              amount === null ? '' : `${amount.value} ${amount.currency}`,
              stateText(state, paint),
              rail,
              timeText(at),
              reviews === 0 ? '' : paint('warning', String(reviews)),
            ]),
            terminal,
            ['reference', 'kind', 'amount', 'state', 'rail', 'last report (UTC)', 'reviews'],
          ),
  })
}

const matching = async (
  { payments, store }: Application,
  { limit, state, rail }: Options,
): Promise<readonly ListedPayment[]> => {
  const found: ListedPayment[] = []
  for await (const { intents } of store().list()) {
    if (found.length === limit) break
    const intent = intents[0]?.intent
    if (!intent) continue
    const view = await findPayment(payments, intent.reference)
    if ((state !== undefined && view.state !== state) || (rail !== undefined && view.rail !== rail)) continue
    found.push({
      kind: intent.kind,
      reference: intent.reference,
      rail: view.rail,
      state: view.state,
      at: view.at,
      amount: intent.expect.currency === noMoney.currency ? null : intent.expect,
      reviews: view.reviews.length,
    })
  }
  return found
}

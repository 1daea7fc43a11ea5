import { fold, openWorkOf, threadOf } from '@railswitch/core'
import type { keptRows, PlacedPayment } from './kept-rows.ts'

/** Deletes page by page what is over and older than `before`; a payment that another process works on is left for the next run. */
export const sweep = async <Tx>(
  transaction: <A>(run: (tx: Tx) => Promise<A>) => Promise<A>,
  kept: ReturnType<typeof keptRows<Tx>>,
  before: Date,
): Promise<number> => {
  let deleted = 0
  let after: string | null = '0'
  while (after !== null) {
    const from: string = after
    after = await transaction(async (tx) => {
      const page = await kept.stale(tx, from, before.toISOString())
      for (const payment of page) {
        if (!isOver(await kept.read(tx, payment))) continue
        await kept.forget(tx, payment)
        deleted += 1
      }
      return page.at(-1) ?? null
    })
  }
  return deleted
}

/** Nothing to handle, to ask or to decide any more. */
const isOver = (payment: PlacedPayment): boolean =>
  openWorkOf(payment, '9999') === null && (fold(threadOf(payment))?.review ?? []).length === 0

import type { PaymentRecord } from '@railswitch/core/store'
import type { Tables } from '../tables/tables.ts'
import type { Transactions } from './transactions.ts'

const pageSize = 50
const newest = '9223372036854775807'

/** All payments, the newest first. Payments that are begun meanwhile are not among them. */
export async function* listPayments<Tx>(
  { records }: Tables<Tx>,
  { transaction }: Transactions<Tx>,
): AsyncIterable<PaymentRecord> {
  let before = newest
  for (;;) {
    const page = await transaction(async (tx) => {
      const read: PaymentRecord[] = []
      for (const payment of await records.newest(tx, before, pageSize)) read.push(await records.read(tx, payment))
      return read
    })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    before = last.key
  }
}

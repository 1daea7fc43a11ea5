import type { PaymentRecord, TimeSpan } from '@railswitch/core/store'
import type { HappenedPage } from '../tables/happened.ts'
import type { Tables } from '../tables/tables.ts'
import type { Transactions } from './transactions.ts'

/** The payments of a span, in pages, each in a transaction of its own. What is read of them is from the time of their page. */
export async function* happenedBetween<Tx>(
  { records, happened }: Tables<Tx>,
  { transaction }: Transactions<Tx>,
  span: TimeSpan,
): AsyncIterable<PaymentRecord> {
  const seen = new Set<string>()
  for (const list of [happened.begun, happened.reported]) {
    let after: HappenedPage['next'] = null
    do {
      const from: HappenedPage['next'] = after
      const page = await transaction(async (tx) => {
        const { payments, next } = await list(tx, span, from)
        const fresh = [...new Set(payments)].filter((payment) => !seen.has(payment))
        const read: PaymentRecord[] = []
        for (const payment of fresh) read.push(await records.read(tx, payment))
        return { read, next }
      })
      for (const record of page.read) seen.add(record.key)
      yield* page.read.filter(({ intents }) => intents.length > 0)
      after = page.next
    } while (after !== null)
  }
}

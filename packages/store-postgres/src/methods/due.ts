import { randomUUID } from 'node:crypto'
import type { DueRecord, PaymentRecord, RecordRules, Store } from '@railswitch/core/store'
import { needsReview } from '@railswitch/core/store'
import { idOfKey } from '../tables/records.ts'
import type { Tables } from '../tables/tables.ts'
import type { Transactions } from './transactions.ts'

export const createDue = <Tx>(
  { records, changed, due: dueRecords }: Tables<Tx>,
  { transaction }: Transactions<Tx>,
): Pick<Store, 'leaseDue' | 'reschedule' | 'reviews'> => {
  return {
    leaseDue: (due, rules) =>
      transaction(async (tx) => {
        await changed.merge(tx)
        const leased: DueRecord[] = []
        const { version } = rules
        for (const { payment, lease, derivationVersion } of await dueRecords.lease(tx, due, {
          token: randomUUID(),
          version,
        })) {
          const record = await records.read(tx, payment)
          if (derivationVersion !== version) await changed.rederive(tx, record, rules)
          leased.push({ lease, record })
        }
        return leased
      }),

    async reschedule(lease, due) {
      await transaction((tx) => dueRecords.reschedule(tx, idOfKey(lease), lease, due))
    },

    async *reviews(rules) {
      let page: readonly PaymentRecord[] = []
      do {
        page = await pageAfter(page.at(-1)?.key ?? '0', rules)
        for (const record of page) if (needsReview(rules, record)) yield record
      } while (page.length > 0)
    },
  }

  function pageAfter(key: string, rules: RecordRules): Promise<readonly PaymentRecord[]> {
    return transaction(async (tx) => {
      await changed.merge(tx)
      const page: PaymentRecord[] = []
      for (const payment of await dueRecords.toReview(tx, key, rules)) page.push(await records.read(tx, payment))
      return page
    })
  }
}

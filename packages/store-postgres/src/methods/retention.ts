import { invalid, type Store } from '@railswitch/core/store'
import type { Tables } from '../tables/tables.ts'
import type { Transactions } from './transactions.ts'

export interface Retention extends Pick<Store, 'erasePersonalData'> {
  sweep(options?: { readonly days?: number }): Promise<number>
}

export const createRetention = <Tx>(
  { records, retention }: Tables<Tx>,
  { transaction }: Transactions<Tx>,
): Retention => ({
  erasePersonalData: (reference) =>
    transaction(async (tx) => {
      const payment = await records.byReference(tx, reference)
      if (payment === null || !(await records.lock(tx, [payment])).has(payment)) return false
      await retention.erase(tx, payment)
      return true
    }),

  async sweep({ days = 400 } = {}) {
    if (!Number.isInteger(days) || days < 1) throw invalid('invalid_input', [invalidDays])
    let deleted = 0
    let some: number
    do {
      some = await transaction((tx) => retention.sweep(tx, days))
      deleted += some
    } while (some > 0)
    return deleted
  },
})

/** An empty setting, read as 0, must not delete payments of the last minute. */
const invalidDays = { field: 'days', rule: 'must be a whole number from 1', fix: 'leave it out for 400 days' }

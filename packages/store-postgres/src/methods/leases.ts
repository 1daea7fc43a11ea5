import { type EventCompletion, type Store, withTimeout } from '@railswitch/core/store'
import { idOfKey } from '../tables/records.ts'
import type { Tables } from '../tables/tables.ts'
import type { Transactions } from './transactions.ts'

/**
 * `complete` runs the application's `write` before it records the event as emitted, so that no row of ours is locked while
 * `write` runs.
 */
export const createLeases = <Tx>(
  { leases }: Tables<Tx>,
  { transaction, applicationWrite }: Transactions<Tx>,
): Pick<Store<Tx>, 'complete' | 'release'> => {
  return {
    async complete(token, completion) {
      try {
        return await transaction((tx) => complete(tx, token, completion))
      } catch (error) {
        if (error === leaseLost) return false
        // If the database cannot be reached, the lease is not released: it ends at its time.
        await release(token).catch(() => {})
        throw error
      }
    },
    release,
  }

  async function complete(tx: Tx, token: string, completion: EventCompletion<Tx>): Promise<boolean> {
    const payment = idOfKey(token)
    const { emitted, isLast, write, timeoutMs } = completion
    if (!(await leases.isLeased(tx, payment, token, write ? timeoutMs : null))) return false
    if (write) await withTimeout(applicationWrite(write, tx), timeoutMs)
    if (await leases.emit(tx, { payment, token, emitted, isLast, extendMs: timeoutMs * 2 })) return true
    throw leaseLost
  }

  async function release(token: string): Promise<void> {
    await transaction((tx) => leases.release(tx, idOfKey(token), token))
  }
}

const leaseLost = new Error('The lease was lost.')

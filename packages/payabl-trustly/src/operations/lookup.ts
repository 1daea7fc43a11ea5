import { isLeft, type LookedUp, type PaymentError, type PaymentRecord, right, type TaskEither } from '@railswitch/core'
import type { PayablClient } from '../native.ts'
import { lookUpCandidates } from './lookup-candidates.ts'
import { lookUpDeposits } from './lookup-deposits.ts'
import { lookUpListings } from './lookup-listings.ts'
import { lookUpPayouts } from './lookup-payouts.ts'
import { lookUpRefunds } from './lookup-refunds.ts'

/**
 * Asks payabl whose unknown transactions are, and what became of deposits that have not ended, of refunds that are unknown, of
 * what was reported twice and of payouts that may still fail.
 * Nothing says how soon a transaction shows in a listing, so that absence proves nothing.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const lookUp =
  (client: PayablClient, now: () => Date) =>
  (record: PaymentRecord, signal: AbortSignal): TaskEither<PaymentError, LookedUp> =>
  async () => {
    const found = []
    for (const part of [lookUpCandidates, lookUpDeposits, lookUpRefunds, lookUpListings, lookUpPayouts]) {
      const shown = await part({ client, now, signal }, record)
      if (isLeft(shown)) return shown
      found.push(...shown.right)
    }
    return right({ found, absenceProves: false })
  }

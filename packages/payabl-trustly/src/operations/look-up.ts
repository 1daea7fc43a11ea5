import { type LookedUp, type PaymentError, type PaymentRecord, right, type TaskEither } from '@railswitch/core'
import type { PayablClient } from '../client/client.ts'
import { lookUpCandidates } from './look-up-candidates.ts'
import { lookUpDeposits } from './look-up-deposits.ts'
import { lookUpListings } from './look-up-listings.ts'
import { lookUpPayouts } from './look-up-payouts.ts'
import type { LookUpContext } from './look-up-query.ts'
import { lookUpRefunds } from './look-up-refunds.ts'

const parts = [lookUpCandidates, lookUpDeposits, lookUpRefunds, lookUpListings, lookUpPayouts]

/**
 * Asks payabl whose unknown transactions are, and what became of deposits that have not ended, of refunds that are unknown, of
 * what was reported twice or without proof, and of payouts that may still fail.
 * Nothing says how soon a transaction shows in a listing, so that absence proves nothing.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const lookUp =
  (client: PayablClient, now: () => Date) =>
  (record: PaymentRecord, signal: AbortSignal): TaskEither<PaymentError, LookedUp> =>
  async () => {
    const context: LookUpContext = { client, now, signal }
    const found: LookedUp['found'][number][] = []
    let failed: PaymentError | undefined
    for (const part of parts) {
      const shown = await part(context, record)
      found.push(...shown.found)
      failed ??= shown.failed
    }
    return right({ found, absenceProves: false, ...(failed && { failed }) })
  }

import { type FoundReport, type PaymentError, type PaymentProvider, right } from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import { lookUpDeposits } from './deposits.ts'
import { lookUpPayouts } from './payouts.ts'
import type { LookUpContext } from './query.ts'
import { lookUpRefunds } from './refunds.ts'
import { lookUpListings } from './repeated-or-unproven.ts'
import { lookUpCandidates } from './unidentified-transactions.ts'

const lookUps = [lookUpCandidates, lookUpDeposits, lookUpRefunds, lookUpListings, lookUpPayouts]

/**
 * Looks up transactions of which the owner is unknown, deposits that have not ended, refunds that are unknown, reports that came twice
 * or without proof, and payouts that can still fail. payabl does not state how soon a transaction is listed, so its absence proves
 * nothing.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const lookUp =
  (client: PayablClient, now: () => Date): NonNullable<PaymentProvider['lookUp']> =>
  (record, signal) =>
  async () => {
    const context: LookUpContext = { client, now, signal }
    const found: FoundReport[] = []
    let failed: PaymentError | undefined
    for (const lookUpOne of lookUps) {
      const results = await lookUpOne(context, record)
      found.push(...results.found)
      failed ??= results.failed
    }
    return right({ found, absenceProves: false, ...(failed && { failed }) })
  }

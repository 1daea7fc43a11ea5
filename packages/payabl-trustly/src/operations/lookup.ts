import { isLeft, type LookedUp, type PaymentError, right, type TaskEither, type Thread } from '@railswitch/core'
import type { PayablClient } from '../native.ts'
import { lookUpDeposits } from './lookup-deposits.ts'
import { lookUpPayouts } from './lookup-payouts.ts'
import { lookUpRefunds } from './lookup-refunds.ts'

/**
 * Asks payabl what became of deposits that have not ended, of refunds that are unknown and of payouts that may still fail.
 * Nothing says how soon a transaction shows in a listing, so that absence proves nothing.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const lookUp =
  (client: PayablClient, now: () => Date) =>
  (thread: Thread, signal: AbortSignal): TaskEither<PaymentError, LookedUp> =>
  async () => {
    const found = []
    for (const part of [lookUpDeposits, lookUpRefunds, lookUpPayouts]) {
      const observations = await part({ client, now, signal }, thread)
      if (isLeft(observations)) return observations
      found.push(...observations.right)
    }
    return right({ found, absenceProves: false })
  }

import type { Outcome, PaymentError, RecordedIntent, TaskEither } from '@railswitch/core'
import { type Operating, operate } from './operate.ts'
import { sourceOf } from './payout-source.ts'

/**
 * Repeats a call that moves money out from what was kept of it, under its own key. Null for a payout to bank details:
 * they were never kept.
 */
export const repeatCall =
  <Tx>(operating: Operating<Tx>) =>
  ({ intent, fingerprint }: RecordedIntent): TaskEither<PaymentError, Outcome> | null => {
    const { settings, ...asked } = intent
    const { reference, attempt, expect: amount, of, to } = intent
    if (of) return operate(operating, 'refund', { payment: of, reference, attempt, amount }, asked, { fingerprint })
    if (!to || settings.customerId === undefined) return null
    const input = { reference, attempt, amount, to: { payment: to }, customer: { id: settings.customerId } }
    return async () => {
      const source = await sourceOf(operating.config, asked)
      if (source._tag === 'Left') return source
      return operate(operating, 'payout', input, asked, { ...source.right, fingerprint })()
    }
  }

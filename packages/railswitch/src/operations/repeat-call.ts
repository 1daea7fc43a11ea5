import type { Outcome, PaymentError, RecordedIntent, TaskEither } from '@railswitch/core'
import { sourceOf } from './account-source.ts'
import { executeOperation } from './execute-operation.ts'
import type { OperationContext } from './operation-context.ts'

/**
 * Repeats a call from what was kept of it, under its own key. Null for a payout to bank details and for a charge: what they
 * sent of the customer was never kept.
 */
export const repeatCall =
  <Tx>(context: OperationContext<Tx>) =>
  ({ intent, fingerprint }: RecordedIntent): TaskEither<PaymentError, Outcome> | null => {
    const { settings, ...asked } = intent
    const { kind, reference, attempt, expect: amount, of, account } = intent
    if (of)
      return executeOperation(context, 'refund', { payment: of, reference, attempt, amount }, asked, { fingerprint })
    if (kind !== 'payout' || !account || settings.customerId === undefined) return null
    const input = { reference, attempt, amount, to: { payment: account }, customer: { id: settings.customerId } }
    return async () => {
      const source = await sourceOf(context.config, asked)
      if (source._tag === 'Left') return source
      return executeOperation(context, 'payout', input, asked, { ...source.right, fingerprint })()
    }
  }

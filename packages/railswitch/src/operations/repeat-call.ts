import type { Outcome, PaymentError, RecordedIntent, TaskEither } from '@railswitch/core'
import { executeOperation } from './execute-operation.ts'
import { chargeableSourceOf } from './mandate-account.ts'
import type { OperationContext } from './operation-context.ts'

/**
 * Repeats a call from its stored intent, with the same key. Null for a payout to bank details and for a charge: the customer data that
 * they sent is not stored.
 */
export const resendIntent =
  <Tx>(context: OperationContext<Tx>) =>
  ({ intent, fingerprint }: RecordedIntent): TaskEither<PaymentError, Outcome> | null => {
    const { settings, ...draft } = intent
    const { kind, reference, attempt, expect: amount, of, account } = intent
    if (of)
      return executeOperation(context, 'refund', { payment: of, reference, attempt, amount }, draft, { fingerprint })
    if (kind !== 'payout' || !account || settings.customerId === undefined) return null
    const input = { reference, attempt, amount, to: { payment: account }, customer: { id: settings.customerId } }
    return async () => {
      const source = await chargeableSourceOf(context.config, draft)
      if (source._tag === 'Left') return source
      return executeOperation(context, 'payout', input, draft, { ...source.right, fingerprint })()
    }
  }

import {
  conflict,
  deriveMandate,
  type Either,
  intentOf,
  isLeft,
  left,
  type MandateAttempt,
  type PaymentError,
  parsePaymentRef,
  paymentRef,
  railMissing,
  right,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import { storeError } from '../config/store-errors.ts'
import type { IntentDraft, RequestExtras } from './operation-context.ts'
import { sourceOf } from './source-payment.ts'

/**
 * The payment whose account is paid or charged, as `sourceOf`. If it is a mandate, it must be active: nothing is sent otherwise. A call
 * that was recorded while it was active may be repeated, because the vendor may have executed it.
 */
export const chargeableSourceOf = async <Tx>(
  config: ReadyConfig<Tx>,
  draft: IntentDraft,
): Promise<Either<PaymentError, RequestExtras>> => {
  const found = await sourceOf(config, draft)
  if (isLeft(found) || draft.account === undefined) return found
  const { source } = found.right
  if (!source || parsePaymentRef(draft.account)?.kind !== 'mandate') return found
  try {
    const { facts, missingRails } = config.rules.derive(source)
    const [missing] = missingRails
    if (missing !== undefined) return left(railMissing(missing))
    const attempt = deriveMandate(source, facts)?.attempts.find(({ ref }) => ref === draft.account)
    if (attempt?.state === 'active')
      return right({ ...found.right, ...(attempt.account !== null && { account: attempt.account }) })
    const record = await config.store.find(draft.reference)
    return record && intentOf(record, paymentRef(draft)) ? found : left(notActive(attempt))
  } catch (cause) {
    return left(storeError('find', cause))
  }
}

const notActive = (attempt: MandateAttempt | undefined): PaymentError => {
  const state = attempt?.state ?? 'pending'
  return conflict({
    ...(state === 'revoked' ? {} : { retry: 'same_attempt' }),
    message: `The mandate is ${state}: only an active mandate can be charged or paid to.`,
    hint: hints[state],
  })
}

const hints: Readonly<Record<MandateAttempt['state'], string>> = {
  pending: 'Wait for `mandate.active`, then make the same call again.',
  active: '',
  moved: 'Wait for `mandate.active` of the new account, then make the same call again.',
  revoked: 'Ask the customer for a new one with mandate(). A payout can go to bank details as `to.account`.',
}

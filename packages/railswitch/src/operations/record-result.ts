import {
  type Checkout,
  type Conclusion,
  type Either,
  type Intent,
  isLeft,
  nameOf,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PaymentProvider,
  paymentRef,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/** A response that cannot be recorded is still returned: the intent stays open, and `sync` or a retry asks again. */
export const recordResult = async <Tx>(
  { store, rules, logger }: ReadyConfig<Tx>,
  { transactions }: PaymentProvider,
  intent: Intent,
  response: Either<PaymentError, OperationResponse<Checkout | Outcome>>,
  resumed: boolean,
): Promise<void> => {
  const conclusion = conclusionOf(response, resumed)
  if (conclusion === null) return
  const payment = paymentRef(intent)
  const vendorIds = isLeft(response) ? [] : response.right.vendorIds
  try {
    const { taken } = await store.conclude(intent, conclusion, { vendorIds, replaces: transactions === 'one' }, rules)
    if (taken.length > 0)
      logger.error(
        { payment, taken },
        'the response names what belongs to another payment: it was not recorded for this one',
      )
  } catch (error) {
    logger.error({ payment, error: nameOf(error) }, 'the store could not record a response')
  }
}

const conclusionOf = (
  response: Either<PaymentError, OperationResponse<Checkout | Outcome>>,
  resumed: boolean,
): Conclusion | 'not_sent' | null => {
  if (isLeft(response)) {
    const { effect } = response.left
    if (effect === 'refused') return { state: 'refused', error: response.left.toJSON() }
    return effect === 'not_sent' && !resumed ? 'not_sent' : null
  }
  const { result } = response.right
  return 'redirectUrl' in result ? { state: 'started', result } : { state: result.status, result }
}

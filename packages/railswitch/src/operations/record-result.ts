import {
  type Checkout,
  type Conclusion,
  type Either,
  type Intent,
  isLeft,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PaymentProvider,
  paymentRef,
  reportError,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

/**
 * Records the response. If that fails, the response is returned to the application all the same: the intent has no recorded result,
 * and `sync` or a repeated call asks the vendor again.
 */
export const recordResult = async <Tx>(
  config: ReadyConfig<Tx>,
  { transactions }: PaymentProvider,
  intent: Intent,
  response: Either<PaymentError, OperationResponse<Checkout | Outcome>>,
  resumed: boolean,
): Promise<void> => {
  const { store, rules, logger } = config
  const conclusion = conclusionOf(response, resumed)
  if (conclusion === null) return
  const payment = paymentRef(intent)
  const vendorIds = isLeft(response) ? [] : response.right.vendorIds
  try {
    const { taken } = await store.conclude(intent, conclusion, { vendorIds, replaces: transactions === 'one' }, rules)
    if (taken.length > 0)
      logger.error(
        { payment, taken },
        'the response contains a vendor id of another payment: the id was not recorded for this payment',
      )
  } catch (error) {
    reportError(config, error, { during: 'store', message: 'the store could not record a response', payment })
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

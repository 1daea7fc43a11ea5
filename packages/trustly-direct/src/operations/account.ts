import {
  type AccountInput,
  type Checkout,
  invalid,
  type OperationCall,
  type OperationResponse,
  type PaymentError,
  paymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { optionIssues, ownAttributes } from '../provider-options.ts'
import { checkoutAttributes, toCheckout } from './checkout.ts'
import { callOptions, orderData } from './order-data.ts'

/**
 * SelectAccount: the customer chooses an account in the checkout and, with a mandate, allows charges of it. An `account`
 * notification reports its id. @see https://docs.trustly.com/api/selectaccount (read 2026-11-21)
 */
export const startAccount =
  (client: TrustlyClient) =>
  (input: AccountInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Checkout>> => {
    const issues = optionIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    const { ShopperStatement, ...checkout } = checkoutAttributes(input)
    const Attributes = {
      ...ownAttributes(input),
      ...checkout,
      ...(ShopperStatement !== '' && { ShopperStatement }),
      ...(input.mandate && { RequestDirectDebitMandate: '1' as const }),
    }
    return pipe(
      client.selectAccount({ ...orderData(input.customer.id, call), Attributes }, callOptions(call)),
      taskEither.map(toCheckout(paymentRef(call.intent))),
    )
  }

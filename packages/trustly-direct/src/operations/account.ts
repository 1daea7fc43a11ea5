import {
  type AccountInput,
  type Answered,
  type Call,
  invalid,
  type PaymentError,
  paymentRef,
  pipe,
  type Started,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { TrustlyClient } from '../client/client.ts'
import { optionIssues, ownAttributes } from '../provider-options.ts'
import { checkoutAttributes, orderData } from './checkout-data.ts'
import { uuidOf } from './uuid-of.ts'

/**
 * SelectAccount: the customer chooses an account in the checkout, and with a mandate allows charges of it; an `account`
 * notification tells its id. @see https://docs.trustly.com/api/selectaccount (read 2026-11-21)
 */
export const startAccount =
  (client: TrustlyClient) =>
  (input: AccountInput, call: Call): TaskEither<PaymentError, Answered<Started>> => {
    const issues = optionIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    const { resumed, signal, intent } = call
    const { ShopperStatement, ...checkout } = checkoutAttributes(input)
    const Attributes = {
      ...ownAttributes(input),
      ...checkout,
      ...(ShopperStatement !== '' && { ShopperStatement }),
      ...(input.mandate && { RequestDirectDebitMandate: '1' as const }),
    }
    return pipe(
      client.selectAccount(
        { ...orderData(input.customer.id, call), Attributes },
        { uuid: uuidOf(intent), resumed, signal },
      ),
      taskEither.map(({ orderid, url }) => ({
        result: { payment: paymentRef(intent), redirectUrl: url, expiresAt: null },
        vendorIds: [orderid],
      })),
    )
  }

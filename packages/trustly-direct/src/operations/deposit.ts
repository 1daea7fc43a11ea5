import {
  type Checkout,
  type DepositInput,
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
import type { TrustlyData } from '../client/methods/methods.ts'
import { ownAttributes } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'
import { checkoutAttributes, toCheckout } from './checkout.ts'
import { inputIssues } from './input-issues.ts'
import { callOptions, orderData } from './order-data.ts'

/** Deposit: creates an order and opens its checkout. @see https://docs.trustly.com/api/deposit (read 2026-11-21) */
export const startDeposit =
  (client: TrustlyClient) =>
  (input: DepositInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Checkout>> => {
    const issues = inputIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    return pipe(
      client.deposit(toDepositData(input, call), callOptions(call)),
      taskEither.map(toCheckout(paymentRef(call.intent))),
    )
  }

/** Deposit has Currency in Attributes, unlike every other method but Swish. */
export const toDepositData = (input: DepositInput, call: OperationCall): TrustlyData<'Deposit'> => ({
  ...orderData(input.customer.id, call),
  Attributes: {
    ...ownAttributes(input),
    Amount: toAmount(input.amount),
    Currency: input.amount.currency,
    ...checkoutAttributes(input),
  },
})

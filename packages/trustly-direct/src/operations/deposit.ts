import {
  type Checkout,
  type DepositInput,
  depositFields,
  type FieldRequirements,
  invalid,
  type Market,
  type OperationCall,
  type OperationResponse,
  type PaymentError,
  paymentRef,
  pipe,
  type Question,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { currencies } from '../client/field-rules.ts'
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

/** The fields that Trustly's checkouts require, `statement` in addition to those of every rail. */
export const depositRequirements = ({ currency }: Market): FieldRequirements => ({
  fields: [...depositFields, 'statement'],
  ...(!currencies.includes(currency) && { refused: `${currency} is not a currency of Trustly` }),
})

/** Every deposit can be reversed; `kyc.received` is asked where the deposit requests it. */
export const depositQuestions = (input: DepositInput): readonly Question[] =>
  ownAttributes(input).RequestKYC === '1' ? ['deposit.reversed', 'kyc.received'] : ['deposit.reversed']

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

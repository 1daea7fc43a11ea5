import {
  type Answered,
  type Call,
  type DepositInput,
  depositFields,
  invalid,
  type Market,
  type PaymentError,
  paymentRef,
  pipe,
  type Question,
  type Requirements,
  type Started,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { TrustlyClient } from '../client/client.ts'
import type { TrustlyData } from '../client/methods/methods.ts'
import { currencies } from '../client/methods/rule.ts'
import { ownAttributes } from '../provider-options.ts'
import { checkoutAttributes, fieldIssues, orderData } from './checkout-data.ts'
import { uuidOf } from './uuid-of.ts'

/** Deposit: an order is created, and its checkout opened. @see https://docs.trustly.com/api/deposit (read 2026-11-21) */
export const startDeposit =
  (client: TrustlyClient) =>
  (input: DepositInput, call: Call): TaskEither<PaymentError, Answered<Started>> => {
    const issues = fieldIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    const { resumed, signal, intent } = call
    return pipe(
      client.deposit(toDepositData(input, call), { uuid: uuidOf(intent), resumed, signal }),
      taskEither.map(({ orderid, url }) => ({
        result: { payment: paymentRef(intent), redirectUrl: url, expiresAt: null },
        vendorIds: [orderid],
      })),
    )
  }

/** What Trustly's checkouts need beyond what every rail's do. */
export const checkoutRequirements = ({ currency }: Market): Requirements => ({
  fields: [...depositFields, 'statement'],
  ...(!currencies.includes(currency) && { refused: `${currency} is not a currency of Trustly` }),
})

/** Every deposit can be taken back; who pays is asked where the deposit wants to know. */
export const depositQuestions = (input: DepositInput): readonly Question[] =>
  ownAttributes(input).RequestKYC === '1' ? ['deposit.reversed', 'kyc.received'] : ['deposit.reversed']

/** Currency stands in Attributes here, unlike in every other method. */
export const toDepositData = (input: DepositInput, call: Call): TrustlyData<'Deposit'> => ({
  ...orderData(input.customer.id, call),
  Attributes: {
    ...ownAttributes(input),
    Amount: input.amount.value,
    Currency: input.amount.currency,
    ...checkoutAttributes(input),
  },
})

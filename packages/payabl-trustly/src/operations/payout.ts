import {
  type Issue,
  intentOf,
  invalid,
  left,
  type Money,
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PayoutInput,
  paymentRef,
  type TaskEither,
} from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import type { CftToAccount, CftToPayer } from '../client/parameter-types.ts'
import { ownParameters } from '../provider-options.ts'
import { toBirthdayParameter } from '../wire/dates.ts'
import type { Encoding } from '../wire/encoding.ts'
import { bankDetailIssues, toBankDetails } from './bank-account.ts'
import { creditedTransaction, namedBy } from './credited-transaction.ts'
import { currencyIssues, parameterIssues } from './input-issues.ts'
import { notCredited, toOutcome } from './outcome.ts'

interface PayoutDependencies {
  readonly client: PayablClient
  readonly encoding: Encoding
  readonly now: () => Date
}

/**
 * payment_cft with method 116: pays to the account of an earlier deposit, or to bank details. payabl checks the merchant's balance and
 * forwards it to Trustly. It reports only failures, at once or days later. @see https://docs.payabl.com/docs/trustly (read 2026-11-21)
 */
export const startPayout =
  (dependencies: PayoutDependencies) =>
  (input: PayoutInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> =>
    'account' in input.to
      ? toAccount(dependencies, input as PayoutToAccount, call)
      : toDepositor(dependencies, input, call)

type PayoutToAccount = Extract<PayoutInput, { readonly to: { readonly account: unknown } }>

/** To the payer of the deposit: any amount, in the currency of the deposit. */
const toDepositor =
  (
    { client, encoding, now }: PayoutDependencies,
    input: PayoutInput,
    { intent, source, signal, callbackUrl }: OperationCall,
  ): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  async () => {
    const original = source ? creditedTransaction(source, intent.account) : null
    if (!source || original === null) return left(notCredited())
    const deposit = intentOf(source, intent.account)?.intent
    const parameters: CftToPayer = {
      ...ownParameters(input),
      orderid: merchantReference(intent),
      transactionid: original,
      ...payment(input.amount, callbackUrl),
    }
    const issues = [
      ...currencyIssues(input.amount.currency),
      ...otherCurrency(input.amount, deposit?.expect.currency),
      ...(await parameterIssues(parameters, encoding, ourNames)),
    ]
    if (issues.length > 0) return left(invalid('invalid_input', issues))
    return toOutcome(client.cft(parameters, signal), paymentRef(intent), {
      named: namedBy(source, intent.account, original),
      now,
    })()
  }

const toAccount =
  (
    { client, encoding, now }: PayoutDependencies,
    input: PayoutToAccount,
    { intent, signal, callbackUrl }: OperationCall,
  ): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  async () => {
    const { amount, customer } = input
    const details = toBankDetails(input.to.account)
    const others = {
      orderid: merchantReference(intent),
      ...payment(amount, callbackUrl),
      firstname: customer.firstName,
      lastname: customer.lastName,
      email: customer.email ?? '',
      birthday: toBirthdayParameter(customer.dateOfBirth ?? '') ?? '',
    }
    const parameters: CftToAccount = { ...ownParameters(input), ...others, ...details }
    const issues = [
      ...currencyIssues(amount.currency),
      ...(await bankDetailIssues(details)),
      ...(await parameterIssues({ ...ownParameters(input), ...others }, encoding, ourNames)),
    ]
    if (issues.length > 0) return left(invalid('invalid_input', issues))
    return toOutcome(client.cft(parameters, signal), paymentRef(intent), { named: [], now })()
  }

/** It is not documented whether payabl uses notification_url here. Failures that arrive at another address are handled too. */
const payment = ({ value, currency }: Money, callbackUrl: string) => ({
  amount: value,
  currency,
  payment_method: '116',
  notification_url: callbackUrl,
})

const otherCurrency = ({ currency }: Money, depositCurrency = currency): readonly Issue[] =>
  currency === depositCurrency
    ? []
    : [{ field: 'amount.currency', rule: "is not the deposit's", fix: `pay out ${depositCurrency}` }]

/** The input field that each parameter comes from. */
const ourNames: Readonly<Record<string, string>> = {
  orderid: 'reference',
  amount: 'amount.value',
  currency: 'amount.currency',
  firstname: 'customer.firstName',
  lastname: 'customer.lastName',
  email: 'customer.email',
  birthday: 'customer.dateOfBirth',
  notification_url: 'callbacks.url',
}

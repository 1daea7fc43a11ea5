import {
  invalid,
  isLeft,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PayoutInput,
  paymentRef,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { usesMandate } from '../direct-debit/managed-charge.ts'
import { ownAttributes } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'
import { toRegisteredAccount } from './bank-account.ts'
import { inputIssues } from './input-issues.ts'
import { callOptions, orderData } from './order-data.ts'
import { toOutcome } from './outcome.ts'
import { accountToPay, noChargeableAccount } from './reported-account.ts'

interface PayoutDependencies {
  readonly client: TrustlyClient
  readonly now: () => Date
}

/** Pays to the account of an earlier deposit, or to bank details. Trustly reports it under the payout's own order id. */
export const startPayout =
  (dependencies: PayoutDependencies) =>
  (input: PayoutInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> => {
    const issues = inputIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    if (usesMandate(call.intent)) return toMandate(dependencies, input, call)
    return 'payment' in input.to
      ? toDepositor(dependencies, input, call)
      : toAccount(dependencies, input as PayoutToAccount, call)
  }

/** DirectCredit. @see https://docs.trustly.com/api/mdd-directcredit (read 2026-11-21) */
const toMandate = (
  { client, now }: PayoutDependencies,
  input: PayoutInput,
  call: OperationCall,
): TaskEither<PaymentError, OperationResponse<Outcome>> => {
  const { account } = call.intent.settings
  if (account === undefined) return taskEither.left(noChargeableAccount(call))
  const data = { ...payoutData(input, call), AccountID: account }
  return toOutcome(client.directCredit(data, callOptions(call)), paymentRef(call.intent), {
    method: 'DirectCredit',
    now,
  })
}

type PayoutToAccount = Extract<PayoutInput, { readonly to: { readonly account: unknown } }>

/** AccountPayout. @see https://docs.trustly.com/api/accountpayout (read 2026-11-21) */
const toDepositor = (
  { client, now }: PayoutDependencies,
  input: PayoutInput,
  call: OperationCall,
): TaskEither<PaymentError, OperationResponse<Outcome>> => {
  const account = accountToPay(call)
  if (isLeft(account)) return taskEither.left(account.left)
  const data = { ...payoutData(input, call), AccountID: account.right }
  const context = { method: 'AccountPayout', now } as const
  return toOutcome(client.accountPayout(data, callOptions(call)), paymentRef(call.intent), context)
}

/** RegisterAccountPayout. @see https://docs.trustly.com/api/registeraccountpayout (read 2026-11-21) */
const toAccount =
  (
    { client, now }: PayoutDependencies,
    input: PayoutToAccount,
    call: OperationCall,
  ): TaskEither<PaymentError, OperationResponse<Outcome>> =>
  async () => {
    const account = toRegisteredAccount(input.to.account, await import('ibantools'))
    if (isLeft(account)) return taskEither.left<PaymentError, never>(invalid('invalid_input', account.left))()
    const { firstName, lastName, email, dateOfBirth } = input.customer
    const { Attributes, ...data } = payoutData(input, call)
    const holder = {
      ...(email !== undefined && { Email: email }),
      ...(dateOfBirth !== undefined && { DateOfBirth: dateOfBirth }),
    }
    const request = {
      ...data,
      ...account.right,
      Firstname: firstName,
      Lastname: lastName,
      Attributes: { ...Attributes, ...holder },
    }
    const context = { method: 'RegisterAccountPayout', now } as const
    return toOutcome(client.registerAccountPayout(request, callOptions(call)), paymentRef(call.intent), context)()
  }

const payoutData = (input: PayoutInput, call: OperationCall) => ({
  ...orderData(input.customer.id, call),
  Amount: toAmount(input.amount),
  Currency: input.amount.currency,
  Attributes: { ...ownAttributes(input), ShopperStatement: input.statement ?? '' },
})

import {
  type Answered,
  type Call,
  invalid,
  isLeft,
  type Market,
  type Outcome,
  type PaymentError,
  type PayoutInput,
  paymentRef,
  payoutFields,
  pipe,
  type Requirements,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { TrustlyClient } from '../client/client.ts'
import { clearingHouseNames, clearingHouses } from '../client/methods/clearing-houses.ts'
import { currencies } from '../client/methods/rule.ts'
import { ownAttributes } from '../provider-options.ts'
import { toRegisteredAccount } from './bank-account.ts'
import { fieldIssues, orderData } from './checkout-data.ts'
import { accountToPay } from './known-account.ts'
import { toOutcome } from './outcome.ts'
import { uuidOf } from './uuid-of.ts'

interface PayoutTools {
  readonly client: TrustlyClient
  readonly now: () => Date
}

/** To the account of an earlier deposit, or to bank details. The news arrives with this order's own ids. */
export const startPayout =
  (tools: PayoutTools) =>
  (input: PayoutInput, call: Call): TaskEither<PaymentError, Answered<Outcome>> => {
    const issues = fieldIssues(input)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    return 'payment' in input.to ? payDepositor(tools, input, call) : payAccount(tools, input as ToAccount, call)
  }

type ToAccount = Extract<PayoutInput, { readonly to: { readonly account: unknown } }>

/** AccountPayout. @see https://docs.trustly.com/api/accountpayout (read 2026-11-21) */
const payDepositor = ({ client, now }: PayoutTools, input: PayoutInput, call: Call) => {
  const account = accountToPay(call)
  if (isLeft(account)) return taskEither.left(account.left)
  return sent(
    'AccountPayout',
    client.accountPayout({ ...payoutData(input, call), AccountID: account.right }, options(call)),
    call,
    now,
  )
}

/** RegisterAccountPayout. @see https://docs.trustly.com/api/registeraccountpayout (read 2026-11-21) */
const payAccount =
  ({ client, now }: PayoutTools, input: ToAccount, call: Call): TaskEither<PaymentError, Answered<Outcome>> =>
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
    return sent('RegisterAccountPayout', client.registerAccountPayout(request, options(call)), call, now)()
  }

/** What Trustly needs for a payout; `country` is the account's. */
export const payoutRequirements = ({ country, currency }: Market): Requirements => {
  const known = clearingHouseNames.some((name) => clearingHouses[name].country === country)
  const refused = !currencies.includes(currency)
    ? `${currency} is not a currency of Trustly`
    : !known && `Trustly has no clearing house for ${country}`
  return { fields: [...payoutFields, 'statement'], ...(refused && { refused }) }
}

const payoutData = (input: PayoutInput, call: Call) => ({
  ...orderData(input.customer.id, call),
  Amount: input.amount.value,
  Currency: input.amount.currency,
  Attributes: { ...ownAttributes(input), ShopperStatement: input.statement ?? '' },
})

const options = ({ intent, resumed, signal }: Call) => ({ uuid: uuidOf(intent), resumed, signal })

const sent = (
  method: 'AccountPayout' | 'RegisterAccountPayout',
  task: ReturnType<TrustlyClient['accountPayout']>,
  { intent }: Call,
  now: () => Date,
): TaskEither<PaymentError, Answered<Outcome>> =>
  pipe(
    task,
    toOutcome(method, paymentRef(intent), now),
    taskEither.map(({ result, orderId }) => ({ result, vendorIds: orderId === null ? [] : [orderId] })),
  )

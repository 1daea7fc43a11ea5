import {
  type Answered,
  type Call,
  type DepositInput,
  depositFields,
  type Issue,
  invalid,
  type Market,
  merchantReference,
  type PaymentError,
  paymentRef,
  pipe,
  type Requirements,
  type Started,
  type TaskEither,
  taskEither,
} from '@railswitch/core'
import type { TrustlyData } from '../descriptions/methods.ts'
import { currencies } from '../descriptions/rule.ts'
import type { TrustlyClient } from '../native.ts'
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

/** What Trustly's Deposit needs beyond what every rail does. */
export const depositRequirements = ({ currency }: Market): Requirements => ({
  fields: [...depositFields, 'statement'],
  ...(!currencies.includes(currency) && { refused: `${currency} is not a currency of Trustly` }),
})

const fieldIssues = ({ amount, statement }: DepositInput): readonly Issue[] => [
  ...(currencies.includes(amount.currency)
    ? []
    : [{ field: 'amount.currency', rule: 'is not a currency of Trustly', fix: `use one of ${currencies.join(' ')}` }]),
  ...(statement === undefined
    ? [{ field: 'statement', rule: 'is required by Trustly', fix: 'give it here or once in the configuration' }]
    : []),
]

/** Currency stands in Attributes here, unlike in every other method. A cancelling customer is sent to FailURL. */
export const toDepositData = (input: DepositInput, { intent, callbackUrl }: Call): TrustlyData<'Deposit'> => {
  const { amount, customer, returnUrl, statement = '' } = input
  return {
    NotificationURL: callbackUrl,
    EndUserID: customer.id,
    MessageID: merchantReference(intent),
    Attributes: {
      Amount: amount.value,
      Currency: amount.currency,
      Country: customer.country,
      Locale: toTrustlyLocale(customer.locale),
      Firstname: customer.firstName,
      Lastname: customer.lastName,
      Email: customer.email,
      ShopperStatement: statement,
      SuccessURL: typeof returnUrl === 'string' ? returnUrl : returnUrl.success,
      FailURL: typeof returnUrl === 'string' ? returnUrl : returnUrl.failure,
      ...(customer.phone !== undefined && { MobilePhone: customer.phone }),
      ...(customer.ip !== undefined && { IP: customer.ip }),
    },
  }
}

/** `sv-Latn-SE` to `sv_SE`: language and territory are all that Trustly takes. */
const toTrustlyLocale = (tag: string): string => {
  const { language, region } = new Intl.Locale(tag)
  return region ? `${language}_${region}` : language
}

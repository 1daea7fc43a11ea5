import type { Checkout, DepositInput, Issue, OperationResponse, PaymentRef } from '@railswitch/core/provider'
import { currencies } from '../client/methods/field-types.ts'
import type { TrustlyResponse } from '../client/methods/methods.ts'
import { optionIssues } from '../provider-options.ts'
import { toAmount } from '../wire/request-data.ts'

/** Currencies and texts that Trustly does not take, found before anything is sent. */
export const fieldIssues = ({
  amount,
  statement,
  providerOptions,
}: Pick<DepositInput, 'amount' | 'statement' | 'providerOptions'>): readonly Issue[] => [
  ...optionIssues({ providerOptions }),
  ...(currencies.includes(amount.currency)
    ? []
    : [{ field: 'amount.currency', rule: 'is not a currency of Trustly', fix: `use one of ${currencies.join(' ')}` }]),
  ...(amount.currency === 'HUF' && toAmount(amount).includes('.')
    ? [{ field: 'amount.value', rule: 'has fillér, and Trustly takes whole forints', fix: 'round it yourself' }]
    : []),
  ...(statement === undefined
    ? [{ field: 'statement', rule: 'is required by Trustly', fix: 'give it here or once in the configuration' }]
    : []),
]

/** Attributes of every checkout. A customer who cancels is sent to FailURL. */
export const checkoutAttributes = ({
  customer,
  returnUrl,
  statement = '',
}: Pick<DepositInput, 'customer' | 'returnUrl' | 'statement'>) => ({
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
})

/** `sv-Latn-SE` to `sv_SE`: Trustly takes only language and territory. */
const toTrustlyLocale = (tag: string): string => {
  const { language, region } = new Intl.Locale(tag)
  return region ? `${language}_${region}` : language
}

/** The checkout that a response opens. Trustly names no time at which it expires. */
export const toCheckout =
  (payment: PaymentRef) =>
  ({ orderid, url }: TrustlyResponse<'Deposit'>): OperationResponse<Checkout> => ({
    result: { payment, redirectUrl: url, expiresAt: null },
    vendorIds: [orderid],
  })

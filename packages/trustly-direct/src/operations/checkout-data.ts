import { type Call, type DepositInput, type Issue, merchantReference } from '@railswitch/core'
import { currencies } from '../client/methods/rule.ts'
import { optionIssues } from '../provider-options.ts'

/** What Trustly lacks a currency or a text for, before anything is sent. */
export const fieldIssues = ({
  amount,
  statement,
  providerOptions,
}: Pick<DepositInput, 'amount' | 'statement' | 'providerOptions'>): readonly Issue[] => [
  ...optionIssues({ providerOptions }),
  ...(currencies.includes(amount.currency)
    ? []
    : [{ field: 'amount.currency', rule: 'is not a currency of Trustly', fix: `use one of ${currencies.join(' ')}` }]),
  ...(statement === undefined
    ? [{ field: 'statement', rule: 'is required by Trustly', fix: 'give it here or once in the configuration' }]
    : []),
]

/** Members of Data that every order has. */
export const orderData = (customerId: string, { intent, callbackUrl }: Pick<Call, 'intent' | 'callbackUrl'>) => ({
  NotificationURL: callbackUrl,
  EndUserID: customerId,
  MessageID: merchantReference(intent),
})

/** Attributes of every checkout. A cancelling customer is sent to FailURL. */
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

/** `sv-Latn-SE` to `sv_SE`: language and territory are all that Trustly takes. */
const toTrustlyLocale = (tag: string): string => {
  const { language, region } = new Intl.Locale(tag)
  return region ? `${language}_${region}` : language
}

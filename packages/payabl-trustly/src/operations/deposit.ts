import {
  type Checkout,
  type DepositInput,
  type Issue,
  invalid,
  left,
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type PaymentError,
  paymentRef,
  pipe,
  type RailOfAccount,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import { type PayablAccount, responseLost } from '../client/call.ts'
import type { PayablClient } from '../client/client.ts'
import type { PreauthorizeParameters } from '../client/parameter-types.ts'
import { ownParameters } from '../provider-options.ts'
import { payInCountries, toCountryParameter, toLanguageParameter } from '../wire/markets.ts'
import type { PaymentResponse } from '../wire/payment-response.ts'
import { currencyIssues, parameterIssues } from './input-issues.ts'

/** payment_preauthorize with method 116: opens Trustly's checkout. @see https://docs.payabl.com/docs/trustly (read 2026-11-21) */
export const startDeposit =
  (client: PayablClient, account: Pick<PayablAccount, 'encoding' | keyof RailOfAccount>) =>
  (input: DepositInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Checkout>> =>
  async () => {
    const parameters = toParameters(input, call)
    const { url_return: _sameAsSuccess, ...checked } = parameters
    const issues = [...marketIssues(input), ...(await parameterIssues(checked, account.encoding, ourNames))]
    if (issues.length > 0) return left(invalid('invalid_input', issues))
    return pipe(
      client.preauthorize(parameters, call.signal),
      taskEither.flatMap((response) => toCheckout(response, call, account)),
    )()
  }

const marketIssues = ({ amount, customer }: DepositInput): readonly Issue[] => [
  ...currencyIssues(amount.currency),
  ...(payInCountries.has(customer.country)
    ? []
    : [
        {
          field: 'customer.country',
          rule: 'is not a country whose customers can pay through payabl',
          fix: `use one of ${[...payInCountries].join(' ')}`,
        },
      ]),
]

/** The input field that each parameter comes from. */
const ourNames: Readonly<Record<string, string>> = {
  orderid: 'reference',
  amount: 'amount.value',
  currency: 'amount.currency',
  country: 'customer.country',
  language: 'customer.locale',
  email: 'customer.email',
  firstname: 'customer.firstName',
  lastname: 'customer.lastName',
  customerip: 'customer.ip',
  url_success: 'returnUrl.success',
  url_failed: 'returnUrl.failure',
  notification_url: 'callbacks.url',
}

const toParameters = (input: DepositInput, { intent, callbackUrl }: OperationCall): PreauthorizeParameters => {
  const { amount, customer, returnUrl } = input
  const urls = typeof returnUrl === 'string' ? { success: returnUrl, failure: returnUrl } : returnUrl
  return {
    ...ownParameters(input),
    orderid: merchantReference(intent),
    amount: amount.value,
    currency: amount.currency,
    payment_method: '116',
    country: toCountryParameter(customer.country) ?? '',
    language: toLanguageParameter(customer.locale),
    email: customer.email,
    firstname: customer.firstName,
    lastname: customer.lastName,
    customerip: customer.ip,
    url_success: urls.success,
    url_failed: urls.failure,
    // payabl sends customers who have paid here as well as those who have cancelled: nobody who paid may read "cancelled".
    url_return: urls.success,
    notification_url: callbackUrl,
  }
}

/** The checkout that a response opens. Without a redirect_url the response is not valid. */
const toCheckout = (
  { redirect_url: redirectUrl, transactionid }: PaymentResponse,
  { intent }: OperationCall,
  account: RailOfAccount,
): TaskEither<PaymentError, OperationResponse<Checkout>> =>
  redirectUrl === undefined
    ? taskEither.left(responseLost('it has no redirect_url', account))
    : taskEither.right({
        result: { payment: paymentRef(intent), redirectUrl, expiresAt: null },
        vendorIds: transactionid === undefined ? [] : [transactionid],
      })

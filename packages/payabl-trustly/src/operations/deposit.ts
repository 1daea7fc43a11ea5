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
import { mapError } from '../map-error.ts'
import type { PayablClient, PayablParameters } from '../native.ts'
import { type Answer, classifyAnswer } from '../wire/answer.ts'
import { answerLost } from '../wire/call.ts'
import { payInCountries, toCountryParameter, toLanguageParameter } from '../wire/countries-and-languages.ts'

const currencies = ['BGN', 'CZK', 'DKK', 'EUR', 'GBP', 'HRK', 'HUF', 'NOK', 'PLN', 'RON', 'SEK']

/** payment_preauthorize by method 116. @see https://docs.payabl.com/docs/trustly (read 2026-11-21) */
export const startDeposit =
  (client: PayablClient) =>
  (input: DepositInput, call: Call): TaskEither<PaymentError, Answered<Started>> => {
    const issues = fieldIssues(input, call)
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    return pipe(
      client.preauthorize(toParameters(input, call), call.signal),
      taskEither.flatMap((answer) => toStarted(answer, call)),
    )
  }

/** What payment_preauthorize needs beyond what every rail does. */
export const depositRequirements = ({ country, currency }: Market): Requirements => {
  const refused = !payInCountries.has(country)
    ? `customers of ${country} cannot pay through payabl`
    : !currencies.includes(currency)
      ? `${currency} is not a currency of payabl`
      : undefined
  return { fields: depositFields, ...(refused !== undefined && { refused }) }
}

/** What payabl's page demands beyond what every rail does. */
const fieldIssues = ({ amount, customer }: DepositInput, { callbackUrl }: Call): readonly Issue[] => [
  ...(currencies.includes(amount.currency)
    ? []
    : [{ field: 'amount.currency', rule: 'is not a currency of payabl', fix: `use one of ${currencies.join(' ')}` }]),
  ...(payInCountries.has(customer.country)
    ? []
    : [
        {
          field: 'customer.country',
          rule: 'is not a country whose customers can pay through payabl',
          fix: `use one of ${[...payInCountries].join(' ')}`,
        },
      ]),
  ...(customer.email.length <= 50
    ? []
    : [
        { field: 'customer.email', rule: 'is longer than the 50 characters that payabl takes', fix: 'use another one' },
      ]),
  ...(callbackUrl.length <= 255
    ? []
    : [{ field: 'callbacks.url', rule: 'makes an address over 255 characters', fix: 'shorten it' }]),
]

const toParameters = (input: DepositInput, { intent, callbackUrl }: Call): PayablParameters => {
  const { amount, customer, returnUrl } = input
  const urls = typeof returnUrl === 'string' ? { success: returnUrl, failure: returnUrl, cancel: returnUrl } : returnUrl
  return {
    orderid: merchantReference(intent),
    amount: amount.value,
    currency: amount.currency,
    payment_method: '116',
    country: toCountryParameter(customer.country),
    language: toLanguageParameter(customer.locale),
    email: customer.email,
    firstname: customer.firstName,
    lastname: customer.lastName,
    customerip: customer.ip,
    url_success: urls.success,
    url_failed: urls.failure,
    url_return: urls.cancel,
    notification_url: callbackUrl,
  }
}

/** Without an address to send the customer to, nobody can pay. */
const toStarted = (answer: Answer, { intent }: Call): TaskEither<PaymentError, Answered<Started>> => {
  const verdict = classifyAnswer(answer, 'in')
  switch (verdict) {
    case 'pending':
    case 'accepted':
      return answer.redirect_url === undefined
        ? taskEither.left(answerLost('it holds no redirect_url'))
        : taskEither.right({
            result: { payment: paymentRef(intent), redirectUrl: answer.redirect_url, expiresAt: null },
            vendorIds: answer.transactionid === undefined ? [] : [answer.transactionid],
          })
    case 'refused':
      return taskEither.left(mapError(answer, 'refused'))
    case 'unknown-outcome':
      return taskEither.left(mapError(answer, 'may_have_happened'))
    default:
      return verdict satisfies never
  }
}

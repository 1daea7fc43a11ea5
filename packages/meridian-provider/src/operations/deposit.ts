import {
  type Checkout,
  type DepositInput,
  depositFields,
  invalid,
  isLeft,
  left,
  merchantReference,
  type OperationCall,
  type OperationResponse,
  type PaymentError,
  paymentRef,
  type ReturnUrls,
  right,
  type TaskEither,
} from '@railswitch/core/provider'
import type { MeridianClient } from '../client/client.ts'
import { toAmount } from '../wire/money.ts'
import { amountIssues, countryIssues } from './input-issues.ts'

export const depositRequirements = depositFields

/** Opens a payin. The body contains nothing that differs between the repetitions of a call. */
export const startDeposit =
  (client: MeridianClient) =>
  (input: DepositInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Checkout>> =>
  async () => {
    const { intent, resumed, signal } = call
    const issues = [...amountIssues(input.amount), ...countryIssues(input.customer.country)]
    if (issues.length > 0) return left(invalid('invalid_input', issues))
    const reference = merchantReference(intent)
    const opened = await client.openPayin({
      idempotencyKey: `payin:${reference}`,
      body: bodyOf(input, call, reference),
      resumed,
      signal,
    })()
    if (isLeft(opened)) return opened
    const { id, checkoutUrl, expiresAt } = opened.right
    return right({
      result: { payment: paymentRef(intent), redirectUrl: checkoutUrl, expiresAt: timeOf(expiresAt) },
      vendorIds: [id],
    })
  }

const bodyOf = (input: DepositInput, { intent, callbackUrl }: OperationCall, reference: string): object => {
  const { id, firstName, lastName, email, country, locale, phone, ip } = input.customer
  const { statement } = intent.settings
  return {
    reference,
    ...toAmount(input.amount),
    callbackUrl,
    returnUrl: returnUrls(input.returnUrl),
    customer: {
      id,
      firstName,
      lastName,
      email,
      country,
      language: locale,
      ...(phone !== undefined && { phone }),
      ...(ip !== undefined && { ip }),
    },
    ...(statement !== undefined && { statement }),
  }
}

const returnUrls = (returnUrl: string | ReturnUrls): ReturnUrls => {
  if (typeof returnUrl === 'string') return { success: returnUrl, failure: returnUrl, cancel: returnUrl }
  const { success, failure, cancel } = returnUrl
  return { success, failure, cancel }
}

const timeOf = (text: string | null | undefined): string | null => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

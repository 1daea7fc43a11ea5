import {
  type Checkout,
  type Customer,
  type Issue,
  invalid,
  type MandateImportInput,
  type MandateInput,
  type OperationCall,
  type OperationResponse,
  type Outcome,
  type PaymentError,
  type PaymentProvider,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  pipe,
  type TaskEither,
  taskEither,
} from '@railswitch/core/provider'
import type { TrustlyClient } from '../client/client.ts'
import { readResult } from '../client/map-error.ts'
import { mandateReferenceOf, schemeOf } from '../direct-debit/schemes.ts'
import { optionIssues, ownAttributes } from '../provider-options.ts'
import { deriveUuid } from '../wire/uuid.ts'
import { checkoutAttributes, toCheckout } from './checkout.ts'
import { callOptions, orderData, orderIdOf, orderUnknown } from './order-data.ts'
import { toOutcome } from './outcome.ts'
import { accountsOf, accountUnknown } from './reported-account.ts'

/**
 * DirectDebitMandate: the customer signs a mandate on Trustly's page. `account` notifications report its account.
 * @see https://docs.trustly.com/api/mdd-directdebitmandate (read 2026-11-21)
 */
export const startMandate =
  (client: TrustlyClient) =>
  (input: MandateInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Checkout>> => {
    const scheme = schemeOf(input.customer.country)
    const issues = [...optionIssues(input), ...countryIssues(input.customer)]
    if (issues.length > 0 || !scheme) return taskEither.left(invalid('invalid_input', issues))
    const payment = paymentRef(call.intent)
    const { SuccessURL, FailURL, Locale } = checkoutAttributes(input)
    const Attributes = {
      MerchantReference: mandateReferenceOf(scheme, payment),
      ...ownAttributes(input),
      ...holder(input),
      SuccessURL,
      FailURL,
      Locale,
    }
    return pipe(
      client.directDebitMandate({ ...orderData(input.customer.id, call), Attributes }, callOptions(call)),
      taskEither.map(toCheckout(payment)),
    )
  }

/**
 * ImportDirectDebitMandate: there is no page. `account` notifications report when the mandate is active.
 * @see https://docs.trustly.com/api/mdd-importdirectdebitmandate (read 2026-11-21)
 */
export const importMandate =
  (client: TrustlyClient, now: () => Date) =>
  (input: MandateImportInput, call: OperationCall): TaskEither<PaymentError, OperationResponse<Outcome>> => {
    const issues = [...optionIssues(input), ...countryIssues(input.customer), ...referenceIssues(input)]
    if (issues.length > 0) return taskEither.left(invalid('invalid_input', issues))
    const [AccountID] = accountsOf(call).slice(-1)
    if (AccountID === undefined) return taskEither.left(accountUnknown())
    const Attributes = {
      ...ownAttributes(input),
      ...holder(input),
      AccountID,
      MerchantReference: input.mandateReference,
      ImportType: input.register ? ('REGISTER' as const) : ('CREATE' as const),
    }
    return toOutcome(
      client.importDirectDebitMandate({ ...orderData(input.customer.id, call), Attributes }, callOptions(call)),
      paymentRef(call.intent),
      { method: 'ImportDirectDebitMandate', now },
    )
  }

const holder = ({ customer, statement }: Pick<MandateInput, 'customer' | 'statement'>) => ({
  Country: customer.country,
  Firstname: customer.firstName,
  Lastname: customer.lastName,
  Email: customer.email,
  ...(customer.phone !== undefined && { MobilePhone: customer.phone }),
  ...(statement !== undefined && { ShopperStatement: statement }),
})

const countryIssues = ({ country }: Pick<Customer, 'country'>): readonly Issue[] =>
  schemeOf(country)
    ? []
    : [{ field: 'customer.country', rule: 'has no direct debit at Trustly', fix: 'offer another way to pay there' }]

const referenceIssues = ({ mandateReference }: MandateImportInput): readonly Issue[] =>
  /^[0-9A-Za-z]{6,35}$/.test(mandateReference)
    ? []
    : [
        {
          field: 'mandateReference',
          rule: 'must be 6 to 35 letters and digits',
          fix: 'pass the reference that the mandate has at its direct debit scheme',
        },
      ]

/**
 * CancelDirectDebitMandate. Its UUID is derived from the mandate and from what was reported of it: Trustly repeats its response to a
 * repeated cancellation, but a refusal must not be repeated after the mandate has changed.
 * @see https://docs.trustly.com/api/mdd-canceldirectdebitmandate (read 2026-11-21)
 */
export const cancelMandate =
  (client: TrustlyClient): NonNullable<PaymentProvider['cancelMandate']> =>
  (record, mandate, signal) => {
    const OrderID = orderIdOf(record, mandate)
    if (OrderID === null) return taskEither.left(orderUnknown('mandate'))
    const uuid = deriveUuid(`${mandate}:cancel`, String(reportedAccounts(record, mandate)))
    return pipe(
      client.cancelDirectDebitMandate({ OrderID }, { uuid, signal }),
      taskEither.flatMap((response) => taskEither.fromEither(readResult('CancelDirectDebitMandate', response))),
      taskEither.map(() => undefined),
    )
  }

const reportedAccounts = ({ reports }: PaymentRecord, mandate: PaymentRef): number =>
  reports.filter(({ intent, method }) => intent === mandate && method === 'account').length

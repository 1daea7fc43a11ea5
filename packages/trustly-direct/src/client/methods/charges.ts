import { day, decimalsFitCurrency, email, optional, pattern, required, vendorId } from '../field-rules.ts'
import type { Description } from './method-schema.ts'
import * as responses from './responses.ts'
import * as shared from './shared-fields.ts'

/** Direct debit as merchants have it today; managed direct debit takes its place. */
export const charges = {
  Charge: {
    does: 'collects from an account with a mandate',
    data: { AccountID: required(vendorId), ...shared.order, ...shared.money },
    attributes: {
      ShopperStatement: required(
        pattern('letters, digits, space and `. - _`', /^[A-Za-z0-9._ -]+$/),
        'seven characters reach the bank statement',
      ),
      Email: required(email),
      PaymentDate: optional(day),
      ...shared.externalReference,
      ...shared.merchant,
    },
    conditions: [decimalsFitCurrency('data')],
    response: responses.decided,
    errors: [],
    rejections: ['ERROR_MANDATE_NOT_FOUND', 'ERROR_DIRECT_DEBIT_NOT_ALLOWED', 'ERROR_ACCOUNT_NOT_FOUND'],
    note: 'no longer offered to new merchants: DirectDebit replaces it',
    source: 'https://docs.trustly.com/api/charge',
  },
  CancelCharge: {
    does: 'cancels a charge before its PaymentDate',
    data: { OrderID: required(vendorId) },
    attributes: {},
    response: responses.decided,
    errors: [655],
    rejections: ['free text, such as "Payment already executed"'],
    note: 'possible until 18:00 of the day before, or until 18:30 of the same day: the sources differ',
    source: 'https://docs.trustly.com/api/cancelcharge',
  },
} satisfies { readonly [method: string]: Description }

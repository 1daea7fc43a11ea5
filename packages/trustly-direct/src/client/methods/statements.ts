import { currency, day, decimalsFitCurrency, oneOf, orNull, ownId, required, vendorId } from '../field-rules.ts'
import type { Description } from './method-schema.ts'
import * as responses from './responses.ts'
import * as shared from './shared-fields.ts'

const currencyOrAll = required(orNull(currency), 'null: all currencies')

/** Reports, and the settlement that pays the balance out to the merchant. */
export const reports = {
  Balance: {
    does: 'reports the balance per currency',
    data: {},
    attributes: {},
    response: responses.balances,
    errors: [],
    readOnly: true,
    note: 'may be called at most once in 15 minutes',
    source: 'https://docs.trustly.com/api/balance',
  },
  AccountLedger: {
    does: 'lists every movement of the account between two days',
    data: {
      FromDate: required(day),
      ToDate: required(day, 'not included'),
      Currency: currencyOrAll,
    },
    attributes: {},
    response: responses.ledger,
    errors: [],
    readOnly: true,
    source: 'https://docs.trustly.com/api/accountledger',
  },
  GetWithdrawals: {
    does: "reports the state of an order's payout",
    data: { OrderID: required(vendorId) },
    attributes: {},
    response: responses.withdrawals,
    errors: [],
    readOnly: true,
    note: 'may be called at most once in 15 minutes per payout; it is meant for diagnosis, because its states may change without notice',
    source: 'https://docs.trustly.com/api/getwithdrawals',
  },
  ViewAutomaticSettlementDetailsCSV: {
    does: 'returns the settlement report of a day as CSV',
    data: { SettlementDate: required(day), Currency: currencyOrAll },
    attributes: { APIVersion: required(oneOf('1.2')) },
    response: responses.settlementDetails,
    errors: [],
    readOnly: true,
    note: 'returns 620 if nothing was settled on that day (seen in TEST)',
    source: 'https://docs.trustly.com/api/viewautomaticsettlementdetailscsv',
  },
  MerchantSettlement: {
    does: "pays from the balance to the merchant's own account",
    data: { MessageID: required(ownId), ...shared.money },
    attributes: {},
    conditions: [decimalsFitCurrency('data')],
    response: responses.settlementReference,
    errors: [603, 621],
    note: 'the money goes to the account of the last settlement; the first settlement is made in the back office',
    source: 'https://docs.trustly.com/api/merchantsettlement',
  },
} satisfies { readonly [method: string]: Description }

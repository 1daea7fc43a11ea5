import { clearingHouseOf } from '../state/clearing-houses.ts'
import type { Entry } from '../state/ledger.ts'
import type { JsonData } from '../wire/envelope.ts'
import { formatAmount, toTimestamp } from '../wire/formats.ts'
import type { Method } from './method.ts'

/** Every entry on the balance from FromDate up to, but not including, ToDate.
 *  @see https://docs.trustly.com/api/accountledger */
export const accountLedger: Method = ({ account, fields: { data } }, { ledger }) => {
  const [from, to] = [dayOf(data('FromDate')), dayOf(data('ToDate'))]
  const currency = data('Currency')
  const entries = ledger
    .entriesOf(account.username)
    .filter((entry) => entry.at >= from && entry.at < to && (currency === '' || entry.currency === currency))
  return { data: entries.map(toRow) }
}

const dayOf = (text: string): Date => new Date(`${text.slice(0, 10)}T00:00:00Z`)

const toRow = (entry: Entry): JsonData => ({
  userid: entry.account.userId,
  datestamp: toTimestamp(entry.at),
  orderid: entry.orderId,
  accountname: accountNameOf(entry),
  messageid: entry.messageId,
  transactiontype: transactionTypeOf(entry),
  currency: entry.currency,
  amount: toLedgerAmount(entry),
  gluepayid: entry.orderId,
})

/** The internal account of an entry. The settlement report uses the same names. That of a float adjustment is not published; money
 *  to the merchant's bank is queued like that to a customer, without an order. */
export const accountNameOf = ({ type, country }: Pick<Entry, 'type' | 'country'>): string => {
  switch (type) {
    case 'Deposit':
    case 'Charge':
      return `SUSPENSE_ACCOUNT_CLIENT_FUNDS_${clearingHouseOf(country)}_ESSE`
    case 'Deposit Fee':
    case 'Charge Fee':
      return 'TRANSACTION_FEE_BANK_DEPOSIT'
    case 'Refund Fee':
    case 'Withdraw Fee':
    case 'AccountPayout Fee':
    case 'Settlement Fee':
      return 'TRANSACTION_FEE_BANK_WITHDRAWAL'
    case 'FX':
      return 'FOREIGN_EXCHANGE_SPREAD'
    case 'Float Adjustment':
      return 'FLOAT_ADJUSTMENT'
    default:
      return 'BANK_WITHDRAWAL_QUEUED'
  }
}

// Only the text for a deposit is published.
const transactionTypeOf = (entry: Entry): string => {
  const house = `CLIENT_FUNDS_${clearingHouseOf(entry.country)}_ESSE`
  const isDeposit = (entry.type === 'Deposit' && entry.amount > 0n) || entry.type === 'Deposit Fee'
  if (entry.orderId === '' || entry.type === 'FX') return entry.type
  if (isDeposit) return `User deposit of client funds to ${house}`
  return entry.amount > 0n ? `${entry.type} to ${house}` : `${entry.type} from ${house}`
}

/** "Up to 20 decimals": in the published sample incoming money has 20, and outgoing money has two. */
const toLedgerAmount = ({ amount, currency }: Entry): string => {
  const text = formatAmount(amount, currency)
  if (amount < 0n) return text
  const [whole = '0', cents = ''] = text.split('.')
  return `${whole}.${cents.padEnd(20, '0')}`
}

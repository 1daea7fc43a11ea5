import { withoutOrder } from '../state/ledger-entries.ts'
import type { Method } from './method.ts'

/** Pays the merchant's balance to the last-used settlement account. The first settlement in a currency must be made in
 *  the back office.
 *  @see https://docs.trustly.com/api/merchantsettlement */
export const merchantSettlement: Method = ({ account, fields: { data, toMinor } }, { ledger }) => {
  const currency = data('Currency')
  const amount = toMinor(data('Amount'), currency) ?? 0n
  if (!ledger.hasSettled(account.username, currency)) return { error: 'ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND' }
  if (amount > (ledger.balancesOf(account.username).get(currency) ?? 0n)) return { error: 'ERROR_INSUFFICIENT_FUNDS' }
  const messageId = data('MessageID')
  ledger.claimMessage(account, messageId)
  ledger.book({ ...withoutOrder, account, messageId, type: 'Settlement', currency, amount: -amount })
  return { data: { reference: ledger.createReference() } }
}

import { formatAmount } from '../wire/formats.ts'
import type { Method } from './method.ts'

/** The merchant's balance, by currency.
 *  @see https://docs.trustly.com/api/balance */
export const balance: Method = ({ account }, { ledger }) => ({
  data: [...ledger.balancesOf(account.username)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, minor]) => ({ currency, balance: formatAmount(minor, currency) })),
})

import { parseAmount, toTimestamp } from '../wire/formats.ts'
import type { Entry, Ledger } from './ledger.ts'
import { withoutOrder } from './ledger-entries.ts'
import type { Account } from './merchant.ts'

/** One settlement of a currency. `total` in minor units. */
interface Executed {
  readonly currency: string
  readonly id: string
  readonly total: bigint
}

/**
 * The automatic settlement of a day: for each currency, everything that was booked before its midnight (UTC) and is not settled. It is not
 * executed if its total is not positive or above the balance; then the next one includes the same. Its fee is in the next one, too.
 * @see https://docs.trustly.com/api/viewautomaticsettlementdetailscsv
 */
export const automaticSettlement = (ledger: Ledger, account: Account, day: string, now: Date): readonly Executed[] => {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const open = ledger
    .entriesOf(account.username)
    .filter(({ at, type, settlement }) => at.getTime() < midnight && type !== 'Settlement' && settlement === undefined)
  return [...new Set(open.map(({ currency }) => currency))].sort().flatMap((currency) =>
    currencySettlement(
      { ledger, account, day, now },
      currency,
      open.filter((entry) => entry.currency === currency),
    ),
  )
}

interface SettlementContext {
  readonly ledger: Ledger
  readonly account: Account
  readonly day: string
  readonly now: Date
}

const currencySettlement = (
  { ledger, account, day, now }: SettlementContext,
  currency: string,
  entries: readonly Entry[],
): readonly Executed[] => {
  const total = entries.reduce((sum, { amount }) => sum + amount, 0n)
  if (total <= 0n || total > (ledger.balancesOf(account.username).get(currency) ?? 0n)) return []
  const id = ledger.createReference()
  for (const entry of entries) entry.settlement = { day, id }
  const messageId = `Automatic ${currency} settlement ${id} for ${account.userId} on ${toTimestamp(now)}`
  ledger.book({ ...withoutOrder, account, messageId, type: 'Settlement', currency, amount: -total })
  const fee = parseAmount(account.switches.fee, currency)
  if (fee !== undefined)
    ledger.book({ ...withoutOrder, account, messageId, type: 'Settlement Fee', currency, amount: -fee })
  return [{ currency, id, total }]
}

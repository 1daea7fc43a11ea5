import { dayMs } from '../../platform/clock.ts'
import type { Entry } from '../state/ledger.ts'
import { toId } from '../state/merchant.ts'
import { formatAmount, toUtcTimestamp } from '../wire/formats.ts'
import { accountNameOf } from './account-ledger.ts'
import type { Method } from './method.ts'

const header =
  'datestamp,accountname,currency,amount,total,orderid,ordertype,messageid,username,fxpaymentamount,fxpaymentcurrency,settlementbankwithdrawalid,extraref'

/** The entries of a day's settlement, in one currency or in all. As long as the merchant has no automatic settlements, they
 *  are what one would contain: from midnight to midnight (UTC) before the day, unless its total is negative. 620 without a
 *  settlement.
 *  @see https://docs.trustly.com/api/viewautomaticsettlementdetailscsv */
export const viewAutomaticSettlementDetails: Method = ({ account, fields: { data } }, { ledger }) => {
  const end = Date.parse(`${data('SettlementDate').slice(0, 10)}T00:00:00Z`)
  const wanted = data('Currency')
  const all = ledger.entriesOf(account.username)
  const day = data('SettlementDate').slice(0, 10)
  const ofDay = all.some(({ settlement }) => settlement)
    ? all.filter(({ settlement }) => settlement?.day === day)
    : all.filter(({ at, type }) => at.getTime() >= end - dayMs && at.getTime() < end && type !== 'Settlement')
  const currencies = [...new Set(ofDay.map(({ currency }) => currency))].sort()
  const rows = currencies
    .filter((currency) => wanted === '' || currency === wanted)
    .flatMap((currency) =>
      rowsOf(
        ofDay.filter((entry) => entry.currency === currency),
        data('SettlementDate'),
      ),
    )
  if (rows.length === 0) return { error: 'ERROR_UNKNOWN', hint: 'nothing was settled on that day' }
  return { data: { view_automatic_settlement_details: `${[header, ...rows].join('\n')}\n` } }
}

const rowsOf = (entries: readonly Entry[], day: string): string[] => {
  const total = entries.reduce((sum, { amount }) => sum + amount, 0n)
  if (total <= 0n) return []
  return [...entries]
    .reverse()
    .map((entry) =>
      [
        toUtcTimestamp(entry.at),
        accountNameOf(entry),
        entry.currency,
        formatAmount(entry.amount, entry.currency),
        formatAmount(total, entry.currency),
        entry.orderId,
        entry.type,
        entry.messageId,
        entry.account.username,
        entry.exchanged ? formatAmount(entry.exchanged.amount, entry.exchanged.currency) : '',
        entry.exchanged?.currency ?? '',
        entry.settlement?.id ?? toId(`${entry.account.username} ${entry.currency} ${day}`),
        entry.externalReference,
      ]
        .map(quote)
        .join(','),
    )
}

/** As in the published report, a field with a space is quoted too. */
const quote = (text: string): string => (/[\s",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

import {
  type Decimal,
  isLeft,
  negated,
  readDecimal,
  type VendorLedger,
  type VendorLine,
  type VendorLineKind,
} from '@railswitch/core/provider'
import type { PayablClient } from '../client/client.ts'
import { listedBooks } from '../listed-books.ts'
import type { ListedTransaction } from '../wire/tx-diagnose.ts'
import { listBetween } from './listed-transactions.ts'

/** payabl's lists, and what an entry of each is. Money to customers is listed without a sign. */
const kinds = { capture: 'payment', refund: 'refund', chb: 'reversal', cft: 'payout' } as const

/**
 * payabl's lists as its books. There is no other report: fees, settlements and money that came back are not in any list.
 * @see https://docs.payabl.com/docs/diagnose-interface-1 (read 2026-11-21)
 */
export const listedLedger = (client: PayablClient): VendorLedger => ({
  ...listedBooks,
  async *lines(days, signal) {
    for (const type of ['capture', 'refund', 'chb', 'cft'] as const) {
      const listed = await listBetween({ client, signal }, type, days)
      if (isLeft(listed)) throw listed.left
      for (const transaction of listed.right) yield toLine(transaction, type, days.from)
    }
  },
})

const toLine = (listed: ListedTransaction, type: keyof typeof kinds, day: string): VendorLine => {
  const amount = readDecimal(listed.amount ?? '')
  const kind: VendorLineKind = kinds[type]
  return {
    at: timeOf(listed) ?? `${day}T00:00:00.000Z`,
    kind: amount === null || listed.currency === undefined ? null : kind,
    amount: signed(amount ?? ('0' as Decimal), kind),
    currency: listed.currency ?? '',
    vendorId: listed.transaction_id,
    merchantReference: listed.order_id ?? null,
    text: `${type}${amount === null ? ` of ${listed.amount ?? 'no amount'}` : ''}`,
  }
}

const signed = (amount: Decimal, kind: VendorLineKind): Decimal => (kind === 'payment' ? amount : negated(amount))

/** The time zone is not stated: UTC is as good as another, because lines are matched over some days. */
const timeOf = ({ booking_date, issue_date, transaction_date }: ListedTransaction): string | undefined => {
  const [, day, month, year, time = '00:00:00'] =
    /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d:\d\d:\d\d))?$/.exec(booking_date || issue_date || transaction_date || '') ?? []
  const at = new Date(`${year}-${month}-${day}T${time}.000Z`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

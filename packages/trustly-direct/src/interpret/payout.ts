import { type Fact, sameMoney } from '@railswitch/core'
import { factOf, type OrderReports, ofMethod, withMoney } from './order-reports.ts'

/** Payouts and withdrawals: one failure is reported as `payoutfailed`, `credit` and `cancel`, in any order. */
export const payoutFacts = (order: OrderReports): readonly Fact[] => [
  ...(order.recorded.intent.kind === 'withdrawal' ? requests(order) : []),
  ...byAmount(order, 'payout.confirmed', 'payoutconfirmation'),
  ...failures(order),
]

/** A withdrawal's `debit` asks for the money once; another amount is another question, which nobody can answer. */
const requests = (order: OrderReports): readonly Fact[] => {
  const debits = withMoney(ofMethod(order, 'debit'))
  const [first] = debits
  if (!first) return []
  const same = debits.filter(({ money }) => sameMoney(money, first.money))
  const others = debits.filter((report) => !same.includes(report))
  return [
    { ...factOf(order, same), key: order.vendorId, type: 'withdrawal.requested', amount: first.money },
    ...others.map(
      (report): Fact => ({
        ...factOf(order, [report]),
        type: 'review',
        reason: 'amount_differs',
        money: report.money,
      }),
    ),
  ]
}

/** A `cancel` names no amount: all of it is meant. */
const failures = (order: OrderReports): readonly Fact[] => {
  const cancels = ofMethod(order, 'cancel')
  return [
    ...byAmount(order, 'payout.failed', 'payoutfailed', 'credit'),
    ...(cancels.length > 0
      ? [{ ...factOf(order, cancels), key: 'cancel', type: 'payout.failed' as const, amount: null }]
      : []),
  ]
}

const byAmount = (
  order: OrderReports,
  type: 'payout.confirmed' | 'payout.failed',
  ...methods: readonly string[]
): readonly Fact[] => {
  const reports = withMoney(ofMethod(order, ...methods))
  const amounts = new Map(reports.map(({ money }) => [`${money.value} ${money.currency}`, money]))
  return [...amounts.values()].map((amount): Fact => {
    const same = reports.filter(({ money }) => sameMoney(money, amount))
    return { ...factOf(order, same), key: `${amount.value} ${amount.currency}`, type, amount }
  })
}

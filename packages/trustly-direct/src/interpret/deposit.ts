import { type Fact, groupBy, sameMoney } from '@railswitch/core/provider'
import { creditsOf } from './credits.ts'
import {
  factOf,
  type MoneyReport,
  type OrderReports,
  ofMethod,
  reviewOf,
  unreadable,
  withMoney,
} from './order-reports.ts'
import { refundFacts, refundsOf } from './refunds.ts'

/** The facts of a deposit or a charge, and of its refunds, which are reported under its order id. */
export const depositFacts = (order: OrderReports): readonly Fact[] => {
  const refunds = refundsOf(order)
  const { own, returned, unexpected, linesOfUnexpected, ambiguous } = creditsOf(order, refunds)
  return [
    ...approval(order),
    ...credit(order, own),
    ...withMoney(ofMethod(order, 'debit')).map(
      (report): Fact => ({ ...factOf(order, [report]), type: 'deposit.reversed', amount: report.money }),
    ),
    ...ending(order),
    ...unexpected.map((report) =>
      reviewOf(
        order,
        report,
        'unexpected_credit',
        linesOfUnexpected.filter(({ money }) => sameMoney(money, report.money)),
      ),
    ),
    ...ambiguous.map((report) => reviewOf(order, report, 'ambiguous_return')),
    ...refundFacts(order, refunds, returned),
    ...unreadable(order, 'pending', 'credit', 'debit', 'payoutfailed', 'payoutconfirmation'),
  ]
}

const approval = (order: OrderReports): readonly Fact[] => {
  const [first, ...more] = withMoney(ofMethod(order, 'pending'))
  return first
    ? [
        {
          ...factOf(order, [first, ...more]),
          key: order.vendorId,
          type: 'deposit.not_credited_yet',
          amount: first.money,
        },
      ]
    : []
}

/** The ledger and the notification report the same credit. If their amounts differ, both become facts. */
const credit = (order: OrderReports, own: readonly MoneyReport[]): readonly Fact[] =>
  groupBy(own, ({ money }) => `${money.value} ${money.currency}`).map((same): Fact => {
    const [{ money }] = same
    const key = `${order.vendorId} ${money.value} ${money.currency}`
    return { ...factOf(order, same), key, type: 'deposit.credited', amount: money }
  })

const ending = (order: OrderReports): readonly Fact[] => {
  const cancels = ofMethod(order, 'cancel')
  if (cancels.length === 0) return []
  const reason = ofMethod(order, 'pending').length > 0 ? 'failed' : 'abandoned'
  return [{ ...factOf(order, cancels), key: order.vendorId, type: 'deposit.not_credited', reason }]
}

import { type Fact, groupBy, type Money, sameMoney } from '@railswitch/core/provider'
import { usesMandate } from '../direct-debit/managed-charge.ts'
import {
  factOf,
  isEarlier,
  type MoneyReport,
  type OrderReports,
  ofMethod,
  reviewOf,
  unreadable,
  withMoney,
} from './order-reports.ts'

/** The facts of payouts and withdrawals. One failure is reported as `payoutfailed`, `credit` and `cancel`, in any order. */
export const payoutFacts = (order: OrderReports): readonly Fact[] => {
  const isWithdrawal = order.recorded.intent.kind === 'withdrawal'
  const debits = isWithdrawal ? withMoney(ofMethod(order, 'debit')) : []
  return [
    ...requests(order, debits),
    ...confirmations(order),
    ...failures(order, debits[0]?.money ?? order.recorded.intent.expect),
    ...unreadable(order, 'payoutfailed', 'credit', ...confirmingMethods(order), ...(isWithdrawal ? ['debit'] : [])),
  ]
}

/** A withdrawal's `debit` asks for the money once. A second one is a case for manual review. */
const requests = (order: OrderReports, debits: readonly MoneyReport[]): readonly Fact[] => {
  const [first, ...others] = debits
  if (!first) return []
  const isSame = ({ money }: MoneyReport): boolean => sameMoney(money, first.money)
  return [
    {
      ...factOf(order, debits.filter(isSame)),
      key: order.vendorId,
      type: 'withdrawal.requested',
      amount: first.money,
    },
    ...others.map((report) => reviewOf(order, report, isSame(report) ? 'possible_duplicate' : 'amount_differs')),
  ]
}

/** The `debit` of a direct credit is what `payoutconfirmation` is for other payouts. */
const confirmations = (order: OrderReports): readonly Fact[] =>
  byAmount(withMoney(ofMethod(order, ...confirmingMethods(order)))).flatMap(([first, ...others]) => [
    { ...factOf(order, [first]), key: keyOf(first.money), type: 'payout.confirmed' as const, amount: first.money },
    ...others.map((report) => reviewOf(order, report, 'unexpected_payout')),
  ])

const confirmingMethods = ({ recorded: { intent } }: OrderReports): readonly string[] =>
  intent.kind === 'payout' && usesMandate(intent) ? ['payoutconfirmation', 'debit'] : ['payoutconfirmation']

/** A `cancel` names no amount: it means `whole`. Each method reports a failure once; any further report is unexpected. */
const failures = (order: OrderReports, whole: Money): readonly Fact[] => {
  const cancels = ofMethod(order, 'cancel')
  const groups = byAmount(withMoney(ofMethod(order, 'payoutfailed', 'credit')))
  const facts = groups.flatMap((reports): readonly Fact[] => {
    const [{ money: amount }] = reports
    const ended = sameMoney(amount, whole) ? cancels : []
    if (ended.length === 0 && isOverruled(order, amount, reports))
      return reports.map((report) => reviewOf(order, report, 'ambiguous_return'))
    const first = reports.filter((report) => reports.find(({ method }) => method === report.method) === report)
    const evidence = order.reports.filter((report) => [...first, ...ended].includes(report))
    return [
      { ...factOf(order, evidence), key: keyOf(amount), type: 'payout.failed', amount },
      ...reports
        .filter((report) => !evidence.includes(report))
        .map((report) => reviewOf(order, report, 'unexpected_credit')),
    ]
  })
  const isNamed = groups.some(([{ money }]) => sameMoney(money, whole))
  return isNamed || cancels.length === 0
    ? facts
    : [...facts, { ...factOf(order, cancels), key: 'cancel', type: 'payout.failed', amount: null }]
}

/** Reported as failed, later as sent, and no money came back: the customer may have it. */
const isOverruled = (order: OrderReports, amount: Money, reports: readonly MoneyReport[]): boolean => {
  const confirmed = withMoney(ofMethod(order, 'payoutconfirmation')).filter(({ money }) => sameMoney(money, amount))
  return (
    confirmed.length > 0 &&
    reports.every((failed) => failed.method === 'payoutfailed' && confirmed.every((sent) => isEarlier(failed, sent)))
  )
}

const byAmount = (reports: readonly MoneyReport[]): readonly (readonly [MoneyReport, ...MoneyReport[]])[] =>
  groupBy(reports, ({ money }) => keyOf(money))

const keyOf = ({ value, currency }: Money): string => `${value} ${currency}`

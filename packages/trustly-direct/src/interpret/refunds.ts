import {
  type Fact,
  factsOf,
  intentOf,
  matchRefunds,
  ownMethods,
  type PaymentRecord,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type RefundReport,
  sameMoney,
} from '@railswitch/core/provider'
import { isEarlier, type MoneyReport, type OrderReports, ofMethod, reviewOf, withMoney } from './order-reports.ts'

/** The refunds of a deposit that may have been sent. A refused one is among them only if a confirmation reports it. */
export const refundsOf = (order: OrderReports): readonly RecordedIntent[] => {
  const { notRefused, refused } = callsOf(order)
  const sent = factsOf(confirmed(order, notRefused), 'refund.confirmed').flatMap(({ candidates }) => candidates)
  return [...notRefused, ...refused.filter(({ intent }) => sent.includes(paymentRef(intent)))]
}

const callsOf = ({ intent: deposit, record }: OrderReports) => {
  const refunds = record.intents.filter(({ intent }) => intent.of === deposit)
  const isRefused = ({ conclusion }: RecordedIntent): boolean => conclusion?.state === 'refused'
  return { notRefused: refunds.filter((refund) => !isRefused(refund)), refused: refunds.filter(isRefused) }
}

const confirmationsOf = (order: OrderReports): readonly MoneyReport[] =>
  withMoney(ofMethod(order, 'payoutconfirmation'))

const confirmed = (order: OrderReports, refunds: readonly RecordedIntent[]): readonly Fact[] =>
  matchRefunds({
    type: 'refund.confirmed',
    deposit: order.intent,
    vendorId: order.vendorId,
    refunds,
    refused: callsOf(order).refused,
    reports: confirmationsOf(order).map(toRefundReport),
  })

/** The facts of a deposit's refunds. Trustly does not name the refund that it reports. `returned`: the `credit`s of refunds that came back. */
export const refundFacts = (
  order: OrderReports,
  refunds: readonly RecordedIntent[],
  returned: readonly MoneyReport[],
): readonly Fact[] => {
  const shared = { deposit: order.intent, vendorId: order.vendorId }
  const confirmations = confirmationsOf(order)
  const failures = withMoney(ofMethod(order, 'payoutfailed'))
  const overruled = overruledIn({ failures, returned, confirmations, refunds })
  const reports = [...failures.filter((report) => !overruled.includes(report)), ...returned].map(toRefundReport)
  const failed = matchRefunds({
    ...shared,
    type: 'refund.failed',
    refunds,
    reports,
    decided: failedByPerson(order.record),
  })
  const sent = callsOf(order).notRefused.filter((refund) => !isDone(refund, refunds, failed, confirmations))
  return [
    ...failed,
    ...overruled.map((report) => reviewOf(order, report, 'ambiguous_return')),
    ...confirmed(order, sent),
  ]
}

const toRefundReport = ({ id, at, method, money }: MoneyReport): RefundReport => ({
  id,
  at,
  method,
  amount: money,
  source: 'vendor',
})

interface RefundReports {
  readonly failures: readonly MoneyReport[]
  readonly returned: readonly MoneyReport[]
  readonly confirmations: readonly MoneyReport[]
  readonly refunds: readonly RecordedIntent[]
}

/** Reported as failed; later more were sent than the other refunds explain, and no money came back: the customer may have it. */
const overruledIn = ({ failures, returned, confirmations, refunds }: RefundReports): readonly MoneyReport[] =>
  failures.filter(({ money }) => {
    const isAlike = (report: MoneyReport): boolean => sameMoney(report.money, money)
    const [failed, sent] = [failures.filter(isAlike), confirmations.filter(isAlike)]
    const possible = refunds.filter(({ intent }) => sameMoney(intent.expect, money)).length
    return (
      sent.length > 0 &&
      failed.length + sent.length > possible &&
      !returned.some(isAlike) &&
      failed.every((one) => sent.every((other) => isEarlier(one, other)))
    )
  })

/** An attempt that failed and was replaced by another, before any confirmation of its amount: no confirmation is about it. */
const isDone = (
  { intent }: RecordedIntent,
  refunds: readonly RecordedIntent[],
  failed: readonly Fact[],
  confirmations: readonly MoneyReport[],
): boolean => {
  const failure = factsOf(failed, 'refund.failed').find(({ refund }) => refund === paymentRef(intent))
  const isReplaced = refunds.some(
    ({ intent: other }) => other.reference === intent.reference && other.attempt > intent.attempt,
  )
  const alike = confirmations.filter(({ money }) => sameMoney(money, intent.expect))
  return failure !== undefined && isReplaced && alike.every(({ at }) => failure.at < at)
}

const failedByPerson = (record: PaymentRecord): readonly PaymentRef[] =>
  record.reports.flatMap(({ method, intent }) => {
    const recorded = method === ownMethods.personFailed ? intentOf(record, intent) : undefined
    return recorded ? [paymentRef(recorded.intent)] : []
  })

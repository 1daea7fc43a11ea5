import {
  type Fact,
  intentOf,
  merchantReference,
  type PaymentRef,
  paymentRef,
  type RecordedIntent,
  type Report,
} from '@railswitch/core/provider'
import { usesMandate } from '../direct-debit/managed-charge.ts'
import { factOf, type OrderReports, ofMethod, reviewOf, withMoney } from './order-reports.ts'

/** Whether a report is about the refund of a direct debit: it comes under the order id of the direct debit. */
export const isOfRefund = ({ members }: Report): boolean => members.refund === '1'

/**
 * The facts of a direct debit's refunds, which are named by their message id: `debit` confirms a refund, `cancel` and `credit` report that
 * it failed or came back. `order.intent` is the direct debit, or the refund if Trustly gave it an order id of its own.
 * @see https://docs.trustly.com/api/mdd-refunddirectdebit (read 2026-11-21)
 */
export const directDebitRefundFacts = (order: OrderReports): readonly Fact[] => {
  const { kind, of } = order.recorded.intent
  const deposit = kind === 'refund' ? of : order.intent
  if (deposit === undefined) return []
  const refunds = order.record.intents.filter(({ intent }) => intent.of === deposit)
  const isNamed = (refund: RecordedIntent, { members }: Report): boolean =>
    kind === 'refund' ? refund === order.recorded : merchantReference(refund.intent) === members.messageid
  const unnamed = order.reports.filter((report) => !refunds.some((refund) => isNamed(refund, report)))
  return [
    ...refunds.flatMap((refund) =>
      factsOfRefund({ ...order, reports: order.reports.filter((report) => isNamed(refund, report)) }, deposit, refund),
    ),
    ...withMoney(ofMethod({ reports: unnamed }, 'debit')).map((report) => reviewOf(order, report, 'unexpected_payout')),
    ...withMoney(ofMethod({ reports: unnamed }, 'credit')).map((report) =>
      reviewOf(order, report, 'unexpected_credit'),
    ),
  ]
}

const factsOfRefund = (order: OrderReports, deposit: PaymentRef, { intent }: RecordedIntent): readonly Fact[] => {
  const refund = paymentRef(intent)
  const match = { intent: deposit, refund, candidates: [refund] }
  const [sent, ...more] = withMoney(ofMethod(order, 'debit'))
  const ended = ofMethod(order, 'cancel', 'credit')
  const [back] = withMoney(ended)
  return [
    ...(sent ? [{ ...factOf(order, [sent]), ...match, type: 'refund.confirmed' as const, amount: sent.money }] : []),
    ...more.map((report) => reviewOf(order, report, 'unexpected_payout')),
    ...(ended.length > 0
      ? [{ ...factOf(order, ended), ...match, type: 'refund.failed' as const, amount: back?.money ?? intent.expect }]
      : []),
    ...ofMethod(order, 'debit', 'credit')
      .filter(({ money }) => money === undefined)
      .map((report) => reviewOf(order, report, 'amount_differs')),
  ]
}

/** The order without the reports of its refunds, and the reports of its refunds alone. */
export const splitRefunds = (order: OrderReports): readonly [OrderReports, OrderReports] => [
  { ...order, reports: order.reports.filter((report) => !isOfRefund(report)) },
  { ...order, reports: order.reports.filter(isOfRefund) },
]

/** Whether the intent of an order is a refund of a direct debit. */
export const isRefundOfDirectDebit = ({ recorded, record }: OrderReports): boolean => {
  const charged = intentOf(record, recorded.intent.of)?.intent
  return charged !== undefined && usesMandate(charged)
}

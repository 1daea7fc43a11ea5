import {
  compare,
  type Fact,
  intentOf,
  isOwnMethod,
  type PaymentRecord,
  type RecordedIntent,
  type Report,
} from '@railswitch/core/provider'
import { usesMandate } from '../direct-debit/managed-charge.ts'
import { accountFacts } from './account.ts'
import { depositFacts } from './deposit.ts'
import { directDebitRefundFacts, isRefundOfDirectDebit, splitRefunds } from './direct-debit-refund.ts'
import { mandateFacts } from './mandate-order.ts'
import { factOf, isLedgerLine, type OrderReports } from './order-reports.ts'
import { payoutFacts } from './payout.ts'

/**
 * The facts that all notifications of each order mean together. `credit` and `debit` are about the customer's balance at the
 * merchant: a `credit` is a deposit's success and a payout's failure. Pure, and independent of the order of the reports.
 */
export const interpret = (record: PaymentRecord): readonly Fact[] =>
  ordersIn(record).flatMap((order) => [...ownFactsOf(order), ...chosenAccounts(order), ...otherFacts(order)])

const ordersIn = (record: PaymentRecord): readonly OrderReports[] => {
  const orders = new Map<string, OrderReports & { readonly reports: Report[] }>()
  const byTime = [...record.reports].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
  for (const report of byTime) {
    const recorded = intentOf(record, report.intent)
    if (!recorded || report.intent === null || isOwnMethod(report.method)) continue
    const key = `${report.intent} ${report.vendorId}`
    const order = orders.get(key) ?? { intent: report.intent, recorded, vendorId: report.vendorId, reports: [], record }
    if (order.reports.at(-1)?.id !== report.id) order.reports.push(report)
    orders.set(key, order)
  }
  return [...orders.values()]
}

/** The accounts of a mandate are part of its own facts. */
const chosenAccounts = (order: OrderReports): readonly Fact[] =>
  order.recorded.intent.kind === 'mandate' ? [] : accountFacts(order)

/** Reports of a refund have its deposit's order id. */
const ownFactsOf = (order: OrderReports): readonly Fact[] => {
  const { kind } = order.recorded.intent
  switch (kind) {
    case 'deposit': {
      const [own, ofRefunds] = splitRefunds(order)
      return [...depositFacts(own), ...directDebitRefundFacts(ofRefunds)]
    }
    case 'payout':
    case 'withdrawal':
      return payoutFacts(order)
    case 'refund':
      return isRefundOfDirectDebit(order) ? directDebitRefundFacts(order) : []
    case 'account':
      return []
    case 'mandate':
      return mandateFacts(order)
    default:
      return kind satisfies never
  }
}

const otherFacts = (order: OrderReports): readonly Fact[] => {
  const { kind } = order.recorded.intent
  return order.reports.flatMap((report): readonly Fact[] => {
    const { method, members } = report
    if (method === 'kyc') return [{ ...factOf(order, [report]), type: 'kyc.received', abort: members.abort ?? null }]
    return understoodIn(order).has(method) || (kind === 'deposit' && isLedgerLine(report))
      ? []
      : [{ ...factOf(order, [report]), type: 'unrecognised', method }]
  })
}

const everywhere = ['account', 'cancel', 'kyc']
const moneyOut = [...everywhere, 'credit', 'payoutconfirmation', 'payoutfailed']

/** The notifications that each kind of order can have. Any other one is `unrecognised`. */
const understood: Readonly<Record<RecordedIntent['intent']['kind'], ReadonlySet<string>>> = {
  deposit: new Set([...moneyOut, 'pending', 'debit']),
  refund: new Set(),
  payout: new Set(moneyOut),
  withdrawal: new Set([...moneyOut, 'debit']),
  account: new Set(everywhere),
  mandate: new Set(everywhere),
}

const directDebit: ReadonlySet<string> = new Set(['pending', 'debit', 'cancel', 'credit'])

/** A payout to a mandate is a direct credit, whose `debit` confirms it. */
const understoodIn = (order: OrderReports): ReadonlySet<string> => {
  const { intent } = order.recorded
  const isManaged = isRefundOfDirectDebit(order) || (intent.kind === 'payout' && usesMandate(intent))
  return isManaged ? new Set([...understood[intent.kind], ...directDebit]) : understood[intent.kind]
}

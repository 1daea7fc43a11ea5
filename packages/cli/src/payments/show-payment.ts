import { withApplication } from '../application/open-application.ts'
import type { ApplicationOptions } from '../application/options.ts'
import { plain } from '../output/plain.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import { moneyText, stateText, timeText } from '../output/values.ts'
import type { Terminal } from '../terminal.ts'
import { findPayment, type PaymentView } from './find-payment.ts'

export const showPayment = async (
  reference: string,
  { json, ...options }: ApplicationOptions & { readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const view = await withApplication(options, terminal, ({ payments }) => findPayment(payments, reference))
  printResult(terminal, { json, result: view, toText: () => paymentText(view, terminal) })
}

/** A payment with its money, refunds, reviews and reports. */
const paymentText = (view: PaymentView, terminal: Terminal): string => {
  const paint = painter(terminal)
  const title = `${paint('strong', view.reference)}  ${view.kind}  ${stateText(view.state, paint)}\n\n`
  const details = table([['payment', view.payment], ['rail', view.rail], ...detailsOf(view)], terminal)
  return [title, details, refundsText(view, terminal), reviewsText(view, terminal), historyText(view, terminal)].join(
    '',
  )
}

const detailsOf = (view: PaymentView): readonly (readonly [string, string])[] => {
  switch (view.kind) {
    case 'deposit':
      return [
        ['expected', moneyText(view.attempts[0]?.expected)],
        ['credited', moneyText(view.credited)],
        ['reversed', moneyText(view.reversed)],
        ['refunded', moneyText(view.refunded)],
        ['refundable', moneyText(view.refundable)],
      ]
    case 'payout':
    case 'withdrawal':
      return [['amount', moneyText(view.amount)]]
    case 'account':
      return [['mandate', view.mandate ?? 'none']]
    case 'mandate':
      return [['account', view.account ?? 'none'], ...(view.reason ? [['reason', view.reason] as const] : [])]
    default:
      return view satisfies never
  }
}

const refundsText = (view: PaymentView, terminal: Terminal): string => {
  if (view.kind !== 'deposit' || view.refunds.length === 0) return ''
  const paint = painter(terminal)
  const rows = view.refunds.map(({ reference, amount, state }) => [
    reference,
    moneyText(amount),
    stateText(state, paint),
  ])
  return `\n${table(rows, terminal, ['refund', 'amount', 'state'])}`
}

const reviewsText = ({ reviews }: PaymentView, terminal: Terminal): string =>
  reviews.length === 0
    ? ''
    : `\n${table(
        reviews.map(({ id, reason, detail = '' }) => [painter(terminal)('warning', reason), plain(detail), plain(id)]),
        terminal,
        ['review', 'detail', 'id'],
      )}`

const historyText = ({ history }: PaymentView, terminal: Terminal): string => {
  if (history.length === 0) return '\nNothing was reported yet.\n'
  const rows = history.map(({ at, method, money, proof, state }) => [
    timeText(at),
    plain(method),
    moneyText(money),
    proof,
    state,
  ])
  return `\n${table(rows, terminal, ['time (UTC)', 'report', 'money', 'proof', 'state after it'])}`
}

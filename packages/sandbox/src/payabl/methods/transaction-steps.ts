import { toLocalTime } from '../../platform/local-time.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import { isPayIn, type Transaction } from '../state/payment.ts'
import { formatAmount } from '../wire/money.ts'
import type { XmlElement } from '../wire/xml.ts'

/** A payment in tx_diagnose: its transactions as numbered steps, oldest first. */
export const toSteps = (
  { transactionId }: Transaction,
  transactions: readonly Transaction[],
  assumptions: PayablAssumptions,
): XmlElement => {
  const steps = transactions.map((transaction) => toStep(transaction, assumptions))
  if (assumptions.emptyStep === 'present') steps.push((steps[0] ?? []).map(([name]) => [name, '']))
  const numbered = steps.map((step, index): XmlElement => [`step${index + 1}`, step])
  return [
    'transaction',
    [
      ['transaction_id', transactionId],
      ['transaction_status', numbered],
    ],
  ]
}

const toStep = (step: Transaction, assumptions: PayablAssumptions): readonly XmlElement[] => {
  const { amount, issued, type, state, payment } = step
  const hasState = assumptions.diagnoseState === 'present' && isPayIn(step)
  return [
    ['amount', formatAmount(amount)],
    ['creation_date', toLocalTime(issued, assumptions.timeZone)],
    ['currency', payment.currency],
    ['custom1', payment.custom1],
    ['error_code', toErrorCode(step, assumptions)],
    ['order_id', payment.orderid],
    ...(hasState ? [['payment_state', state === 'aborted' ? 'not_credited' : state] as const] : []),
    ['type', assumptions.stepType === 'invoice' ? 'invoice' : type],
  ]
}

/** "0 successful, 2000 pending, otherwise failed": a failure without its own code gets one here. */
const toErrorCode = ({ state, errorcode }: Transaction, { diagnoseNotCreditedYet }: PayablAssumptions): string => {
  if (state === 'not_credited_yet') return diagnoseNotCreditedYet
  return state === 'not_credited' && errorcode === '0' ? '-5002' : errorcode
}

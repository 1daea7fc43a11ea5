import type { Problem } from '../../checkout/visit.ts'
import type { MoneyIn } from '../lifecycle/money-in.ts'
import { type KycAbort, notifyKyc } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Order } from '../state/order.ts'
import { parseAmount } from '../wire/money.ts'

type Dependencies = { readonly notifier: Notifier; readonly moneyIn: MoneyIn }
type Applicant = { readonly amount: bigint; readonly abort: KycAbort | undefined }

// How long the vendor lets the customer wait for the merchant's word is not published.
const answerTimeoutMs = 5_000

/** With RequestKYC the merchant decides "after the bank login, before the transfer" whether the customer may pay, and
 *  how much. Without an answer the customer stays on the page and may try again. */
export const identify = async (
  { notifier, moneyIn }: Dependencies,
  order: Order,
  { amount, abort }: Applicant,
): Promise<'welcome' | 'turned away' | Problem> => {
  if (!order.terms.asksKyc) return 'welcome'
  if (order.kyc === 'unasked') await ask(notifier, order, abort)
  // The order may have ended meanwhile.
  if (order.state !== 'created') return 'turned away'
  const turnAway = () => {
    moneyIn.cancel(order)
    return 'turned away' as const
  }
  if (abort) return turnAway()
  if (typeof order.kyc === 'string') return { problem: 'The shop has not answered yet. Try again in a moment.' }
  if (order.kyc.status === 'FINISH') return turnAway()
  const limit = parseAmount(order.kyc.limit ?? '', order.terms.currency)
  if (limit === undefined || amount <= limit) return 'welcome'
  return order.terms.amount === undefined ? { problem: 'The shop takes less from you.', field: 'amount' } : turnAway()
}

const ask = async (notifier: Notifier, order: Order, abort: KycAbort | undefined): Promise<void> => {
  const answered = new Promise<void>((resolve) => {
    notifyKyc(notifier, order, { ...(abort && { abort }), onAnswer: resolve })
  })
  // Nobody answers what is held back, and nothing is decided by an abort's answer.
  if (order.terms.hold || abort) return
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, answerTimeoutMs)
  })
  await Promise.race([answered, timeout])
  clearTimeout(timer)
}

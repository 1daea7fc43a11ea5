import type { Problem } from '../../checkout/visit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { MoneyIn } from '../lifecycle/money-in.ts'
import { type KycAbort, notifyKyc } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import type { Order } from '../state/order.ts'
import { parseAmount } from '../wire/formats.ts'

interface Dependencies {
  readonly notifier: Notifier
  readonly moneyIn: MoneyIn
  readonly clock: Pick<Clock, 'after'>
}

interface Customer {
  readonly amount: bigint
  readonly abort: KycAbort | undefined
}

// The vendor does not publish how long the customer waits for the merchant's answer.
const answerTimeoutMs = 5_000

/** With RequestKYC the merchant decides "after the bank login, before the transfer" whether the customer may pay, and
 *  how much. Without an answer the customer stays on the page and can try again. */
export const checkCustomer = async (
  dependencies: Dependencies,
  order: Order,
  { amount, abort }: Customer,
): Promise<'accepted' | 'rejected' | Problem> => {
  if (!order.terms.asksKyc) return 'accepted'
  if (order.kyc === 'not requested') await ask(dependencies, order, abort)
  // The order may have ended in the meantime.
  if (order.state !== 'created') return 'rejected'
  const reject = () => {
    dependencies.moneyIn.cancel(order)
    return 'rejected' as const
  }
  if (abort) return reject()
  if (typeof order.kyc === 'string') return { problem: 'shopSilent' }
  if (order.kyc.status === 'FINISH') return reject()
  const limit = parseAmount(order.kyc.limit ?? '', order.terms.currency)
  if (limit === undefined || amount <= limit) return 'accepted'
  return order.terms.amount === undefined ? { problem: 'amountRefused', field: 'amount' } : reject()
}

const ask = async ({ notifier, clock }: Dependencies, order: Order, abort: KycAbort | undefined): Promise<void> => {
  const answered = new Promise<void>((resolve) => {
    notifyKyc(notifier, order, { ...(abort && { abort }), onAnswer: resolve })
  })
  // A held notification gets no answer, and the answer to an abort decides nothing.
  if (order.terms.hold || abort) return
  let cancel = () => {}
  const timeout = new Promise<void>((resolve) => {
    cancel = clock.after(answerTimeoutMs, resolve)
  })
  await Promise.race([answered, timeout])
  cancel()
}

import { transactionIn } from '../lifecycle/simulated-events.ts'
import type { ActionContext, Done } from '../methods/action.ts'
import { payout } from '../methods/payout.ts'
import { preauthorize } from '../methods/preauthorize.ts'
import { type Account, type PayablMerchant, toMinor } from '../state/merchant.ts'
import { parseForm } from '../wire/form.ts'
import { copiedFields, type OrderChanges } from './order-copy.ts'
import { defaultOrder, type PayablStrangerOrder, toStrangerForm } from './stranger-order.ts'

/** Somebody besides your shop who may order with your orderid and your callback address: another merchant, with a
 *  secret of its own, or another shop of your merchant account, with yours. What is called here happens at once and is
 *  not among `requests`; both throw with payabl's status on what a request would be refused for. */
export type PayablStranger = PayablMerchant & {
  /** Starts a payment and gives its transaction id, with which `credit`, `fail`, `failPayout` and the others make of it
   *  what you need. The money for a payout is there. */
  readonly order: (order: PayablStrangerOrder) => string
  /** Starts the same payment as one of yours, by any of its transaction ids: kind, orderid, address and money, but for
   *  the changes. Gives the new transaction id. */
  readonly imitate: (transactionId: string, changes?: OrderChanges) => string
}

type Dependencies = {
  readonly context: Omit<ActionContext, 'account' | 'form'>
  readonly merchant: PayablMerchant
  readonly account: Account
}

export const createStranger = ({ context, merchant, account }: Dependencies): PayablStranger => {
  const { ledger, lifeCycle, assumptions, now } = context
  const addMoney = (currency: string, amount: bigint): void => {
    account.balance.set(currency, (account.balance.get(currency) ?? 0n) + amount)
  }
  return {
    merchantId: merchant.merchantId,
    secret: merchant.secret,
    order: (order) => {
      const { action, amount, currency } = { ...defaultOrder, ...order }
      const isPayout = action === 'payment_cft'
      if (isPayout) addMoney(currency, toMinor(amount))
      const call = { ...context, account, form: toStrangerForm(order) }
      const outcome = isPayout ? payout.run(call) : preauthorize.run(call)
      if ('answer' in outcome) return transactionIdIn(outcome)
      throw new Error(`payabl answers ${outcome.status}: ${outcome.hint ?? 'no reason given'}`)
    },
    imitate: (transactionId, changes = {}) => {
      const { payment } = transactionIn(ledger, transactionId)
      const [first] = payment.transactions
      const amount = changes.amount === undefined ? (first?.amount ?? 0n) : toMinor(changes.amount)
      const start = { ...copiedFields(payment, changes), account }
      if (payment.terms === undefined) {
        addMoney(payment.currency, amount)
        return lifeCycle.payOut({ ...start, amount, refused: false }).transactionId
      }
      const at = now()
      const imitation = ledger.open({ ...start, terms: { ...payment.terms, amount }, touched: at })
      const type = assumptions.captureId === 'same' ? 'capture' : 'preauthorization'
      return ledger.add(imitation, { type, amount, state: 'pending', errorcode: '2000', at }).transactionId
    },
  }
}

const transactionIdIn = ({ answer }: Done): string => {
  const body = answer === 'hang up' ? '' : (answer.body ?? '')
  return parseForm(Buffer.from(body)).values.get('transactionid') ?? ''
}

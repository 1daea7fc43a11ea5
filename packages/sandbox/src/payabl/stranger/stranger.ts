import { transactionIn } from '../lifecycle/simulated-events.ts'
import type { ActionContext, ActionResponse } from '../methods/action.ts'
import { payout } from '../methods/payout.ts'
import { preauthorize } from '../methods/preauthorize.ts'
import { type Account, type PayablMerchant, toMinor } from '../state/merchant.ts'
import { parseForm, toText } from '../wire/form.ts'
import { copiedFields, type OrderChanges } from './order-copy.ts'
import { defaultOrder, type PayablStrangerOrder, toStrangerForm } from './stranger-order.ts'

/** Another shop that may order with your orderid and your callback address: another merchant, with its own secret, or
 *  another shop of your merchant account, with your secret. These functions take effect immediately and are not in
 *  `requests`; both throw with payabl's status where a request would be refused. */
export interface PayablStranger extends PayablMerchant {
  /** Starts a payment and gives its transaction id for `credit`, `fail`, `failPayout` and the other events. There is
   *  money for a payout. */
  readonly order: (order: PayablStrangerOrder) => string
  /** Starts a copy of one of your payments, identified by any of its transaction ids, with its kind, orderid, address and
   *  money except for the changes. Gives the new transaction id. */
  readonly imitate: (transactionId: string, changes?: OrderChanges) => string
}

export const createStranger = (context: Omit<ActionContext, 'account' | 'form'>, account: Account): PayablStranger => {
  const { ledger, lifeCycle, assumptions, now } = context
  const addMoney = (currency: string, amount: bigint): void => {
    account.balance.set(currency, (account.balance.get(currency) ?? 0n) + amount)
  }
  return {
    merchantId: account.merchantId,
    get secret() {
      return toText(account.secret)
    },
    order: (order) => {
      const { action, amount, currency } = { ...defaultOrder, ...order }
      const isPayout = action === 'payment_cft'
      if (isPayout) addMoney(currency, toMinor(amount))
      const call = { ...context, account, form: toStrangerForm(order) }
      const outcome = isPayout ? payout.run(call) : preauthorize.run(call)
      if ('answer' in outcome) return transactionIdIn(outcome)
      throw new Error(`payabl responds with ${outcome.status}: ${outcome.hint ?? 'no reason given'}`)
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
      const copy = ledger.open({ ...start, terms: { ...payment.terms, amount }, touched: at })
      const type = assumptions.captureId === 'same' ? 'capture' : 'preauthorization'
      return ledger.add(copy, { type, amount, state: 'pending', errorcode: '2000', at }).transactionId
    },
  }
}

const transactionIdIn = ({ answer }: ActionResponse): string => {
  const body = answer === 'hang up' ? '' : (answer.body ?? '')
  return parseForm(Buffer.from(body)).values.get('transactionid') ?? ''
}

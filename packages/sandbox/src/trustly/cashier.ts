import type { Cashier, Leave } from '../checkout/checkout.ts'
import type { Problem } from '../checkout/problem.ts'
import { toView } from './checkout-view.ts'
import { closedPage } from './closed-page.ts'
import type { Ledger, Order } from './ledger.ts'
import type { LifeCycle } from './life-cycle.ts'
import { parseAmount } from './money.ts'
import { outcomes } from './outcomes.ts'

type Setting = {
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly now: () => Date
  readonly checkoutPath: string
}

// "Valid 10-30 minutes of inactivity"; then the order is cancelled.
const patienceMs = 30 * 60 * 1000

/** Trustly's side of the hosted checkout. */
export const createCashier = ({ ledger, lifeCycle, now, checkoutPath }: Setting): Cashier<Order> => ({
  path: checkoutPath,
  find: ledger.findSession,
  view: toView,
  closed: (order) => {
    touch(order, { lifeCycle, time: now() })
    return order.state === 'created' ? undefined : closedPage(order)
  },
  confirm: (order, fields) => confirm(order, fields, lifeCycle),
  cancel: (order) => {
    lifeCycle.cancel(order)
    return { leave: order.terms.failUrl }
  },
})

const touch = (order: Order, { lifeCycle, time }: { readonly lifeCycle: LifeCycle; readonly time: Date }): void => {
  if (order.state === 'created' && time.getTime() - order.touched.getTime() > patienceMs) {
    order.expired = true
    lifeCycle.cancel(order)
  }
  order.touched = time
}

const confirm = (order: Order, fields: URLSearchParams, lifeCycle: LifeCycle): Leave | Problem => {
  const outcome = outcomes.find(({ id }) => id === (fields.get('outcome') ?? outcomes[0].id))
  if (!outcome) return { problem: 'Choose one of the order options.' }
  const asked = outcome.asksAmount || order.terms.amount === undefined
  const amount = asked ? chosenAmount(order, fields.get('amount') ?? '') : order.terms.amount
  if (amount === undefined) return { problem: 'Enter an amount as in the example.', field: 'amount' }
  if (!outcome.asksAmount && !withinBounds(order, amount))
    return { problem: 'The shop does not take that amount.', field: 'amount' }
  const happen = {
    pending: () => lifeCycle.pend(order, amount),
    credit: () => lifeCycle.credit(order, amount),
    cancel: () => lifeCycle.cancel(order),
    debit: () => lifeCycle.debit(order),
  }
  for (const event of outcome.events) happen[event]()
  return { leave: order.terms.successUrl }
}

const chosenAmount = ({ terms: { currency } }: Order, text: string): bigint | undefined =>
  parseAmount(text.trim(), currency)

const withinBounds = ({ terms: { least, most } }: Order, amount: bigint): boolean =>
  (least === undefined || amount >= least) && (most === undefined || amount <= most)

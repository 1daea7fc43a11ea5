import { randomInt } from 'node:crypto'
import type { HttpAnswer, HttpRequest } from '../http-server.ts'
import { banksByCountry } from './banks.ts'
import type { CheckoutStep, Visit } from './checkout-visit.ts'
import { closedPage, unknownPage } from './closed-page.ts'
import type { Ledger, Order } from './ledger.ts'
import type { LifeCycle } from './life-cycle.ts'
import { parseAmount } from './money.ts'
import { outcomes } from './outcomes.ts'
import { stepPage } from './step-page.ts'

type Setting = {
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly now: () => Date
  readonly checkoutPath: string
}

/** What a posted step leads to: the next step, a complaint, or away from the page. */
type Move = { readonly next: Visit } | { readonly problem: string } | { readonly leave: string }

// "Valid 10-30 minutes of inactivity"; then the order is cancelled.
const patienceMs = 30 * 60 * 1000

/** The hosted checkout: GET shows the current step, POST takes it and redirects. Forms are URL-encoded and carry
 *  `step`: `bank` with `bank` (a name on the page), `login` with `login` (any id), `code` with `code` (shown on the
 *  page), `confirm` with `outcome` (an id of the order options) and, where it is asked, `amount`; and at any time
 *  `cancel`, or `restart` to choose another bank. */
export const createCheckout = (setting: Setting): ((request: HttpRequest) => HttpAnswer) => {
  const visits = new WeakMap<Order, Visit>()
  return ({ method, path, body }) => {
    const order = setting.ledger.findSession(path.slice(setting.checkoutPath.length))
    if (!order) return unknownPage()
    touch(order, setting)
    if (order.state !== 'created') return closedPage(order)
    const visit = visits.get(order) ?? { step: 'bank', bank: '', code: String(randomInt(100_000, 1_000_000)) }
    visits.set(order, visit)
    if (method !== 'POST') return stepPage(order, visit)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    const move = take(fields, { order, visit, lifeCycle: setting.lifeCycle })
    if ('problem' in move) return stepPage(order, visit, { problem: move.problem, fields })
    if ('leave' in move) return seeOther(new URL(move.leave).href)
    visits.set(order, move.next)
    return seeOther(path)
  }
}

const touch = (order: Order, { lifeCycle, now }: Setting): void => {
  const time = now()
  if (order.state === 'created' && time.getTime() - order.touched.getTime() > patienceMs) {
    order.expired = true
    lifeCycle.cancel(order)
  }
  order.touched = time
}

type Customer = { readonly order: Order; readonly visit: Visit; readonly lifeCycle: LifeCycle }

const take = (fields: URLSearchParams, customer: Customer): Move => {
  const { order, visit, lifeCycle } = customer
  const step = fields.get('step')
  if (step === 'cancel') {
    lifeCycle.cancel(order)
    return { leave: order.terms.failUrl }
  }
  if (step === 'restart') return { next: { ...visit, step: 'bank' } }
  // A step from a page that is no longer the current one, as after the browser's back button.
  if (step !== visit.step) return { next: visit }
  return takeStep[visit.step](fields, customer)
}

const takeStep: Record<CheckoutStep, (fields: URLSearchParams, customer: Customer) => Move> = {
  bank: (fields, { order, visit }) => {
    const bank = fields.get('bank') ?? ''
    const known = banksByCountry.get(order.terms.country)?.includes(bank)
    return known ? { next: { ...visit, bank, step: 'login' } } : { problem: 'Choose one of the banks.' }
  },
  login: (fields, { visit }) =>
    fields.get('login')?.trim() ? { next: { ...visit, step: 'code' } } : { problem: 'Enter a user ID. Any will do.' },
  code: (fields, { visit }) =>
    fields.get('code')?.replace(/\s/g, '') === visit.code
      ? { next: { ...visit, step: 'confirm' } }
      : { problem: 'That is not the code shown above.' },
  confirm: (fields, { order, lifeCycle }) => {
    const outcome = outcomes.find(({ id }) => id === (fields.get('outcome') ?? outcomes[0].id))
    if (!outcome) return { problem: 'Choose one of the order options.' }
    const asked = outcome.asksAmount || order.terms.amount === undefined
    const amount = asked ? chosenAmount(order, fields.get('amount') ?? '') : order.terms.amount
    if (amount === undefined) return { problem: 'Enter an amount as in the example.' }
    if (!outcome.asksAmount && !withinBounds(order, amount)) return { problem: 'The shop does not take that amount.' }
    const happen = {
      pending: () => lifeCycle.pend(order, amount),
      credit: () => lifeCycle.credit(order, amount),
      cancel: () => lifeCycle.cancel(order),
      debit: () => lifeCycle.debit(order),
    }
    for (const event of outcome.events) happen[event]()
    return { leave: order.terms.successUrl }
  },
}

const chosenAmount = ({ terms: { currency } }: Order, text: string): bigint | undefined =>
  parseAmount(text.trim(), currency)

const withinBounds = ({ terms: { least, most } }: Order, amount: bigint): boolean =>
  (least === undefined || amount >= least) && (most === undefined || amount <= most)

const seeOther = (location: string): HttpAnswer => ({ status: 303, headers: { Location: location } })

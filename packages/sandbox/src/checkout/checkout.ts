import { randomInt } from 'node:crypto'
import type { HttpAnswer, HttpRequest } from '../http-server.ts'
import { banksByCountry } from './banks.ts'
import { stepPage } from './step-page.ts'
import { unknownPage } from './unknown-page.ts'
import type { CheckoutView } from './view.ts'
import type { Visit } from './visit.ts'

/** What a vendor adds to the pages: its orders and what becomes of them. */
export type Cashier<Order extends object> = {
  /** The pages' path, with the slash before the session. */
  readonly path: string
  readonly find: (session: string) => Order | undefined
  readonly view: (order: Order) => CheckoutView
  /** The page of an order that takes no more steps; undefined while it takes some. */
  readonly closed: (order: Order) => HttpAnswer | undefined
  /** Both give the shop's address to which the customer goes. */
  readonly confirm: (order: Order, fields: URLSearchParams, bank: string) => Leave | Problem
  readonly cancel: (order: Order) => Leave
}

export type Leave = { readonly leave: string }
export type Problem = { readonly problem: string }

/** Where a posted step leads: to the next step, to a complaint, or away from the page. */
type Move = { readonly next: Visit } | Problem | Leave

/** The hosted checkout: GET shows the current step, POST takes it and redirects. Forms are URL-encoded and carry
 *  `step`: `bank` with `bank` (a name on the page), `login` with `login` (any id), `code` with `code` (shown on the
 *  page), `confirm` with `outcome` (an id of the order options) and, where it is asked, `amount`; and at any time
 *  `cancel`, or `restart` to choose another bank. */
export const createCheckout = <Order extends object>(
  cashier: Cashier<Order>,
): ((request: HttpRequest) => HttpAnswer) => {
  const visits = new WeakMap<Order, Visit>()
  return ({ method, path, body }) => {
    const order = cashier.find(path.slice(cashier.path.length))
    if (!order) return unknownPage()
    const closed = cashier.closed(order)
    if (closed) return closed
    const visit = visits.get(order) ?? { step: 'bank', bank: '', code: String(randomInt(100_000, 1_000_000)) }
    visits.set(order, visit)
    if (method !== 'POST') return stepPage(cashier.view(order), visit)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    const move = take(fields, { cashier, order, visit })
    if ('problem' in move) return stepPage(cashier.view(order), visit, { problem: move.problem, fields })
    if ('leave' in move) return seeOther(new URL(move.leave).href)
    visits.set(order, move.next)
    return seeOther(path)
  }
}

type Customer<Order extends object> = {
  readonly cashier: Cashier<Order>
  readonly order: Order
  readonly visit: Visit
}

const take = <Order extends object>(fields: URLSearchParams, { cashier, order, visit }: Customer<Order>): Move => {
  const step = fields.get('step')
  if (step === 'cancel') return cashier.cancel(order)
  if (step === 'restart') return { next: { ...visit, step: 'bank' } }
  // A step from a page that is no longer the current one, as after the browser's back button.
  if (step !== visit.step) return { next: visit }
  switch (visit.step) {
    case 'bank': {
      const bank = fields.get('bank') ?? ''
      const known = banksByCountry.get(cashier.view(order).country)?.includes(bank)
      return known ? { next: { ...visit, bank, step: 'login' } } : { problem: 'Choose one of the banks.' }
    }
    case 'login':
      if (fields.get('login')?.trim()) return { next: { ...visit, step: 'code' } }
      return { problem: 'Enter a user ID. Any will do.' }
    case 'code':
      if (fields.get('code')?.replace(/\s/g, '') === visit.code) return { next: { ...visit, step: 'confirm' } }
      return { problem: 'That is not the code shown above.' }
    case 'confirm':
      return cashier.confirm(order, fields, visit.bank)
    default:
      return visit.step satisfies never
  }
}

const seeOther = (location: string): HttpAnswer => ({ status: 303, headers: { Location: location } })

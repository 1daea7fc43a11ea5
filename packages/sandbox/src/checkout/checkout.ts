import { randomInt } from 'node:crypto'
import type { HttpAnswer, HttpRequest } from '../platform/http-server.ts'
import { accountsAt, type CustomerAccount } from './accounts.ts'
import { banksByCountry } from './banks.ts'
import type { Problem } from './problem.ts'
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
  readonly confirm: (order: Order, fields: URLSearchParams, chosen: Chosen) => Confirmed | Promise<Confirmed>
  readonly cancel: (order: Order) => Leave
}

/** What the customer pays from. */
export type Chosen = { readonly bank: string; readonly account: CustomerAccount }

export type Confirmed = Leave | Problem
export type Leave = { readonly leave: string }

/** Where a posted step leads: to the next step, to a complaint, or away from the page. */
type Move = { readonly next: Visit } | Problem | Leave

/** The hosted checkout: GET shows the current step, POST takes it and redirects. Forms are URL-encoded and carry
 *  `step`: `bank` with `bank` (a name on the page), `login` with `login` (any id), `account` with `account` (its last
 *  digits), `confirm` with `code` (shown on the page), `outcome` (an id of the order options) and, where it is asked,
 *  `amount`; and at any time `cancel`, or `restart` to choose another bank. */
export const createCheckout = <Order extends object>(
  cashier: Cashier<Order>,
): ((request: HttpRequest) => Promise<HttpAnswer>) => {
  const visits = new WeakMap<Order, Visit>()
  return async ({ method, path, body }) => {
    const order = cashier.find(path.slice(cashier.path.length))
    if (!order) return unknownPage()
    const closed = cashier.closed(order)
    if (closed) return closed
    const visit = visits.get(order) ?? arrive()
    visits.set(order, visit)
    if (method !== 'POST') return stepPage(cashier.view(order), visit)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    const move = await take(fields, { cashier, order, visit })
    if ('problem' in move) return stepPage(cashier.view(order), visit, { ...move, fields })
    if ('leave' in move) return seeOther(new URL(move.leave).href)
    visits.set(order, move.next)
    return seeOther(path)
  }
}

const arrive = (): Visit => ({
  step: 'bank',
  bank: '',
  account: undefined,
  code: String(randomInt(100_000, 1_000_000)),
})

type Customer<Order extends object> = {
  readonly cashier: Cashier<Order>
  readonly order: Order
  readonly visit: Visit
}

const take = <Order extends object>(
  fields: URLSearchParams,
  { cashier, order, visit }: Customer<Order>,
): Move | Promise<Move> => {
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
      if (fields.get('login')?.trim()) return { next: { ...visit, step: 'account' } }
      return { problem: 'Enter a user ID. Any will do.', field: 'login' }
    case 'account': {
      const account = accountsAt(visit.bank).find(({ lastDigits }) => lastDigits === fields.get('account'))
      return account ? { next: { ...visit, account, step: 'confirm' } } : { problem: 'Choose one of the accounts.' }
    }
    case 'confirm': {
      const { bank, account, code } = visit
      if (!account) return { next: { ...visit, step: 'account' } }
      const entered = fields.get('code')?.replace(/\s/g, '')
      if (entered !== code) return { problem: 'That is not the code shown below.', field: 'code' }
      return cashier.confirm(order, fields, { bank, account })
    }
    default:
      return visit.step satisfies never
  }
}

const seeOther = (location: string): HttpAnswer => ({ status: 303, headers: { Location: location } })

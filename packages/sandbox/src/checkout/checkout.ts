import type { Random } from '../platform/platform.ts'
import { randomInteger } from '../platform/random.ts'
import type { HttpRequest, HttpResponse } from '../platform/routes.ts'
import type { Activity } from './activity.ts'
import { accountsAt, banksByCountry, type CustomerAccount } from './banks.ts'
import { unknownPage } from './checkout-page.ts'
import { english } from './languages/english.ts'
import { stepPage } from './step-page.ts'
import type { CheckoutView } from './view.ts'
import type { Problem, Visit } from './visit.ts'

/** The vendor's side of the checkout: its orders, and what happens to them. */
export interface VendorCheckout<Order extends object> {
  /** The pages' path, with the slash before the session. */
  readonly path: string
  readonly find: (session: string) => Order | undefined
  readonly view: (order: Order) => CheckoutView
  /** The page of an order that accepts no more steps; undefined while it accepts some. */
  readonly closed: (order: Order) => HttpResponse | undefined
  /** Both give the address in the shop to which the customer is redirected. */
  readonly confirm: (
    order: Order,
    fields: URLSearchParams,
    chosen: Chosen,
  ) => Redirect | Problem | Promise<Redirect | Problem>
  readonly cancel: (order: Order) => Redirect
  /** Expires the order, as if the customer had done nothing for too long. */
  readonly expire: (order: Order) => void
  /** The vendor's name. */
  readonly name: string
}

/** The bank and the account that the customer chose. */
export interface Chosen {
  readonly bank: string
  readonly account: CustomerAccount
}

export interface Redirect {
  readonly redirectTo: string
}

/** The result of a submitted step: the next step, a problem, or a redirect to the shop. */
type StepResult = { readonly next: Visit } | Problem | Redirect

/** The hosted checkout: GET shows the current step, POST submits it and redirects. Forms are URL-encoded and carry
 *  `step`: `bank` with `bank` (a name on the page), `login` with `login` (any id), `account` with `account` (its last
 *  digits), `confirm` with `code` (shown on the page), `outcome` (an id of the order options) and, where it is asked
 *  for, `amount`. Accepted at any step: `cancel`, `restart` to choose another bank, and `shortcut` with `pay`, `cancel`,
 *  `fail` or `expire`, which ends the checkout at once. */
export const createCheckout = <Order extends object>(
  vendor: VendorCheckout<Order>,
  { random, activity }: { readonly random: Random; readonly activity: Activity<Order> },
): ((request: HttpRequest) => Promise<HttpResponse>) => {
  const visits = new WeakMap<Order, Visit>()
  return async ({ method, path, body }) => {
    const order = vendor.find(path.slice(vendor.path.length))
    if (!order) return unknownPage(vendor.name)
    const closed = vendor.closed(order)
    if (closed) return closed
    const known = visits.get(order)
    if (!known) activity.note(order, 'opens the checkout')
    const visit = known ?? newVisit(random)
    visits.set(order, visit)
    if (method !== 'POST') return stepPage(vendor.view(order), visit)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    const result = await submit(fields, { vendor, order, visit })
    const did = stepOf(fields, result)
    if (did !== undefined) activity.note(order, did)
    if ('problem' in result) return stepPage(vendor.view(order), visit, { ...result, fields })
    if ('redirectTo' in result) return seeOther(new URL(result.redirectTo).href)
    visits.set(order, result.next)
    return seeOther(path)
  }
}

/** What the customer did, for the operator; undefined for a step that says nothing. */
const stepOf = (fields: URLSearchParams, result: StepResult): string | undefined => {
  if ('problem' in result) return `gets a message: ${english[result.problem]}`
  if ('next' in result) return fields.get('step') === 'bank' ? `chooses ${result.next.bank}` : undefined
  const did = fields.get('shortcut') ?? fields.get('step')
  if (did === 'expire') return 'waits too long'
  return did === 'cancel' ? 'cancels' : 'confirms'
}

const newVisit = (random: Random): Visit => ({
  step: 'bank',
  bank: '',
  account: undefined,
  code: String(randomInteger(random, 100_000, 1_000_000)),
})

interface Submission<Order extends object> {
  readonly vendor: VendorCheckout<Order>
  readonly order: Order
  readonly visit: Visit
}

const submit = <Order extends object>(
  fields: URLSearchParams,
  { vendor, order, visit }: Submission<Order>,
): StepResult | Promise<StepResult> => {
  const step = fields.get('step')
  if (step === 'cancel') return vendor.cancel(order)
  if (step === 'shortcut') return takeShortcut(fields.get('shortcut') ?? '', { vendor, order, visit })
  if (step === 'restart') return { next: { ...visit, step: 'bank' } }
  // The step of an earlier page, for example after the browser's back button.
  if (step !== visit.step) return { next: visit }
  switch (visit.step) {
    case 'bank': {
      const bank = fields.get('bank') ?? ''
      const known = banksByCountry.get(vendor.view(order).country)?.includes(bank)
      return known ? { next: { ...visit, bank, step: 'login' } } : { problem: 'choose' }
    }
    case 'login':
      if (fields.get('failing') === 'login') return { problem: 'wrongLogIn', field: 'login' }
      if (fields.get('failing') === 'bank') return { problem: 'bankDown' }
      if (fields.get('login')?.trim()) return { next: { ...visit, step: 'account' } }
      return { problem: 'userIdMissing', field: 'login' }
    case 'account': {
      if (fields.get('account') === 'empty') return { problem: 'noFunds' }
      const account = accountsAt(visit.bank).find(({ lastDigits }) => lastDigits === fields.get('account'))
      return account ? { next: { ...visit, account, step: 'confirm' } } : { problem: 'choose' }
    }
    case 'confirm': {
      const { bank, account, code } = visit
      if (!account) return { next: { ...visit, step: 'account' } }
      const entered = fields.get('code')?.replace(/\s/g, '')
      if (entered !== code) return { problem: 'wrongCode', field: 'code' }
      return vendor.confirm(order, fields, { bank, account })
    }
    default:
      return visit.step satisfies never
  }
}

/** Confirms with the first account at the first bank, cancels, or lets the order expire. */
const takeShortcut = <Order extends object>(
  shortcut: string,
  { vendor, order, visit }: Submission<Order>,
): StepResult | Promise<StepResult> => {
  const { country, failure } = vendor.view(order)
  const [bank = ''] = banksByCountry.get(country) ?? []
  const [account] = accountsAt(bank)
  if (shortcut === 'cancel') return vendor.cancel(order)
  if (shortcut === 'expire') {
    vendor.expire(order)
    return { next: visit }
  }
  if (!account || (shortcut === 'fail' && failure === undefined)) return { problem: 'choose' }
  const outcome = shortcut === 'fail' && failure !== undefined ? { outcome: failure } : {}
  return vendor.confirm(order, new URLSearchParams(outcome), { bank, account })
}

const seeOther = (location: string): HttpResponse => ({ status: 303, headers: { Location: location } })

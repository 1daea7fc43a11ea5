import type { Chosen, Redirect, VendorCheckout } from '../../checkout/checkout.ts'
import { createInactivityTimeout, type InactivityTimeout } from '../../checkout/inactivity-timeout.ts'
import type { Problem } from '../../checkout/visit.ts'
import { type Clock, dayMs } from '../../platform/clock.ts'
import type { MandateEvents } from '../lifecycle/mandate-events.ts'
import type { MoneyIn } from '../lifecycle/money-in.ts'
import type { Withdrawals } from '../lifecycle/withdrawals.ts'
import { useAccount } from '../notifications/customer-notifications.ts'
import type { Notifier } from '../notifications/notifier.ts'
import { accountOfCheckout, type BankAccount, type BankAccounts } from '../state/bank-accounts.ts'
import type { Ledger } from '../state/ledger.ts'
import { type HostedOrder, isHosted, type Order } from '../state/order.ts'
import { parseAmount } from '../wire/formats.ts'
import { toView } from './checkout-view.ts'
import { closedPage } from './closed-page.ts'
import { checkCustomer } from './customer-check.ts'
import { outcomesOf, type PageEvent } from './outcomes.ts'

interface Dependencies {
  readonly ledger: Ledger
  readonly bankAccounts: BankAccounts
  readonly mandates: MandateEvents
  readonly moneyIn: MoneyIn
  readonly withdrawals: Withdrawals
  readonly notifier: Notifier
  readonly inactivity: Pick<InactivityTimeout<Order>, 'touch'>
  readonly clock: Clock
  /** The address and the path of the pages, with the slash before the session. */
  readonly checkoutUrl: string
  readonly checkoutPath: string
}

/** "Valid 10-30 minutes of inactivity"; then the order is cancelled. */
export const createTrustlyTimeout = (clock: Clock, cancel: (order: Order) => unknown): InactivityTimeout<Order> =>
  createInactivityTimeout({
    clock,
    ms: 30 * 60 * 1000,
    isOpen: ({ state, page }) => state === 'created' && page !== undefined,
    expire: (order) => {
      order.expired = true
      cancel(order)
    },
  })

/** Trustly's side of the hosted checkout. */
export const createTrustlyCheckout = (dependencies: Dependencies): VendorCheckout<HostedOrder> => ({
  name: 'Trustly',
  path: dependencies.checkoutPath,
  find: (session) => {
    const order = dependencies.ledger.findSession(session)
    return order && isHosted(order) ? order : undefined
  },
  view: toView,
  closed: (order) => {
    dependencies.inactivity.touch(order)
    return order.state === 'created' ? undefined : closedPage(order)
  },
  confirm: (order, fields, chosen) => confirm(dependencies, order, { fields, chosen }),
  cancel: (order) => {
    dependencies.moneyIn.cancel(order)
    return redirect(dependencies, order, order.page.failUrl)
  },
  expire: (order) => {
    order.expired = true
    dependencies.moneyIn.cancel(order)
  },
})

// Without an address of the shop the customer stays on the checkout page.
const redirect = ({ checkoutUrl }: Dependencies, { session }: HostedOrder, url: string): Redirect => ({
  redirectTo: url || `${checkoutUrl}${session}`,
})

interface Submitted {
  readonly fields: URLSearchParams
  readonly chosen: Chosen
}

const confirm = async (
  dependencies: Dependencies,
  order: HostedOrder,
  { fields, chosen }: Submitted,
): Promise<Redirect | Problem> => {
  const options = outcomesOf(order)
  const outcome = options.find(({ id }) => id === (fields.get('outcome') ?? options[0].id))
  if (!outcome) return { problem: 'choose' }
  const amount = amountOf(order, fields, outcome.asksAmount)
  if (typeof amount === 'string') return { problem: amount, field: 'amount' }
  const known = await checkCustomer(dependencies, order, { amount, abort: outcome.aborts })
  if (known === 'rejected') return redirect(dependencies, order, order.page.failUrl)
  if (known !== 'accepted') return known
  const bankAccount = accountOfCheckout(order.page.country, chosen.bank, chosen.account.lastDigits)
  if (order.kind === 'mandate') return signOnPage(dependencies, order, { events: outcome.events, bankAccount })
  useAccount(dependencies, order, { bankAccount, mandate: order.terms.asksMandate && !outcome.declinesMandate })
  for (const event of outcome.events) simulate(dependencies, order, { event, amount })
  return redirect(dependencies, order, order.page.successUrl)
}

interface Signing {
  readonly events: readonly PageEvent[]
  readonly bankAccount: BankAccount
}

const signOnPage = (dependencies: Dependencies, order: HostedOrder, { events, bankAccount }: Signing): Redirect => {
  const { mandates, moneyIn } = dependencies
  const isKnown = order.bankAccount !== undefined
  mandates.sign(order, order.bankAccount ?? bankAccount, isKnown ? 'ACCOUNT_ID' : 'AIS')
  // The customer has a mandate already.
  if (order.state !== 'pending') return redirect(dependencies, order, order.page.failUrl)
  if (events.includes('activate')) mandates.activate(order)
  if (events.includes('refuse')) moneyIn.cancel(order, { reason: 'FAILED' })
  if (events.includes('activate later'))
    aDayLater(dependencies, () => {
      if (order.state === 'pending') mandates.activate(order)
    })
  return redirect(dependencies, order, order.page.successUrl)
}

const aDayLater = ({ clock }: Dependencies, job: () => void): void =>
  void clock.at(new Date(clock.now().getTime() + dayMs), job)

/** The amount in minor units, or the problem with the customer's input. */
const amountOf = (
  order: HostedOrder,
  fields: URLSearchParams,
  asksAmount = false,
): bigint | 'noAmount' | 'amountRefused' => {
  const { kind, terms } = order
  if (kind === 'selection' || kind === 'mandate') return 0n
  if (!asksAmount && terms.amount !== undefined) return terms.amount
  // Most of the languages write a decimal comma.
  const text = fields.get('amount')?.trim().replace(',', '.') ?? ''
  const amount = parseAmount(text, terms.currency)
  if (amount === undefined) return 'noAmount'
  const { smallest = amount, largest = amount } = terms
  return asksAmount || (amount >= smallest && amount <= largest) ? amount : 'amountRefused'
}

const simulate = (
  dependencies: Dependencies,
  order: HostedOrder,
  { event, amount }: { readonly event: PageEvent; readonly amount: bigint },
): void => {
  const { moneyIn, withdrawals } = dependencies
  const events: Partial<Record<PageEvent, () => unknown>> = {
    pending: () => moneyIn.pend(order, amount),
    credit: () => moneyIn.credit(order, amount),
    'credit later': () =>
      aDayLater(dependencies, () => {
        if (order.state === 'pending') moneyIn.credit(order, amount)
      }),
    cancel: () => moneyIn.cancel(order),
    debit: () => moneyIn.debit(order),
    ask: () => withdrawals.request(order, amount),
    choose: () => {
      order.state = 'chosen'
    },
  }
  events[event]?.()
}

import type { Redirect, VendorCheckout } from '../../checkout/checkout.ts'
import { createInactivityTimeout, type InactivityTimeout } from '../../checkout/inactivity-timeout.ts'
import { languageOf } from '../../checkout/languages/language.ts'
import type { CheckoutView } from '../../checkout/view.ts'
import type { Problem } from '../../checkout/visit.ts'
import { type Clock, dayMs } from '../../platform/clock.ts'
import type { PayablAssumptions } from '../assumptions/assumptions.ts'
import type { LifeCycle } from '../lifecycle/life-cycle.ts'
import type { Ledger } from '../state/ledger.ts'
import type { DepositTerms } from '../state/payment.ts'
import { type Payment, payInOf } from '../state/payment.ts'
import { payInCountries } from '../wire/countries.ts'
import { formatAmount } from '../wire/money.ts'
import { closedPage } from './closed-page.ts'
import { outcomes } from './outcomes.ts'

interface Dependencies {
  readonly ledger: Ledger
  readonly lifeCycle: LifeCycle
  readonly assumptions: PayablAssumptions
  readonly inactivity: Pick<InactivityTimeout<Payment>, 'touch'>
  readonly clock: Clock
  readonly checkoutPath: string
  /** The same path as an absolute address. */
  readonly checkoutUrl: string
}

/** A pay-in on its page. */
type HostedPayIn = Payment & { readonly terms: DepositTerms }

/** Trustly's time-out for a customer who does nothing. "Close tab → nothing": the merchant is notified only when the
 *  customer returns to the page. */
export const createPayablTimeout = (clock: Clock, abort: (payment: Payment) => unknown): InactivityTimeout<Payment> =>
  createInactivityTimeout({
    clock,
    ms: 30 * 60 * 1000,
    isOpen: (payment) => payInOf(payment)?.state === 'pending',
    expire: abort,
  })

/** payabl's side of the hosted checkout. The pages are Trustly's. */
export const createPayablCheckout = (dependencies: Dependencies): VendorCheckout<HostedPayIn> => {
  const { ledger, lifeCycle, inactivity, checkoutPath } = dependencies
  return {
    name: 'payabl.',
    path: checkoutPath,
    find: (session) => {
      const payment = ledger.findSession(session)
      return payment && isHosted(payment) ? payment : undefined
    },
    view: toView,
    closed: (payment) => {
      inactivity.touch(payment)
      const state = payInOf(payment)?.state
      const succeeded = state === 'not_credited_yet' || state === 'credited'
      return state === 'pending'
        ? undefined
        : closedPage(payment, toView(payment), redirectOf(dependencies, payment, succeeded).redirectTo)
    },
    confirm: (payment, fields, { bank }) => {
      payment.bank = bank
      return confirm(dependencies, payment, fields)
    },
    cancel: (payment) => {
      lifeCycle.abort(payment)
      return redirectOf(dependencies, payment, false)
    },
    expire: (payment) => void lifeCycle.abort(payment, dependencies.assumptions.expiryErrorcode),
  }
}

const confirm = (dependencies: Dependencies, payment: HostedPayIn, fields: URLSearchParams): Redirect | Problem => {
  const outcome = outcomes.find(({ id }) => id === (fields.get('outcome') ?? outcomes[0].id))
  if (!outcome) return { problem: 'choose' }
  const { lifeCycle, clock } = dependencies
  const simulate = {
    accept: () => lifeCycle.accept(payment),
    credit: () => lifeCycle.credit(payment),
    creditLater: () =>
      clock.at(new Date(clock.now().getTime() + dayMs), () => {
        if (payInOf(payment)?.state === 'not_credited_yet') lifeCycle.credit(payment)
      }),
    fail: () => lifeCycle.fail(payment),
    bankFailure: () => lifeCycle.abort(payment, '-5002'),
    chargeBack: () => lifeCycle.chargeBack(payment),
  }
  for (const event of outcome.events) simulate[event]()
  return redirectOf(dependencies, payment, outcome.succeeds)
}

const redirectOf = (
  { assumptions, checkoutUrl }: Dependencies,
  { terms, session }: HostedPayIn,
  succeeded: boolean,
): Redirect => {
  const byOutcome = succeeded ? terms.urlSuccess : terms.urlFailed
  const wanted = assumptions.landing === 'outcome' ? [byOutcome, terms.urlReturn] : [terms.urlReturn, byOutcome]
  // Without an address of the shop the customer stays on the page.
  return { redirectTo: wanted.find((url) => url !== '') ?? `${checkoutUrl}${session}` }
}

const isHosted = (payment: Payment): payment is HostedPayIn => payment.terms !== undefined

const toView = ({ account, currency, terms }: HostedPayIn): CheckoutView => ({
  vendor: 'payabl.',
  language: languageOf(terms.language),
  payee: account.name,
  amount: formatAmount(terms.amount),
  currency,
  country: payInCountries.get(terms.country) ?? '',
  outcomes,
  failure: 'not-credited',
  shopUrls: [terms.urlSuccess, terms.urlFailed, terms.urlReturn].filter((url) => url !== ''),
  urlTarget: undefined,
})

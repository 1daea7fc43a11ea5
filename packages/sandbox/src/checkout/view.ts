import { type Html, html, nothing } from '../platform/html.ts'

/** What can become of a payment that the customer confirmed. */
export type Outcome = {
  readonly id: string
  readonly label: string
  readonly explanation: string
  /** The customer sends an amount of his own. */
  readonly asksAmount?: true
}

/** What the hosted pages show of a vendor's order. */
export type CheckoutView = {
  /** What the customer is here for: to pay, unless it says otherwise. */
  readonly purpose?: 'payment' | 'withdrawal' | 'selection'
  readonly payee: string
  /** As on the wire, undefined when the customer chooses one. */
  readonly amount: string | undefined
  readonly currency: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** The order options, the default first. */
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** The shop's addresses to which the pages may lead. */
  readonly shopUrls: readonly string[]
  /** The frame in which the shop wants its pages. */
  readonly urlTarget: string | undefined
}

/** What is paid, and to whom: the head of every page of an order. */
export const summary = (view: CheckoutView): Html =>
  html`<dl class="sum"><dt>${view.payee}</dt><dd>${sumOf(view)}</dd></dl>`

const sumOf = ({ purpose, amount, currency }: CheckoutView): string => {
  if (purpose === 'selection') return 'Your bank account'
  return amount === undefined ? `Any amount in ${currency}` : `${amount} ${currency}`
}

/** The attribute for the frame in which the shop wants its pages. */
export const target = ({ urlTarget }: CheckoutView): Html =>
  urlTarget === undefined ? nothing : html` target="${urlTarget}"`

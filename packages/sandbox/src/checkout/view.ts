import { type Html, html, nothing } from '../platform/html.ts'

/** A possible outcome of a payment that the customer confirms. */
export interface Outcome {
  readonly id: string
  readonly label: string
  readonly explanation: string
  /** The customer enters the amount. */
  readonly asksAmount?: true
}

/** The data of a vendor's order that the hosted pages show. */
export interface CheckoutView {
  /** `payment` unless given. */
  readonly purpose?: 'payment' | 'withdrawal' | 'selection'
  readonly payee: string
  /** As on the wire; undefined when the customer chooses the amount. */
  readonly amount: string | undefined
  readonly currency: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** The order options, the default first. */
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** The shop's addresses to which the pages may redirect. */
  readonly shopUrls: readonly string[]
  /** The frame in which the shop wants its pages. */
  readonly urlTarget: string | undefined
}

/** The amount and the payee: the top of every page of an order. */
export const summary = (view: CheckoutView): Html =>
  html`<dl class="sum"><dt>${view.payee}</dt><dd>${amountText(view)}</dd></dl>`

const amountText = ({ purpose, amount, currency }: CheckoutView): string => {
  if (purpose === 'selection') return 'Your bank account'
  return amount === undefined ? `Any amount in ${currency}` : `${amount} ${currency}`
}

/** The attribute for the frame in which the shop wants its pages. */
export const target = ({ urlTarget }: CheckoutView): Html =>
  urlTarget === undefined ? nothing : html` target="${urlTarget}"`

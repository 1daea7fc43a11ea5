import { type Html, html, nothing } from '../platform/html.ts'
import { fill, formatSum, type Language } from './languages/language.ts'

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
  /** The vendor's name. */
  readonly vendor: string
  readonly language: Language
  /** `payment` unless given. */
  readonly purpose?: 'payment' | 'withdrawal' | 'selection' | 'mandate'
  /** Empty where the shop has given no name. */
  readonly payee: string
  /** As on the wire; undefined when the customer chooses the amount. */
  readonly amount: string | undefined
  readonly currency: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** The order options, the default first. */
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** The id of the order option that fails, if there is one. */
  readonly failure: string | undefined
  /** The shop's addresses to which the pages may redirect. */
  readonly shopUrls: readonly string[]
  /** The frame in which the shop wants its pages. */
  readonly urlTarget: string | undefined
}

/** The amount and the payee: the top of every page of an order. */
export const summary = (view: CheckoutView): Html =>
  html`<dl class="sum"><dt>${payeeOf(view)}</dt><dd>${amountText(view)}</dd></dl>`

/** The shop, by its name or as such. */
export const payeeOf = ({ payee, language }: Pick<CheckoutView, 'payee' | 'language'>): string =>
  payee || language.texts.theShop

const amountText = ({ purpose, amount, currency, language }: CheckoutView): string => {
  const { texts } = language
  if (purpose === 'selection') return texts.yourAccount
  if (purpose === 'mandate') return texts.directDebit
  return amount === undefined ? fill(texts.anyAmount, { currency }) : formatSum(language, amount, currency)
}

/** True where money moves, and not only an account or a mandate is given. */
export const movesMoney = ({ purpose }: Pick<CheckoutView, 'purpose'>): boolean =>
  purpose !== 'selection' && purpose !== 'mandate'

/** The attribute for the frame in which the shop wants its pages. */
export const target = ({ urlTarget }: Pick<CheckoutView, 'urlTarget'>): Html =>
  urlTarget === undefined ? nothing : html` target="${urlTarget}"`

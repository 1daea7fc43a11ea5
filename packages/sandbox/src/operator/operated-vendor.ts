import type { Desk } from './operator-view.ts'
import type { Switches } from './switches.ts'

/** A vendor's twin as the control API sees it: the desk, and what the desk has no buttons for. */
export type Vendor = {
  readonly desk: Desk
  /** The switches of a merchant, the first unless named; some vendors have the same for all. */
  readonly switches: (merchant: string | undefined) => Switches
  /** Sets what a merchant has in a currency, `100.00`. */
  readonly setBalance: (merchant: string, currency: string, amount: string) => void
  /** Keeps back callbacks, of all payments or of one. */
  readonly hold: (payment?: string) => void
  readonly release: (payment?: string) => void
  /** Only tells: a well signed callback about a payment, whatever the books say. Gives its id. */
  readonly notify: (payment: string, news: News) => string
  /** Who may order with somebody else's reference and address, by name; `stranger` is another merchant. */
  readonly strangers: Readonly<Record<string, Stranger>>
  /** Resolves when the merchants had a first attempt of each callback so far, of all payments or of one. */
  readonly told: (payment?: string) => Promise<unknown>
}

export type Stranger = {
  readonly credentials: () => Readonly<Record<string, string>>
  /** Orders the same as a payment. Gives an id of the new one. */
  readonly imitate: (payment: string) => string
}

/** What a callback says: `fields` over the usual ones, undefined leaves one out. */
export type News = {
  /** Trustly's method; payabl's callbacks have a field `type` instead. */
  readonly method: string
  readonly fields: Readonly<Record<string, unknown>>
}

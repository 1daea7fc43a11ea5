import type { Desk } from '../back-office/desk.ts'
import type { Switches } from '../switches.ts'

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
  /** Resolves when the merchants had a first attempt of each callback so far, of all payments or of one. */
  readonly told: (payment?: string) => Promise<unknown>
}

import type { Chaos } from '../chaos/chaos.ts'
import type { Changes } from '../platform/changes.ts'
import type { Clock } from '../platform/clock.ts'
import type { OperatorView } from './operator-view.ts'
import type { Switches } from './switches.ts'

/** Everything that the back office and the control API operate. */
export interface Operator {
  readonly vendors: readonly OperatedVendor[]
  readonly clock: Pick<Clock, 'ahead' | 'move' | 'moveToNext' | 'next' | 'now' | 'reset'>
  readonly changes: Changes
  readonly chaos: Pick<Chaos, 'set' | 'script' | 'log'>
}

/** One vendor as its operator works with it: the view, and the operations that are not in the view. */
export interface OperatedVendor {
  readonly view: OperatorView
  /** The switches of a merchant, the first unless named; payabl has the same for all. */
  readonly switches: (merchant: string | undefined) => Switches
  /** Sets a merchant's balance in a currency, `100.00`. */
  readonly setBalance: (merchant: string, currency: string, amount: string) => void
  /** Holds the callbacks of all payments, or of one. */
  readonly hold: (payment?: string) => void
  readonly release: (payment?: string) => void
  /** Whether the callbacks of all payments, or of one, are held, and how many wait for their release. */
  readonly held: (payment?: string) => { readonly all: boolean; readonly waiting: number }
  /** Sends a correctly signed callback about a payment and changes nothing else. Gives its id. */
  readonly notify: (payment: string, content: CallbackContent) => string
  /** Those who may place orders with another shop's reference and address, by name; `stranger` is another merchant. */
  readonly strangers: Readonly<Record<string, Stranger>>
  /** Resolves when each callback so far, of all payments or of one, had its first attempt. */
  readonly attempted: (payment?: string) => Promise<unknown>
}

export interface Stranger {
  readonly credentials: () => Readonly<Record<string, string>>
  /** Places a copy of a payment's order. Gives an id of the new payment. */
  readonly imitate: (payment: string) => string
}

/** The content of a callback. `fields` replace the defaults; undefined omits one. */
export interface CallbackContent {
  /** Trustly's method; payabl's callbacks have a field `type` instead. */
  readonly method: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** What a customer does at the checkout, and when the money arrives after it. */
export type Visit =
  | { readonly way: 'pays'; readonly creditAfterMs: number }
  | { readonly way: 'pays at once' | 'pays another amount' | 'cancels' | 'leaves' | 'is approved and never credited' }

/** What a deployment changes. */
export type SettingsChange =
  | 'other active rail'
  | 'new callback secret'
  | 'payabl secret announced'
  | 'payabl secret in use'
  | 'new Trustly key'
  | 'rail removed'
  | 'rail returned'
  | 'store restored'
  | 'store reconciled'

interface Payment {
  readonly reference: string
  /** Decimal, in SEK. */
  readonly amount: string
}
interface AboutPayment {
  /** The reference of the payment. */
  readonly of: string
}
interface Clicks {
  /** How many times the same call is made at one moment. */
  readonly clicks: number
}
interface Restart {
  readonly shop: number
  readonly downMs: number
  readonly settings: SettingsChange | null
}

/** Everything that somebody can do or that can happen to a process, independent of what happened before. */
interface Deeds {
  readonly deposit: Payment & Clicks & { readonly visit: Visit & { readonly afterMs: number } }
  readonly refund: Payment & Clicks & AboutPayment
  /** `of`: the payment whose account receives it; null for bank details. */
  readonly 'pay out': Payment & Clicks & { readonly of: string | null }
  /** `asks`: the amount that the customer chooses on the page, if it is another one. */
  readonly withdraw: Payment & { readonly decision: 'approve' | 'deny'; readonly asks: string | null }
  readonly 'choose account': { readonly reference: string }
  readonly charge: Payment & AboutPayment
  /** The customer ends the mandate at the bank. */
  readonly 'revoke mandate': AboutPayment
  /** The call of an earlier action with this reference, as a further attempt: whether the application should or not. */
  readonly 'try again': AboutPayment & { readonly attempt: number }
  readonly 'charge back': AboutPayment & { readonly amount: string }
  readonly 'refund in the back office': AboutPayment & { readonly amount: string }
  readonly 'return refund': AboutPayment
  readonly 'confirm refunds': AboutPayment
  readonly 'fail payout': AboutPayment
  readonly 'confirm payout': AboutPayment
  readonly 'pay a second time': AboutPayment
  /** payabl only: money that was credited is lost again, or never comes. */
  readonly 'lose money': AboutPayment
  readonly 'stranger orders': AboutPayment & { readonly pays: boolean }
  readonly 'other program orders': AboutPayment & { readonly pays: boolean }
  readonly restart: Restart
  readonly 'deploy everywhere': { readonly settings: SettingsChange }
  readonly 'rotate payabl secret': object
  readonly 'rotate Trustly key': object
  readonly 'skew clock': { readonly shop: number; readonly ms: number }
  readonly 'store outage': { readonly ms: number }
  /** The vendors' callbacks do not reach any process of the shop. */
  readonly 'shop unreachable': { readonly ms: number }
  readonly 'people review': object
  readonly 'back up': object
  /** `activeChanges`: the active rail is another one after it. */
  readonly 'restore backup': { readonly activeChanges: boolean }
}

export type DeedName = keyof Deeds
export type DeedOf<Name extends DeedName> = { [N in Name]: { readonly does: N } & Deeds[N] }[Name]
export type Deed = DeedOf<DeedName>

export interface Action {
  /** Unique in its plan. */
  readonly id: string
  /** Milliseconds after the start. */
  readonly at: number
  readonly deed: Deed
}

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

/** Mandates are signed in two schemes: Bankgiro in SEK, and BACS in GBP, the only one that reports moved accounts. */
export type Country = 'SE' | 'GB'

/** What a customer does on the page of a mandate; `registeredAfterMs`: how long the scheme takes to register what was signed. */
export type Signing =
  | { readonly way: 'signs'; readonly registeredAfterMs: number }
  | { readonly way: 'cancels' | 'leaves' }

interface Payment {
  readonly reference: string
  /** Decimal, in SEK; in GBP for a charge of a mandate in GB, and for its refunds. */
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
  /** `of`: the payment or the mandate whose account receives it; null for bank details. */
  readonly 'pay out': Payment & Clicks & { readonly of: string | null }
  /** `asks`: the amount that the customer chooses on the page, if it is another one. */
  readonly withdraw: Payment & { readonly decision: 'approve' | 'deny'; readonly asks: string | null }
  readonly 'choose account': { readonly reference: string }
  readonly charge: Payment & AboutPayment
  /** The customer ends the mandate at the bank. */
  readonly 'revoke mandate': AboutPayment
  /** A mandate of managed direct debit. */
  readonly 'sign mandate': Clicks & { readonly reference: string; readonly country: Country; readonly signing: Signing }
  /** One that was signed elsewhere, to the account that the customer has chosen there. */
  readonly 'import mandate': AboutPayment & { readonly reference: string }
  /** The merchant ends it. */
  readonly 'cancel mandate': AboutPayment
  /** The customer moves to another bank. */
  readonly 'move mandate': AboutPayment
  readonly 'cancel charge': AboutPayment
  /** The bank cannot collect it. */
  readonly 'fail charge': AboutPayment
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

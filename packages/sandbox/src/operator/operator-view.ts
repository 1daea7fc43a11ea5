/** A successful end, an unsuccessful end, or no end yet. */
export type Tone = 'good' | 'bad' | 'open'

/** One vendor's data for the operator, in the same words for both vendors. Times are ISO 8601 in UTC. */
export interface OperatorView {
  readonly id: string
  readonly name: string
  /** The address that shops call. */
  readonly url: string
  readonly balances: () => readonly BalanceView[]
  /** Oldest first. */
  readonly payments: () => readonly PaymentView[]
  /** Oldest first. */
  readonly requests: () => readonly RequestView[]
  /** Performs one of the payment's `actions`. Throws if its state does not allow it. */
  readonly act: (payment: string, action: string, amount: string | undefined) => unknown
  /** Sends a notification once more. Resolves when the reply was checked. */
  readonly redeliver: (notification: string) => Promise<unknown>
}

export interface BalanceView {
  readonly merchant: string
  readonly money: Readonly<Record<string, string>>
}

export interface PaymentView {
  /** The vendor's id. Together with the view's id it identifies the payment's page. */
  readonly id: string
  /** All ids that requests use for it. */
  readonly names: readonly string[]
  readonly at: string
  readonly merchant: string
  readonly kind: string
  /** The merchant's own reference. */
  readonly reference: string
  /** With its currency: `103.00 SEK`. */
  readonly amount: string
  readonly state: string
  readonly tone: Tone
  /** The money that was returned, in words; empty while there is none. */
  readonly since: string
  /** Further facts, by label. */
  readonly facts: ReadonlyArray<readonly [label: string, text: string]>
  readonly checkoutUrl: string | null
  readonly deliveries: readonly DeliveryView[]
  readonly actions: readonly PaymentAction[]
}

/** An action that the operator can perform. */
export interface PaymentAction {
  readonly id: string
  readonly label: string
  /** The amount to enter, if any. The hint says what an empty one means. */
  readonly amount?: { readonly required: boolean; readonly hint: string }
}

/** A notification to the merchant, with every attempt. */
export interface DeliveryView {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly attempts: readonly AttemptView[]
  readonly state: 'accepted' | 'not accepted' | 'on its way' | 'held'
  /** The body of every attempt. */
  readonly body: string
}

/** `verdict` is `accepted` or the reason why the reply did not count; `status` is the status in an accepted
 *  acknowledgement, where the vendor has such statuses. */
export interface AttemptView {
  readonly at: string
  readonly verdict: string
  readonly status: string | undefined
  readonly reply: { readonly status: number; readonly body: string } | undefined
}

/** A merchant's call. */
export interface RequestView {
  readonly at: string
  readonly what: string
  readonly verdict: string
  readonly tone: Tone
  /** The reason, which the vendor does not disclose. */
  readonly hint: string | undefined
  readonly answerDropped: boolean
  /** The ids in the call; a payment lists them in `names`. */
  readonly names: readonly string[]
}

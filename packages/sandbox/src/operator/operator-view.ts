/** A successful end, an unsuccessful end, or no end yet. */
export type Tone = 'good' | 'bad' | 'open'

/** One vendor's data for the operator, in the same words for both vendors. Times are ISO 8601 in UTC. */
export interface OperatorView {
  readonly id: string
  readonly name: string
  /** The address that shops call. */
  readonly url: string
  readonly balances: () => readonly BalanceView[]
  /** The kinds and the states that payments can have. */
  readonly kinds: readonly string[]
  readonly states: readonly string[]
  readonly payments: Entries<PaymentRow>
  readonly callbacks: Entries<DeliveryView>
  readonly calls: Entries<CallRow>
  /** By any of its ids; its own id takes precedence. */
  readonly payment: (id: string) => PaymentView | undefined
  /** By the merchant's own reference, oldest first. */
  readonly paymentsOf: (reference: string) => readonly PaymentView[]
  readonly callback: (id: string) => DeliveryView | undefined
  readonly call: (id: string) => CallView | undefined
  /** Performs one of the payment's `actions`. Throws if its state does not allow it. */
  readonly act: (payment: string, action: string, amount: string | undefined) => unknown
  /** Sends a notification once more. Resolves when the reply was checked. */
  readonly redeliver: (notification: string) => Promise<unknown>
}

/** A list, oldest first, whose entries are read when they are needed. */
export interface Entries<Row> {
  readonly length: number
  readonly at: (index: number) => Entry<Row> | undefined
}

/** One entry of a list, with what it can be found by. */
export interface Entry<Row> {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Its ids, references, amounts and names in lower case. */
  readonly text: string
  readonly kind: string
  readonly state: string
  /** It failed, or a callback of it did. */
  readonly failed: boolean
  readonly row: () => Row
}

export interface BalanceView {
  readonly merchant: string
  readonly money: Readonly<Record<string, string>>
}

/** A payment in a list. */
export interface PaymentRow {
  /** The vendor's id. Together with the view's id it identifies the payment's page. */
  readonly id: string
  readonly at: string
  readonly merchant: string
  readonly kind: string
  /** The merchant's own reference. */
  readonly reference: string
  /** With its currency: `103.00 SEK`; empty where no money moves. */
  readonly amount: string
  /** The customer's name; empty where it is unknown. */
  readonly customer: string
  readonly state: string
  readonly tone: Tone
  /** The money that was returned, in words; empty while there is none. */
  readonly since: string
  /** A callback was not accepted. */
  readonly hasFailedDelivery: boolean
}

export interface PaymentView extends PaymentRow {
  /** All ids that requests use for it. */
  readonly names: readonly string[]
  /** Further facts, by label. */
  readonly facts: ReadonlyArray<readonly [label: string, text: string]>
  /** What became of the money that was credited; undefined while none was. */
  readonly money: MoneyView | undefined
  readonly checkoutUrl: string | null
  readonly deliveries: readonly DeliveryView[]
  readonly calls: readonly CallRow[]
  /** What the customer did at the checkout. */
  readonly steps: ReadonlyArray<{ readonly at: string; readonly what: string }>
  readonly actions: readonly PaymentAction[]
}

/** Credited money and its parts. `share` is a part's share of the whole, from 0 to 1. */
export interface MoneyView {
  readonly credited: string
  readonly parts: ReadonlyArray<{ readonly name: string; readonly amount: string; readonly share: number }>
}

/** An action that the operator can perform. */
export interface PaymentAction {
  readonly id: string
  readonly label: string
  /** The amount to enter, if any. The hint says what an empty one means. */
  readonly amount?: { readonly required: boolean; readonly hint: string }
}

/** The payment that something belongs to. */
export interface PaymentLink {
  readonly id: string
  readonly reference: string
}

/** A notification to the merchant, with every attempt. */
export interface DeliveryView {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly payment: PaymentLink | undefined
  readonly attempts: readonly AttemptView[]
  readonly state: 'accepted' | 'not accepted' | 'on its way' | 'held'
  readonly url: string
  readonly contentType: string
  /** The body of every attempt. */
  readonly body: string
}

/** `outcome` is `accepted` or the reason why the reply did not count; `status` is the status in an accepted
 *  acknowledgement, where the vendor has such statuses. */
export interface AttemptView {
  readonly at: string
  readonly tookMs: number | undefined
  readonly outcome: string
  readonly status: string | undefined
  readonly reply:
    | { readonly status: number; readonly contentType: string | undefined; readonly body: string }
    | undefined
}

/** A merchant's call in a list. */
export interface CallRow {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly outcome: string
  readonly tone: Tone
  /** The reason, which the vendor does not disclose. */
  readonly hint: string | undefined
  readonly answerDropped: boolean
  /** The ids in the call. */
  readonly names: readonly string[]
  readonly payment: PaymentLink | undefined
}

/** A call as it came and was answered. Passwords and secrets are masked. */
export interface CallView extends CallRow {
  readonly path: string
  readonly body: string
  readonly response: { readonly status: number; readonly contentType: string; readonly body: string } | undefined
  /** The parts of the text that the signature covers; `wrongly` is the text that was signed instead. */
  readonly signed: { readonly right: readonly string[]; readonly wrongly: readonly string[] | undefined } | undefined
}

/** How something stands: settled well, settled badly, or still open. */
export type Tone = 'good' | 'bad' | 'open'

/** One vendor's twin as the back office sees it: the same words for both. Moments are ISO 8601 in UTC. */
export type Desk = {
  readonly id: string
  readonly name: string
  /** Where shops call it. */
  readonly url: string
  readonly balances: () => readonly DeskBalance[]
  /** Oldest first. */
  readonly payments: () => readonly DeskPayment[]
  /** Oldest first. */
  readonly requests: () => readonly DeskRequest[]
  /** Does one of the payment's `actions`; throws a sentence on the impossible. */
  readonly act: (payment: string, action: string, amount: string | undefined) => unknown
  /** Sends a notification once more; resolves when the answer was judged. */
  readonly redeliver: (notification: string) => Promise<unknown>
}

export type DeskBalance = { readonly merchant: string; readonly money: Readonly<Record<string, string>> }

export type DeskPayment = {
  /** The vendor's id; with the desk's it names the payment's page. */
  readonly id: string
  /** All ids by which requests name it. */
  readonly names: readonly string[]
  readonly at: string
  readonly merchant: string
  readonly kind: string
  /** The merchant's own. */
  readonly reference: string
  /** With its currency: `103.00 SEK`. */
  readonly amount: string
  readonly state: string
  readonly tone: Tone
  /** What went back of it, in words; empty as long as nothing did. */
  readonly since: string
  /** What else there is to know, by label. */
  readonly facts: ReadonlyArray<readonly [label: string, text: string]>
  readonly checkoutUrl: string | null
  readonly deliveries: readonly DeskDelivery[]
  readonly actions: readonly DeskAction[]
}

/** What the operator can make happen. */
export type DeskAction = {
  readonly id: string
  readonly label: string
  /** The amount to ask for, if any; the hint says what an optional one means when it is left empty. */
  readonly amount?: { readonly required: boolean; readonly hint: string }
}

/** A notification to the merchant, with every attempt. */
export type DeskDelivery = {
  readonly id: string
  readonly at: string
  readonly what: string
  readonly attempts: readonly DeskAttempt[]
  readonly state: 'accepted' | 'not accepted' | 'on its way' | 'held'
  /** The body that every attempt carries. */
  readonly body: string
}

/** `verdict` is `accepted` or the reason why the answer did not count; `status` is the vendor's word that
 *  an accepted one said, where the vendor has such words. */
export type DeskAttempt = {
  readonly at: string
  readonly verdict: string
  readonly status: string | undefined
  readonly reply: { readonly status: number; readonly body: string } | undefined
}

/** A call of a merchant's. */
export type DeskRequest = {
  readonly at: string
  readonly what: string
  readonly verdict: string
  readonly tone: Tone
  /** What the vendor would not say. */
  readonly hint: string | undefined
  readonly answerDropped: boolean
  /** What it named, to be found among a payment's `names`. */
  readonly names: readonly string[]
}

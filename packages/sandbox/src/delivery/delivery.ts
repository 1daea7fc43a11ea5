/** The merchant's reply to a notification: its status, or the reason why the reply does not count. */
export type DeliveryOutcome =
  | { readonly accepted: true; readonly status: string }
  | { readonly accepted: false; readonly reason: string }

export interface Reply {
  readonly status: number
  readonly body: Uint8Array
  readonly contentType?: string | undefined
}

/** One attempt. Without a reply nothing was sent, or nothing came back. */
export interface Attempt {
  readonly at: Date
  /** From sending to the end of the reply, in milliseconds. */
  readonly tookMs?: number
  readonly outcome: DeliveryOutcome
  readonly reply?: Reply
}

/** A notification to a merchant. Every attempt sends the same bytes. */
export interface Delivery {
  /** Its name in the vendor's words. */
  readonly what: string
  /** The payment that it is about. The first attempts of one subject are made in the order of sending. */
  readonly subject: string
  readonly url: string
  readonly contentType: string
  readonly body: string
  readonly createdAt: Date
  readonly attempts: Attempt[]
  readonly checkReply: (reply: Reply) => DeliveryOutcome
  readonly onStatus: (status: string) => void
  /** The first accepted status; null until then. */
  status: string | null
  /** True while the delivery is held. */
  held?: boolean
}

/** An attempt that failed without a reply that counts. */
export const failedAttempt = (reason: string): Omit<Attempt, 'at'> => ({ outcome: { accepted: false, reason } })

/** An order as the API shows it. Amounts in the smallest unit. */
export interface Payin {
  readonly id: string
  version: number
  readonly reference: string
  status: 'open' | 'approved' | 'credited' | 'ended'
  readonly amount: number
  readonly currency: string
  credited: number
  readonly reversals: { readonly id: string; readonly amount: number; readonly at: string }[]
  endedBecause: 'cancelled' | 'declined' | 'expired' | 'failed' | null
  updatedAt: string
  readonly checkoutUrl: string
  readonly expiresAt: string
  payer: { readonly holder: string; readonly iban: string } | null
}

export interface Refund {
  readonly id: string
  version: number
  readonly payin: string
  readonly reference: string
  status: 'processing' | 'sent' | 'failed' | 'returned'
  readonly amount: number
  readonly currency: string
  updatedAt: string
}

export interface Payout {
  readonly id: string
  version: number
  readonly reference: string
  status: 'processing' | 'sent' | 'failed' | 'returned'
  readonly amount: number
  readonly currency: string
  updatedAt: string
}

/** What the API does not show of an order. */
export interface Details {
  readonly callbackUrl: string
  readonly returnUrl: { readonly success: string; readonly failure: string; readonly cancel: string } | null
  /** The account that is paid, of a payout. */
  readonly to: string | null
  readonly customerName: string
}

/** The response that a key gets for ever. */
export interface StoredResponse {
  readonly request: string
  readonly status: number
  readonly body: string
}

/** An account of a merchant, with everything that it ordered. */
export interface Account {
  readonly id: string
  /** The first one signs. */
  secrets: readonly string[]
  readonly payins: Payin[]
  readonly refunds: Refund[]
  readonly payouts: Payout[]
  readonly details: Map<string, Details>
  readonly responses: Map<string, StoredResponse>
  /** What Meridian refuses at present. */
  readonly refuses: {
    account: boolean
    customers: boolean
    refunds: boolean
    payouts: boolean
  }
}

export const openAccount = (id: string, secret: string): Account => ({
  id,
  secrets: [secret],
  payins: [],
  refunds: [],
  payouts: [],
  details: new Map(),
  responses: new Map(),
  refuses: { account: false, customers: false, refunds: false, payouts: false },
})

/** What of a payin is neither reversed nor sent back. */
export const refundableOf = ({ refunds }: Account, payin: Payin): number =>
  refunds
    .filter((refund) => refund.payin === payin.id && isOut(refund.status))
    .reduce(
      (left, { amount }) => left - amount,
      payin.reversals.reduce((left, { amount }) => left - amount, payin.credited),
    )

/** Money that Meridian sent, or is about to send, and did not get back. */
export const isOut = (status: Refund['status'] | Payout['status']): boolean =>
  status === 'processing' || status === 'sent'

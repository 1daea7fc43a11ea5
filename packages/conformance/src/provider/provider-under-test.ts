import type { Money } from '@railswitch/core'
import type { ProviderDefinition, Transport } from '@railswitch/core/provider'

/** A provider under test, with its vendor. */
export interface ProviderUnderTest {
  /** For the result. */
  readonly name: string
  /** Opens a vendor without payments. Called once for each behaviour. */
  readonly open: (ports: VendorPorts) => Promise<OpenedProvider>
}

/** What the vendor of a test must use. The time moves only when the suite moves it. */
export interface VendorPorts {
  readonly now: () => Date
  /** Runs the job when the time has moved by `ms` milliseconds. Returns the function that cancels it. */
  readonly after: (ms: number, job: () => void) => () => void
  /** From 0 up to, but not including, 1. The same in every run. */
  readonly random: () => number
  /** Sends a callback to the shop. Rejects if no reply arrives. */
  readonly post: (message: VendorMessage) => Promise<VendorReply>
}

/** A callback as the vendor sends it. */
export interface VendorMessage {
  readonly url: string
  /** At least `content-type`. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface VendorReply {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}

/** A vendor without payments, and the provider that uses it. */
export interface OpenedProvider {
  readonly definition: ProviderDefinition
  /** Valid options. The account has enough money for refunds and payouts, and everything that the vendor enables on request. */
  readonly options: Readonly<Record<string, unknown>>
  /** The way to the vendor. The suite puts its faults in front of it. */
  readonly transport: Transport
  readonly vendor: VendorControl
  readonly samples: Samples
  readonly close: () => Promise<void>
}

/** Inputs that this vendor accepts. */
export interface Samples {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** BCP 47. */
  readonly locale: string
  /** The currency of most tests. */
  readonly currency: string
  /** Every currency of the provider, with the country of its customers. */
  readonly currencies: readonly { readonly currency: string; readonly country: string }[]
  /** An account for payouts in `currency`. */
  readonly bankAccount: { readonly country: string; readonly accountNumber: string; readonly bankNumber?: string }
  /** The provider's own options of a deposit that asks for the customer's identity. */
  readonly askIdentity?: Readonly<Record<string, unknown>>
  /** Two markets with mandates, and one in which the vendor reports that a customer moved to another bank, if it does that. */
  readonly mandateMarkets?: readonly MandateMarket[]
  /** Options that are wrong, each with the field of its issue. */
  readonly mistakes: readonly OptionMistake[]
  /** The names of the options that must not be left out. */
  readonly required: readonly string[]
  /** The names of the options with secrets. Their values must appear nowhere. */
  readonly secrets: readonly string[]
}

export interface MandateMarket {
  readonly country: string
  /** Of the charges. */
  readonly currency: string
  readonly moves: boolean
}

export interface OptionMistake {
  readonly option: string
  readonly value: unknown
  /** Default: the option. */
  readonly field?: string
}

/** An order or a transaction in the vendor's books. */
export interface VendorOrder {
  /** Our id, as the vendor received it. */
  readonly reference: string
  readonly kind: 'deposit' | 'payout' | 'withdrawal' | 'account' | 'mandate'
  /** The ordered money. Null: no money moves. */
  readonly money: Money | null
  /** The address to which the vendor sends callbacks. */
  readonly callbackUrl: string
  /** What the vendor sent back and did not get back. */
  readonly refunds: readonly Money[]
  /** A payout: what the vendor sent and did not get back. Otherwise null. */
  readonly sent: Money | null
  /** A mandate: whether the vendor accepts charges of it. */
  readonly isActive?: boolean
  /** A charge of a mandate: our id of the mandate. */
  readonly mandate?: string
}

/** A callback with one change that the vendor did not make. */
export interface TamperedMessage {
  /** The name of what was changed. */
  readonly what: string
  readonly message: VendorMessage
}

/**
 * What a test does at the vendor: as a customer, a bank, another merchant or a person in the back office. `reference` is our id as the
 * vendor received it. Each function resolves when the vendor has sent its callbacks once. Without an optional function, the behaviours
 * that need it are not applicable; leave one out only if the vendor cannot do it.
 */
export interface VendorControl {
  /** The customer pays, or the bank pays a charge, and the money arrives. `amount`: another amount than the ordered one. */
  readonly credit: (reference: string, amount?: Money) => Promise<void>
  /** The customer leaves the checkout, or money that was approved or charged never arrives. */
  readonly cancel: (reference: string) => Promise<void>
  /** The customer pays; the money has not arrived. */
  readonly approve?: (reference: string) => Promise<void>
  /** The vendor credits another amount than the ordered one. */
  readonly creditsOtherAmounts?: true
  /** The bank takes credited money back. */
  readonly reverse?: (reference: string, amount: Money) => Promise<void>
  /** The vendor reports that it sent the refund of this deposit. */
  readonly confirmRefund?: (deposit: string, amount: Money) => Promise<void>
  /** The refund comes back. */
  readonly returnRefund?: (deposit: string, amount: Money) => Promise<void>
  readonly confirmPayout?: (reference: string) => Promise<void>
  /** The payout cannot be sent, or it comes back. */
  readonly failPayout?: (reference: string) => Promise<void>
  /** The customer asks for the money of a withdrawal. */
  readonly requestWithdrawal?: (reference: string) => Promise<void>
  /** The customer chooses an account and, if it was requested, allows charges of it. */
  readonly chooseAccount?: (reference: string) => Promise<void>
  /** The customer signs the mandate, unless it was imported, and the vendor registers it. */
  readonly signMandate?: (reference: string) => Promise<void>
  /** The customer or the bank ends a signed mandate. */
  readonly revokeMandate?: (reference: string) => Promise<void>
  /** The customer of an active mandate moves to another bank. */
  readonly moveMandate?: (reference: string) => Promise<void>
  /** The vendor reports who the customer is, and waits for the decision. */
  readonly identify?: (reference: string) => Promise<void>
  /** From now on, the vendor refuses calls for a business reason, such as a blocked customer. */
  readonly decline?: () => void
  /** From now on, the vendor refuses the account, such as its credentials. */
  readonly misconfigure?: () => void
  /** From now on, the vendor refuses refunds in a way that leaves no doubt, such as a balance that is too low. */
  readonly refuseRefunds?: () => void
  /** The same for payouts. */
  readonly refusePayouts?: () => void
  /** The same for charges. */
  readonly refuseCharges?: () => void
  /** The vendor accepts calls again. */
  readonly acceptAgain?: () => void
  /** Another merchant orders with our id and our callback address without its token, and its customer pays, or signs the mandate. */
  readonly strangerPays: (reference: string) => Promise<void>
  /** The vendor replaces its key or our secret. Returns the options that know both. */
  readonly rotateKey?: () => Readonly<Record<string, unknown>>
  /** The vendor sends a genuine callback of a kind that no document names. */
  readonly sendUnknownKind?: (reference: string) => Promise<void>
  /** The same callback, signed by somebody else with a key of the right kind. */
  readonly forge: (message: VendorMessage) => VendorMessage
  /** The callback with one member changed, for each member, its signature included, and each header that is signed. */
  readonly tamper: (message: VendorMessage) => readonly TamperedMessage[]
  /** Genuine variants of the callback that mean the same: unknown members, null or empty optional members, another order of members. */
  readonly variants: (message: VendorMessage) => readonly TamperedMessage[]
  /** All orders with this id of ours, oldest first. */
  readonly orders: (reference: string) => readonly VendorOrder[]
  /** Every callback so far, and whether the vendor accepted its last reply. */
  readonly deliveries: () => readonly { readonly accepted: boolean }[]
  /** The customer's data that the vendor received with the last deposit, for texts with letters of several languages. */
  readonly receivedName?: (reference: string) => string
}

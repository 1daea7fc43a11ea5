/** What an application can require of every configured rail. */
export type Capability =
  | 'deposit'
  | 'refund'
  | 'refund.partial'
  /** To the account that an earlier deposit was paid from. */
  | 'payout.toDepositor'
  /** To bank details. */
  | 'payout.toAccount'
  | 'withdrawal'
  /** The customer chooses an account for later payouts. */
  | 'account'
  /** The customer also allows charges of the account that is chosen. */
  | 'account.mandate'
  | 'charge'
  /** The customer's identity, reported with `kyc.received`. */
  | 'kyc'
  /** `reconcile` compares the store with the vendor's lists. Only vendors that report something at most once need it. */
  | 'reconciliation'
  /** The customer signs a mandate. Its state is reported for as long as it lives, and it can be cancelled. */
  | 'mandate'
  /** A mandate that was signed elsewhere is imported. */
  | 'mandate.import'

/** `needs`: what the vendor must enable first. `why`: the reason why it is not possible. */
export type CapabilitySupport =
  | { readonly yes: true; readonly needs?: string }
  | { readonly yes: false; readonly why: string }

/** Every provider declares the three of the first line. It does not support others that it does not declare. */
export type Capabilities = { readonly [C in 'deposit' | 'refund' | 'refund.partial']: CapabilitySupport } & {
  readonly [C in Capability]?: CapabilitySupport
}

/** Every capability's name. */
export const capabilityNames: readonly Capability[] = Object.keys({
  deposit: true,
  refund: true,
  'refund.partial': true,
  'payout.toDepositor': true,
  'payout.toAccount': true,
  withdrawal: true,
  account: true,
  'account.mandate': true,
  charge: true,
  kyc: true,
  reconciliation: true,
  mandate: true,
  'mandate.import': true,
} satisfies { readonly [C in Capability]: true }) as Capability[]

const names: ReadonlySet<string> = new Set(capabilityNames)

export const isCapability = (name: string): name is Capability => names.has(name)

export const supportOf = (capabilities: Capabilities, capability: Capability): CapabilitySupport =>
  capabilities[capability] ?? { yes: false, why: 'its provider does not support it' }

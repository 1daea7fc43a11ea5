/** What an application may require of every configured rail. */
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
  /** And allows charges of it. */
  | 'mandate'
  | 'charge'
  /** Who the customer is, with `kyc.received`. */
  | 'kyc'

/** `needs`: what the vendor must switch on first; `why`: the reason it cannot be done. */
export type Support = { readonly yes: true; readonly needs?: string } | { readonly yes: false; readonly why: string }

/** Every adapter says of these three whether it can; what it does not name of the rest, it cannot. */
export type Capabilities = { readonly [C in 'deposit' | 'refund' | 'refund.partial']: Support } & {
  readonly [C in Capability]?: Support
}

export const isCapability = (name: string): name is Capability => names.has(name)

const names: ReadonlySet<string> = new Set(
  Object.keys({
    deposit: true,
    refund: true,
    'refund.partial': true,
    'payout.toDepositor': true,
    'payout.toAccount': true,
    withdrawal: true,
    account: true,
    mandate: true,
    charge: true,
    kyc: true,
  } satisfies { readonly [C in Capability]: true }),
)

export const supportOf = (capabilities: Capabilities, capability: Capability): Support =>
  capabilities[capability] ?? { yes: false, why: 'its adapter does not do it' }

export type VendorId = 'trustly' | 'payabl'

/** `call`: the response to a merchant's call, which was executed. `callback`: one attempt to deliver a callback. */
export type ChaosPlace = 'call' | 'callback'

interface Kind {
  readonly does: string
  readonly on: readonly ChaosPlace[]
  readonly vendors: readonly VendorId[]
}

const everywhere = { on: ['call', 'callback'], vendors: ['trustly', 'payabl'] } as const
const atTrustly = { on: ['call', 'callback'], vendors: ['trustly'] } as const
const calls = { on: ['call'], vendors: ['trustly', 'payabl'] } as const
const callbacks = { on: ['callback'], vendors: ['trustly', 'payabl'] } as const

/** Every kind of chaos. */
export const chaosKinds = {
  drop: { ...everywhere, does: 'the response or the callback is lost; the call is executed' },
  delay: { ...everywhere, does: 'it arrives `ms` milliseconds later (1000)' },
  500: { ...calls, does: 'HTTP 500 and an HTML page instead of the response; the call is executed' },
  reset: { ...calls, does: 'the connection is reset in the middle of the response' },
  garbage: { ...everywhere, does: 'random bytes' },
  'bad-signature': {
    does: 'one character of the signature is wrong (payabl signs only callbacks)',
    on: ['call', 'callback'],
    vendors: ['trustly', 'payabl'],
  },
  'wrong-uuid': {
    ...atTrustly,
    does: 'a correctly signed response to another call; a callback whose uuid was changed',
  },
  'tampered-field': { ...everywhere, does: 'an amount, address or id was changed after signing' },
  'shuffled-members': { ...everywhere, does: 'the members or fields are in another order' },
  escapes: { ...everywhere, does: 'characters are written as \\u00e5 or %61 without need' },
  numbers: { ...atTrustly, does: 'numbers replace texts with the same digits' },
  'unknown-fields': { ...everywhere, does: 'members that no document names, correctly signed' },
  'unknown-method': { ...callbacks, does: 'an additional callback of a kind that no document names, correctly signed' },
  nulls: { ...everywhere, does: 'null or an empty value replaces a value, correctly signed' },
  'odd-members': {
    on: ['callback'],
    vendors: ['trustly'],
    does: 'optional members are null, empty, absent or in another form, correctly signed; money and ids stay',
  },
  rs512: { ...atTrustly, does: 'signed with RS512, whatever the merchant uses' },
  'callback-first': { ...calls, does: 'the customer pays and the callback arrives before the response to the call' },
  'late-failure': { ...calls, does: 'the bank sends the payout back `days` days later (3)' },
  duplicate: { ...callbacks, does: 'it arrives `times` times (2), one after the other' },
  concurrent: { ...callbacks, does: 'it arrives `times` times (3) at once' },
  reorder: { ...callbacks, does: 'the next callback of the payment arrives before it' },
  stranger: {
    ...callbacks,
    does: 'another merchant’s callback arrives first: a copy of the order with the same reference and address, correctly signed',
  },
  'late-debit': { ...callbacks, does: 'the bank takes the money back `days` days later (3)' },
} as const satisfies Record<string, Kind>

export type ChaosKind = `${Extract<keyof typeof chaosKinds, string | number>}`

export const isChaosKind = (name: string): name is ChaosKind => Object.hasOwn(chaosKinds, name)

/** True where the kind exists at that place of the vendor. */
export const happensAt = (kind: ChaosKind, place: ChaosPlace, vendor: VendorId): boolean => {
  const { on, vendors }: Kind = chaosKinds[kind]
  // payabl's responses carry no signature.
  if (kind === 'bad-signature' && vendor === 'payabl') return place === 'callback'
  return on.includes(place) && vendors.includes(vendor)
}

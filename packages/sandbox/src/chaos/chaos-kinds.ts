export type VendorId = 'trustly' | 'payabl'

/** `call`: the answer to a merchant's call, which was executed. `callback`: one attempt to deliver a callback. */
export type ChaosPlace = 'call' | 'callback'

type Kind = {
  readonly does: string
  readonly on: readonly ChaosPlace[]
  readonly vendors: readonly VendorId[]
}

const everywhere = { on: ['call', 'callback'], vendors: ['trustly', 'payabl'] } as const
const atTrustly = { on: ['call', 'callback'], vendors: ['trustly'] } as const
const calls = { on: ['call'], vendors: ['trustly', 'payabl'] } as const
const callbacks = { on: ['callback'], vendors: ['trustly', 'payabl'] } as const

/** Everything that can go wrong on purpose. */
export const chaosKinds = {
  drop: { ...everywhere, does: 'the answer, or the callback, is lost; what was called for is done' },
  delay: { ...everywhere, does: 'it comes `ms` milliseconds later (1000)' },
  500: { ...calls, does: 'HTTP 500 and a page instead of the answer; what was called for is done' },
  reset: { ...calls, does: 'the connection is reset in the middle of the answer' },
  garbage: { ...everywhere, does: 'bytes that mean nothing' },
  'bad-signature': {
    does: 'the signature is wrong by one character (payabl signs only callbacks)',
    on: ['call', 'callback'],
    vendors: ['trustly', 'payabl'],
  },
  'wrong-uuid': { ...atTrustly, does: 'an answer of another call, well signed; a callback whose uuid was changed' },
  'tampered-field': { ...everywhere, does: 'an amount, address or id was changed after signing' },
  'shuffled-members': { ...everywhere, does: 'the members, or fields, come in another order' },
  escapes: { ...everywhere, does: 'characters come as \\u00e5, or %61, where nobody needs it' },
  numbers: { ...atTrustly, does: 'numbers come where text came before, with the same digits' },
  'unknown-fields': { ...everywhere, does: 'there is more than the documents say, well signed' },
  'unknown-method': { ...callbacks, does: 'news of a kind that no document knows, well signed' },
  nulls: { ...everywhere, does: 'null, or nothing, where there was a value, well signed' },
  'odd-members': {
    on: ['callback'],
    vendors: ['trustly'],
    does: 'optional members are null, empty, absent or in another form, well signed; money and ids stay',
  },
  rs512: { ...atTrustly, does: 'signed with RS512, whatever the merchant uses' },
  'callback-first': { ...calls, does: 'the customer pays, and the callback comes, before the answer to the call' },
  'late-failure': { ...calls, does: 'the bank sends the payout back `days` days later (3)' },
  duplicate: { ...callbacks, does: 'it comes `times` times (2), one after the other' },
  concurrent: { ...callbacks, does: 'it comes `times` times (3) at once' },
  reorder: { ...callbacks, does: 'the next callback of the payment overtakes it' },
  stranger: {
    ...callbacks,
    does: 'another merchant’s callback comes first: the same order, with the same reference and address, well signed for it',
  },
  'late-debit': { ...callbacks, does: 'the bank takes the money back `days` days later (3)' },
} as const satisfies Record<string, Kind>

export type ChaosKind = `${Extract<keyof typeof chaosKinds, string | number>}`

export const isChaosKind = (name: string): name is ChaosKind => Object.hasOwn(chaosKinds, name)

/** True where the vendor has such chaos at such a place. */
export const happensAt = (kind: ChaosKind, place: ChaosPlace, vendor: VendorId): boolean => {
  const { on, vendors }: Kind = chaosKinds[kind]
  // payabl's answers carry no signature.
  if (kind === 'bad-signature' && vendor === 'payabl') return place === 'callback'
  return on.includes(place) && vendors.includes(vendor)
}

import { deposit, depositRef, payout, recordOf, refOf, refund, refused, unknown } from '../__fixtures__/records.ts'
import type { RecordedIntent } from '../record/intent.ts'
import {
  type CallbackTokenClaims,
  namedReference,
  type OwnerCandidates,
  type Ownership,
  ownerOf,
  type ReportOrigin,
  reportIdFor,
} from './ownership.ts'

type Callback = Extract<ReportOrigin, { type: 'callback' }>

const open = deposit({ conclude: () => null })
const tokenOf = ({ intent: { kind, reference, attempt } }: RecordedIntent): CallbackTokenClaims => ({
  kind,
  reference,
  attempt,
})
const none: OwnerCandidates = { byVendorId: null, byToken: null, byEcho: null }
const known = (
  one: RecordedIntent,
  key = 'owner',
  others: readonly RecordedIntent[] = [],
): OwnerCandidates['byVendorId'] => ({
  record: { ...recordOf([one, ...others]), key },
  intent: refOf(one),
})
const recordWith = (...intents: readonly RecordedIntent[]) => ({ ...recordOf(intents), key: 'named' })
const call = (more: Partial<Callback> = {}): Callback => ({
  type: 'callback',
  token: null,
  signs: 'everything',
  echo: null,
  transactions: 'one',
  ...more,
})
const owned = (intent: RecordedIntent, more: Partial<Extract<Ownership, { type: 'owned' }>> = {}): Ownership => ({
  type: 'owned',
  key: 'owner',
  intent: refOf(intent),
  proof: 'signature',
  learns: false,
  ...more,
})

describe('a known vendor id', () => {
  test('proves the owner of the report, whatever token and reference arrive with it', () => {
    const other = deposit({ attempt: 2, conclude: () => null })
    const candidates = { byVendorId: known(deposit()), byToken: recordWith(other), byEcho: recordWith(other) }
    expect(ownerOf('bank', call({ token: tokenOf(other), echo: 'x' }), candidates)).toEqual(owned(deposit()))
    expect(ownerOf('bank', call({ token: tokenOf(other), transactions: 'many' }), candidates)).toEqual(owned(deposit()))
  })

  test.each<readonly [string, RecordedIntent | null, 'everything' | 'identity', string]>([
    ['the signature alone, if it covers the money', null, 'everything', 'signature'],
    ['the signature, even with a token', deposit(), 'everything', 'signature'],
    ['nothing, if the signature does not cover it and there is no token', null, 'identity', 'unproven'],
    ['the token of this intent', deposit(), 'identity', 'token'],
    ['nothing, with the token of another attempt', deposit({ attempt: 2 }), 'identity', 'unproven'],
    ['nothing, with the token of its refund', refund('r-1'), 'identity', 'unproven'],
  ])('with money that is proven by %s', (_name, token, signs, proof) => {
    const byToken = token && recordWith(token)
    const candidates = { ...none, byVendorId: known(deposit(), 'owner', token ? [token] : []), byToken }
    expect(ownerOf('bank', call({ signs, token: token && tokenOf(token) }), candidates)).toEqual(
      owned(deposit(), { proof: proof as never }),
    )
  })

  test('of a refund has its money proven by the token of its deposit', () => {
    const candidates = { ...none, byVendorId: known(refund('r-1')), byToken: recordWith(deposit()) }
    const token = tokenOf(deposit())
    expect(ownerOf('bank', call({ signs: 'identity', token }), candidates)).toMatchObject({ proof: 'token' })
    const foreign = {
      ...none,
      byVendorId: known(refund('r-1', { of: refOf(deposit({ attempt: 2 })) })),
      byToken: recordWith(deposit()),
    }
    expect(ownerOf('bank', call({ signs: 'identity', token }), foreign)).toMatchObject({ proof: 'unproven' })
  })
})

describe('a genuine token', () => {
  const withToken = (one: RecordedIntent, more: Partial<Callback> = {}, rail = 'bank') =>
    ownerOf(rail, call({ token: tokenOf(one), ...more }), { ...none, byToken: recordWith(one) })

  test.each<readonly [string, RecordedIntent, 'one' | 'many', boolean]>([
    ['unanswered', open, 'one', true],
    ['unknown', payout({ conclude: unknown }), 'one', true],
    ['answered', deposit(), 'one', false],
    ['accepted', payout(), 'one', false],
    ['refused', deposit({ conclude: refused }), 'one', false],
    ['answered, of many transactions', deposit(), 'many', true],
    ['refused, of many transactions', deposit({ conclude: refused }), 'many', true],
  ])('of a call that is %s assigns the vendor id', (_name, one, transactions, isAssigned) => {
    expect(withToken(one, { transactions })).toEqual(
      isAssigned ? owned(one, { key: 'named', learns: true }) : { type: 'foreign_order', proof: 'signature' },
    )
  })

  test('of a refused call assigns it if the vendor signs our reference: it has made an order all the same', () => {
    const one = deposit({ conclude: refused })
    expect(withToken(one, { echo: 'order-1' })).toEqual(owned(one, { key: 'named', learns: true }))
    expect(withToken(one, { echo: 'order-1', signs: 'identity' })).toMatchObject({ type: 'foreign_order' })
  })

  test('proves the money that came with it', () => {
    expect(withToken(open, { signs: 'identity' })).toMatchObject({ proof: 'token', learns: true })
  })

  test.each<readonly [string, Partial<CallbackTokenClaims>, string]>([
    ['of another kind', { kind: 'payout' }, 'bank'],
    ['of another attempt', { attempt: 2 }, 'bank'],
    ['of another reference', { reference: 'order-2' }, 'bank'],
    ['at another rail', {}, 'other'],
  ])('%s names an intent that is not stored', (_name, more, rail) => {
    const token = { ...tokenOf(open), ...more }
    const owner = ownerOf(rail, call({ token }), { ...none, byToken: recordWith(open) })
    expect(owner).toMatchObject({ type: 'record_missing', proof: 'signature' })
    expect(owner.type === 'record_missing' && owner.name).toContain(token.reference)
  })

  test('of a lost intent names this intent', () => {
    expect(ownerOf('bank', call({ token: tokenOf(open), signs: 'identity' }), none)).toEqual({
      type: 'record_missing',
      name: 'order-1',
      proof: 'token',
    })
  })
})

describe('a token at whose address a report arrives that echoes another reference', () => {
  const other: RecordedIntent = { ...open, intent: { ...open.intent, reference: 'order-2' } }
  const deliver = (
    byToken: RecordedIntent,
    echo: string | null,
    { byEcho, more = {} }: { byEcho: readonly RecordedIntent[] | null; more?: Partial<Callback> },
  ) =>
    ownerOf('bank', call({ token: tokenOf(byToken), echo, ...more }), {
      byVendorId: null,
      byToken: { ...recordOf([byToken]), key: 'token' },
      byEcho: byEcho && { ...recordOf(byEcho), key: 'echo' },
    })
  const ours = { transactions: 'many', signs: 'identity' } as const

  test('proves nothing: the report is stored with the payment that it names, if the secret is the merchant’s own', () => {
    const owner = deliver(other, 'order-1', { byEcho: [open], more: ours })
    expect(owner).toEqual({ type: 'named', key: 'echo', proof: 'unproven' })
  })

  test('proves nothing: the report is a foreign order, if any merchant can choose the reference', () => {
    const owner = deliver(other, 'order-1', { byEcho: [open] })
    expect(owner).toEqual({ type: 'foreign_order', proof: 'signature' })
  })

  test.each<readonly [string, string | null, readonly RecordedIntent[] | null]>([
    ['its own reference', 'order-2', [other]],
    ['nothing', null, null],
    ['a reference that is not stored', 'order-9', null],
    ['its own reference in other letters', 'ORDER-2', null],
  ])('proves the owner if the report echoes %s', (_name, echo, byEcho) => {
    const owner = deliver(other, echo, { byEcho, more: ours })
    expect(owner).toEqual(owned(other, { key: 'token', proof: 'token', learns: true }))
  })

  // Another order of ours, which the store has lost: a restored backup does not contain it.
  test('proves nothing if the vendor signs a reference that is not stored', () => {
    expect(deliver(other, 'order-9', { byEcho: null })).toEqual({ type: 'foreign_order', proof: 'signature' })
    expect(deliver(other, 'order-2', { byEcho: null })).toMatchObject({ intent: refOf(other), learns: true })
  })

  test('does not assign a transaction of another attempt to its own', () => {
    const second = deposit({ attempt: 2, conclude: () => null })
    const both = { ...recordOf([open, second]), key: 'both' }
    const candidates = { byVendorId: null, byToken: both, byEcho: both }
    const at = (token: RecordedIntent, echo: string) =>
      ownerOf('bank', call({ token: tokenOf(token), echo, ...ours }), candidates)
    expect(at(open, 'order-1_2')).toEqual({ type: 'named', key: 'both', proof: 'unproven' })
    expect(at(second, 'order-1')).toEqual({ type: 'named', key: 'both', proof: 'unproven' })
    expect(at(second, 'order-1_2')).toMatchObject({ intent: refOf(second), proof: 'token' })
  })

  test('proves the owner if the report echoes the deposit that is refunded, or the one whose account is paid', () => {
    const back = refund('r-1', { conclude: () => null })
    const out = payout({ account: depositRef, conclude: () => null })
    for (const one of [back, out])
      expect(deliver(one, 'order-1', { byEcho: [deposit()], more: ours })).toMatchObject({ intent: refOf(one) })
    expect(deliver(deposit(), 'r-1', { byEcho: [back], more: ours })).toMatchObject({ intent: depositRef })
  })

  // Otherwise the deposit would keep the vendor id, and nobody would hear that the payout failed.
  test('proves nothing if the report echoes a payout to the account of the token', () => {
    const out = payout({ account: depositRef, conclude: () => null })
    const owner = deliver(deposit(), out.intent.reference, { byEcho: [out], more: ours })
    expect(owner).toEqual({ type: 'named', key: 'echo', proof: 'unproven' })
  })

  // payabl echoes the deposit's reference for a payout to its account: a chargeback is about the deposit all the same.
  test('proves nothing if such a report cannot be about the kind of payment', () => {
    const out = payout({ account: depositRef, conclude: () => null })
    const more = { ...ours, kinds: ['deposit', 'refund'] } as const
    expect(deliver(out, 'order-1', { byEcho: [deposit()], more })).toMatchObject({ type: 'named', key: 'echo' })
    expect(deliver(deposit(), 'order-1', { byEcho: [deposit()], more })).toMatchObject({ intent: depositRef })
  })

  test('does not prove the money of a known vendor id', () => {
    const candidates = { byVendorId: known(deposit()), byToken: recordWith(deposit()), byEcho: recordWith(other) }
    const report = call({ token: tokenOf(deposit()), echo: 'order-2', ...ours })
    expect(ownerOf('bank', report, candidates)).toEqual(owned(deposit(), { proof: 'unproven' }))
  })
})

describe('a report without a known vendor id and without a token', () => {
  test.each<readonly [string, Partial<Callback>, boolean, Ownership]>([
    ['is a foreign order', {}, false, { type: 'foreign_order', proof: 'signature' }],
    [
      'is a foreign order whatever its reference, if any merchant can choose it',
      { echo: 'order-1' },
      true,
      { type: 'foreign_order', proof: 'signature' },
    ],
    [
      'is stored with the payment that it names, if the secret is the merchant’s own',
      { transactions: 'many', signs: 'identity' },
      true,
      { type: 'named', key: 'named', proof: 'unproven' },
    ],
    [
      'is a foreign order if it names no payment',
      { transactions: 'many', signs: 'identity' },
      false,
      { type: 'foreign_order', proof: 'unproven' },
    ],
  ])('%s', (_name, more, isNamed, owner) => {
    expect(ownerOf('bank', call(more), { ...none, byEcho: isNamed ? recordWith(deposit()) : null })).toEqual(owner)
  })
})

describe('row 15: a payout whose failure is reported under the transaction of the deposit whose account it uses', () => {
  const out = payout({ account: depositRef })
  const both = { ...none, byVendorId: known(deposit()), byToken: recordWith(out) }

  test('belongs to the payout by its token, and is stored in addition to the deposit’s', () => {
    const owner = ownerOf('bank', call({ token: tokenOf(out), transactions: 'many', signs: 'identity' }), both)
    expect(owner).toEqual(owned(out, { key: 'named', proof: 'token', perAddress: true }))
    expect(reportIdFor('n-1', owner)).toBe(`n-1|${refOf(out)}`)
  })

  test('belongs to the deposit if each intent has one transaction, or if the payout uses another account', () => {
    expect(ownerOf('bank', call({ token: tokenOf(out) }), both)).toEqual(owned(deposit()))
    const elsewhere = { ...both, byToken: recordWith(payout({ account: refOf(deposit({ attempt: 2 })) })) }
    expect(ownerOf('bank', call({ token: tokenOf(out), transactions: 'many' }), elsewhere)).toEqual(owned(deposit()))
  })
})

test('a report has its own id with any other owner', () => {
  expect(reportIdFor('n-1', owned(deposit()))).toBe('n-1')
  expect(reportIdFor('n-1', { type: 'foreign_order', proof: 'signature' })).toBe('n-1')
})

describe('the reference that an unowned report names', () => {
  const ours = call({ signs: 'identity', transactions: 'many', echo: 'x'.repeat(30) })
  const foreign: Ownership = { type: 'foreign_order', proof: 'unproven' }

  test('is its echo, if the secret is ours and the echo could be a reference of ours', () => {
    expect(namedReference(ours, foreign)).toBe('x'.repeat(30))
    expect(namedReference({ ...ours, echo: 'x'.repeat(31) }, foreign)).toBeNull()
    expect(namedReference({ ...ours, echo: null }, foreign)).toBeNull()
  })

  test('is the reference of the lost intent', () => {
    expect(namedReference(ours, { type: 'record_missing', name: 'order-1', proof: 'token' })).toBe('order-1')
  })

  test('is null if the report has an owner, or if anybody could have chosen the reference', () => {
    expect(namedReference(ours, owned(deposit()))).toBeNull()
    expect(namedReference({ ...ours, signs: 'everything' }, foreign)).toBeNull()
    expect(namedReference({ ...ours, transactions: 'one' }, foreign)).toBeNull()
  })
})

test('only a payout can be reported under another payment’s transaction', () => {
  const charge = deposit({ attempt: 2, account: depositRef })
  const candidates = { ...none, byVendorId: known(deposit()), byToken: recordWith(charge) }
  expect(ownerOf('bank', call({ token: tokenOf(charge), transactions: 'many' }), candidates)).toEqual(owned(deposit()))
})

import { type Fact, paymentRef, type RecordedIntent, type Report } from '@railswitch/core'
import * as fc from 'fast-check'
import { notificationRows, type RootKind } from '../__fixtures__/notification-rows.ts'
import { notification, recorded, recordOf, refundOf, reported } from '../__fixtures__/orders.ts'
import { notificationKinds } from '../callbacks/notification-kinds.ts'
import { interpret } from './interpret.ts'

const roots: { readonly [K in RootKind]: RecordedIntent } = {
  deposit: recorded('deposit', 'order-1'),
  payout: recorded('payout', 'payout-1'),
  withdrawal: recorded('withdrawal', 'withdrawal-1'),
}
const intentsOf = (kind: RootKind) => (kind === 'deposit' ? [roots.deposit, lateRefund] : [roots[kind]])
/** Begun after the samples' own time, in which the deposit was credited. */
const lateRefund = refundOf(roots.deposit, 'refund-1', { begunAt: '2010-01-21T00:00:00.000Z' })
const afterRefund = { timestamp: '2010-01-22 14:42:04.675645+01' }

test.each(notificationRows.map((row) => [row.method, row.kind, row.situation ?? 'alone', row] as const))(
  '%s of a %s, %s (sections 4 and 6)',
  (method, kind, _situation, { before = [], data, fact }) => {
    const root = roots[kind]
    const earlier = before.map((one, index) =>
      reported(root, notification(one.method, { ...one.data, notificationid: `${index + 1}` })),
    )
    const isLater = kind === 'deposit' && before.length > 0 && notificationKinds[method]?.needs.includes('amount')
    const own = reported(root, notification(method, { ...data, ...(isLater && afterRefund), notificationid: '9' }))
    const facts = interpret(recordOf(intentsOf(kind), [...earlier, own]))
    expect(facts.filter(({ evidence }) => evidence.includes('9'))).toMatchObject([
      { ...fact, intent: paymentRef(root.intent) },
    ])
  },
)

test('every notification has a row for every kind of payment', () => {
  const missing = Object.keys(notificationKinds).flatMap((method) =>
    (['deposit', 'payout', 'withdrawal'] as const)
      .filter((kind) => !notificationRows.some((row) => row.method === method && row.kind === kind))
      .map((kind) => `${method} ${kind}`),
  )
  expect(missing).toEqual([])
})

test('a method that nobody documented is unrecognised (java-notification-_unknown)', () => {
  const told = reported(roots.deposit, notification('_unknown'))
  expect(interpret(recordOf([roots.deposit], [told]))).toMatchObject([{ type: 'unrecognised', method: 'qweasdzxc' }])
})

test('what persons and time said is not for Trustly to interpret', () => {
  const told = reported(roots.deposit, notification('credit'), { method: 'person:credited', proof: 'person' })
  expect(interpret(recordOf([roots.deposit], [told]))).toEqual([])
})

/** Facts as a set, each with its evidence as one. */
const asSet = (facts: readonly Fact[]) =>
  facts.map((fact) => JSON.stringify({ ...fact, evidence: [...fact.evidence].sort() })).sort()

const anyReports = (kind: RootKind): fc.Arbitrary<readonly Report[]> =>
  fc
    .array(
      fc.record({
        method: fc.constantFrom(...Object.keys(notificationKinds)),
        amount: fc.constantFrom('49.90', '10.00', '20.00'),
        day: fc.integer({ min: 10, max: 28 }),
        account: fc.constantFrom('1', '2'),
        mandate: fc.constantFrom('0', '1'),
      }),
      { maxLength: 9 },
    )
    .map((many) =>
      many.map(({ method, amount, day, account, mandate }, index) => {
        const needs = notificationKinds[method]?.needs ?? []
        const more = {
          notificationid: `${index + 1}`,
          ...(needs.includes('amount') && { amount, timestamp: `2010-01-${day} 14:42:04.6+01` }),
          ...(method === 'account' && { accountid: account, attributes: { directdebitmandate: mandate } }),
        }
        return reported(roots[kind], notification(method, more))
      }),
    )

test.each(['deposit', 'payout', 'withdrawal'] as const)(
  'the facts of a %s are the same for any order of its reports',
  (kind) => {
    const second = refundOf(roots.deposit, 'refund-2', { begunAt: '2010-01-18T00:00:00.000Z' })
    const intents = kind === 'deposit' ? [...intentsOf(kind), second] : intentsOf(kind)
    const shuffled = anyReports(kind).chain((reports) =>
      fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports], { minLength: reports.length })),
    )
    const property = fc.property(shuffled, ([reports, others]) => {
      expect(asSet(interpret(recordOf(intents, others)))).toEqual(asSet(interpret(recordOf(intents, reports))))
    })
    expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
  },
)

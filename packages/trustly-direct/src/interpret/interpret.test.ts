import {
  type Fact,
  isOwnMethod,
  ownMethods,
  paymentRef,
  type RecordedIntent,
  type Report,
} from '@railswitch/core/provider'
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
  const unknown = reported(roots.deposit, notification('_unknown'))
  expect(interpret(recordOf([roots.deposit], [unknown]))).toMatchObject([{ type: 'unrecognised', method: 'qweasdzxc' }])
})

test('what nobody documented is unrecognised for every kind of payment, and so is all that is said of a refund', () => {
  const order = recorded('account', 'account-1')
  for (const root of [...Object.values(roots), order]) {
    const report = reported(root, notification('_unknown'), { id: '1' })
    expect(interpret(recordOf([root], [report]))).toMatchObject([
      { type: 'unrecognised', method: 'qweasdzxc', key: '1' },
    ])
  }
  const ofRefund = reported(lateRefund, notification('credit'), { id: '1' })
  expect(interpret(recordOf([roots.deposit, lateRefund], [ofRefund]))).toMatchObject([
    { type: 'unrecognised', method: 'credit', intent: paymentRef(lateRefund.intent) },
  ])
})

test.each(Object.keys(notificationKinds))('an order for an account has no money: %s', (method) => {
  const order = recorded('account', 'account-1')
  const [{ type } = { type: null }, ...more] = interpret(recordOf([order], [reported(order, notification(method))]))
  expect(more).toEqual([])
  const known = { account: 'account.received', cancel: 'account.not_received', kyc: 'kyc.received' }
  expect(type).toBe(Object.entries(known).find(([name]) => name === method)?.[1] ?? 'unrecognised')
})

test.each(Object.values(ownMethods))('what we or persons said is not for Trustly to interpret: %s', (method) => {
  const report = reported(roots.deposit, notification('credit'), { method, proof: 'person' })
  expect(interpret(recordOf([roots.deposit], [report]))).toEqual([])
})

test('a report of no payment of ours, or of one that is not in the record, means nothing', () => {
  const credit = reported(roots.deposit, notification('credit'))
  expect(interpret(recordOf([roots.deposit], [{ ...credit, intent: null }]))).toEqual([])
  expect(interpret(recordOf([], [credit]))).toEqual([])
})

test('two orders of one record are read apart, as two attempts or one that was replaced', () => {
  const second = recorded('deposit', 'order-1', { attempt: 2 })
  const reports = [
    reported(roots.deposit, notification('credit'), { id: '1' }),
    reported(roots.deposit, notification('credit'), { id: '2', vendorId: '999' }),
    reported(second, notification('credit'), { id: '3', vendorId: '998' }),
  ]
  expect(
    interpret(recordOf([roots.deposit, second], reports)).map((fact) => [
      fact.type,
      fact.intent,
      fact.vendorId,
      fact.evidence,
    ]),
  ).toEqual([
    ['deposit.credited', 'rs1.t.deposit.order-1.1', '87654567', ['1']],
    ['deposit.credited', 'rs1.t.deposit.order-1.1', '999', ['2']],
    ['deposit.credited', 'rs1.t.deposit.order-1.2', '998', ['3']],
  ])
})

test('reports of one moment are read by their ids, those of two by their times', () => {
  const credit = (id: string, at: string) => reported(roots.deposit, notification('credit'), { id, at })
  const creditedBy = (...reports: readonly Report[]) => interpret(recordOf([roots.deposit], reports))[0]?.evidence
  const [early, late] = ['2010-01-05T12:00:00.000Z', '2010-01-05T12:00:00.001Z']
  expect(creditedBy(credit('2', early), credit('1', early))).toEqual(['1'])
  expect(creditedBy(credit('1', early), credit('2', early))).toEqual(['1'])
  expect(creditedBy(credit('1', late), credit('2', early))).toEqual(['2'])
  expect(creditedBy(credit('2', early), credit('1', late))).toEqual(['2'])
})

test('every kyc is one fact, with the reason of an abort', () => {
  const reports = [
    reported(roots.deposit, notification('kyc', { notificationid: '1' })),
    reported(roots.deposit, notification('kyc', { notificationid: '2', abort: '1', abortmessage: 'underage' })),
    reported(roots.deposit, notification('kyc', { notificationid: '3', abort: '1' })),
  ]
  expect(
    interpret(recordOf([roots.deposit], reports)).map((fact) => fact.type === 'kyc.received' && [fact.key, fact.abort]),
  ).toEqual([
    ['1', null],
    ['2', 'underage'],
    ['3', ''],
  ])
})

/** Facts as a set, each with its evidence as one. */
const asSet = (facts: readonly Fact[]) =>
  facts.map((fact) => JSON.stringify({ ...fact, evidence: [...fact.evidence].sort() })).sort()

const kinds = ['deposit', 'payout', 'withdrawal', 'account'] as const
type Root = (typeof kinds)[number]
const rootOf = (kind: Root): RecordedIntent => (kind === 'account' ? recorded('account', 'account-1') : roots[kind])
const refunds = [
  lateRefund,
  refundOf(roots.deposit, 'refund-2', { begunAt: '2010-01-18T00:00:00.000Z' }),
  refundOf(roots.deposit, 'refund-2', {
    begunAt: '2010-01-20T00:00:00.000Z',
    intent: { ...refundOf(roots.deposit, 'refund-2').intent, attempt: 2 },
  }),
]
const allIntents = (kind: Root) => (kind === 'deposit' ? [roots.deposit, ...refunds] : [rootOf(kind)])

const anyReports = (kind: Root): fc.Arbitrary<readonly Report[]> =>
  fc
    .array(
      fc.record({
        method: fc.constantFrom(...Object.keys(notificationKinds), 'AccountLedger', ownMethods.personCredited),
        amount: fc.constantFrom('49.90', '10.00', '20.00', '20.005'),
        day: fc.integer({ min: 10, max: 28 }),
        hasTime: fc.boolean(),
        account: fc.constantFrom('1', '2'),
        mandate: fc.constantFrom('0', '1'),
      }),
      { maxLength: 9 },
    )
    .map((many) => many.map((one, index) => anyReport(kind, one, `${index + 1}`)))

interface Said {
  readonly method: string
  readonly amount: string
  readonly day: number
  readonly hasTime: boolean
  readonly account: string
  readonly mandate: string
}

const anyReport = (kind: Root, { method, amount, day, hasTime, account, mandate }: Said, id: string): Report => {
  const needs = notificationKinds[method]?.needs ?? ['amount']
  const more = {
    notificationid: id,
    ...(needs.includes('amount') && { amount, timestamp: hasTime ? `2010-01-${day} 14:42:04.6+01` : null }),
    ...(method === 'account' && { accountid: account, attributes: { directdebitmandate: mandate } }),
  }
  const ours = !Object.hasOwn(notificationKinds, method)
  // The ledger is looked up for deposits, and nothing but a readable amount is a finding.
  if (method === 'AccountLedger' && (kind !== 'deposit' || amount === '20.005'))
    return anyReport(kind, { method: 'credit', amount, day, hasTime, account, mandate }, id)
  const report = reported(rootOf(kind), notification(ours ? 'credit' : method, more))
  return ours ? { ...report, method, proof: method === 'AccountLedger' ? 'lookup' : 'person' } : report
}

test.each(kinds)('the facts of a %s are the same for any order and repetition of its reports and intents', (kind) => {
  const shuffled = anyReports(kind).chain((reports) =>
    fc.tuple(
      fc.constant(reports),
      fc.array(reports.length > 0 ? fc.constantFrom(...reports) : fc.constant(undefined), { maxLength: 4 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
    ),
  )
  const property = fc.property(shuffled, ([reports, again, order]) => {
    const others = [...reports, ...again.flatMap((report) => report ?? [])]
      .map((report) => ({ report, rank: order.next().value }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ report }) => report)
    const intents = allIntents(kind)
    expect(asSet(interpret(recordOf([...intents].reverse(), others)))).toEqual(
      asSet(interpret(recordOf(intents, reports))),
    )
  })
  expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
})

test.each(kinds)(
  'nothing that is reported of a %s is dropped: every report is evidence, or repeats a mandate',
  (kind) => {
    const property = fc.property(anyReports(kind), (reports) => {
      const facts = interpret(recordOf(allIntents(kind), reports))
      const used = new Set(facts.flatMap(({ evidence }) => evidence))
      const dropped = reports.filter(({ id, method }) => !used.has(id) && !isOwnMethod(method))
      expect(
        dropped.filter(({ method }) => method !== 'account' && !(kind === 'account' && method === 'cancel')),
      ).toEqual([])
    })
    expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
  },
)

test('money is never said twice: what is a deposit’s or a refund’s is not a review, unless it may be another refund’s', () => {
  const property = fc.property(anyReports('deposit'), (reports) => {
    const facts = interpret(recordOf(allIntents('deposit'), reports))
    const money = facts.filter(({ type }) => type.startsWith('deposit.') || type.startsWith('refund.'))
    const ids = money.flatMap(({ evidence }) => evidence)
    expect(ids).toHaveLength(new Set(ids).size)
    const twice = facts.filter((fact) => fact.type === 'review' && fact.evidence.some((id) => ids.includes(id)))
    for (const fact of twice) expect(fact).toMatchObject({ reason: 'ambiguous_return' })
  })
  expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
})

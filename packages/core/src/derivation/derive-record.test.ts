import { bankSaying, deliver, derivedFrom, emittedAs, fact, handled, reportsOf } from '../__fixtures__/bank.ts'
import {
  account,
  deposit,
  depositRef,
  payout,
  recordOf,
  refOf,
  report,
  sek,
  withdrawal,
} from '../__fixtures__/records.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import { inOrder, ownMethods } from '../record/report.ts'
import { answerFor, deriveRecord, pendingEventsFor } from './derive-record.ts'

const credited = fact('deposit.credited', { evidence: ['credit'] })
const reversal = fact('deposit.reversed', { evidence: ['back'], at: '2026-01-03T00:00:00.000Z' })

describe('what a look-up has shown before its notification arrives', () => {
  // The time of a look-up is later than that of the event, so the notification is older than the report that was handled.
  test.each(['deposit.not_credited_yet', 'deposit.not_credited', 'deposit.credited'] as const)(
    '%s is handled once',
    (type) => {
      const shown = fact(type, { evidence: ['look-up'], at: '2026-01-06T13:00:00.000Z', source: 'lookup' })
      const notified = fact(type, { evidence: ['notification'], at: '2026-01-06T08:00:00.000Z' })
      expect(deliver([deposit()], shown, notified).record.emitted.map((one) => one.type)).toEqual([type])
    },
  )
})

describe('the pending events', () => {
  test('are the events that were not emitted, in order, followed by the reviews', () => {
    const unexpectedCredit = fact('review', {
      reason: 'unexpected_credit',
      money: sek('5.00'),
      evidence: ['x'],
      at: '2026-01-01T00:00:00.000Z',
    })
    const { pending, reviews } = derivedFrom([deposit()], [unexpectedCredit, reversal, credited])
    expect(pending.map(({ event }) => event.type)).toEqual(['deposit.credited', 'deposit.reversed', 'review.needed'])
    expect(pending.at(-1)).toEqual({
      event: {
        type: 'review.needed',
        id: reviews[0]?.id,
        payment: depositRef,
        reference: 'order-1',
        at: '2026-01-01T00:00:00.000Z',
        reason: 'unexpected_credit',
        rail: 'bank',
        now: { state: 'reversed', net: sek('0.00') },
      },
      evidence: [reviews[0]?.id],
    })
  })

  test('contain a review once, even while it stays open', () => {
    const { record, reviews } = deliver([deposit()], fact('deposit.credited', { amount: sek('90.00') }))
    expect(record.emitted.map(({ type, evidence }) => [type, evidence])).toEqual([['review.needed', [reviews[0]?.id]]])
    expect(reviews).toHaveLength(1)
    expect(deriveRecord(record, bankSaying([fact('deposit.credited', { amount: sek('90.00') })])).pending).toEqual([])
  })

  test('contain the detail of a review, if it has one', () => {
    const emitted: EmittedEvent = {
      id: 'e-1',
      type: 'deposit.credited',
      payment: depositRef,
      money: sek('100.00'),
      answer: 'ok',
      evidence: ['gone'],
    }
    const { pending } = derivedFrom([deposit()], [], { emitted: [emitted] })
    expect(pending.map(({ event }) => event)).toMatchObject([
      {
        reason: 'reinterpreted',
        detail: 'emitted: deposit.credited 100.00 SEK; reported now: nothing; difference: +100.00 SEK',
      },
    ])
  })

  test('include kyc.received only during its own delivery', () => {
    const kyc = fact('kyc.received', { abort: null, evidence: ['k'] })
    const derived = derivedFrom([deposit()], [kyc, credited])
    const typesFor = (id: string | null) => pendingEventsFor(derived, id).map(({ event }) => event.type)
    expect(typesFor('k')).toEqual(['kyc.received', 'deposit.credited'])
    expect(typesFor('credit')).toEqual(['deposit.credited'])
    expect(typesFor(null)).toEqual(['deposit.credited'])
  })
})

describe('an imported payment', () => {
  const importedAs = (state: string, more = {}) =>
    derivedFrom([deposit()], [], {
      reports: [
        report('import', ownMethods.imported, { proof: 'person', money: sek('100.00'), members: { state }, ...more }),
      ],
    })

  test('row 14: as credited, is credited, and its event counts as emitted', () => {
    const derived = importedAs('credited')
    expect(derived.state).toMatchObject({ state: 'credited', refundable: sek('100.00') })
    expect(derived.pending).toEqual([])
  })

  test('row 14: as credited, is reversed by a report that was received before the import', () => {
    const reports = [
      report('import', ownMethods.imported, {
        proof: 'person',
        money: sek('100.00'),
        members: { state: 'credited' },
        at: '2026-01-09T00:00:00.000Z',
      }),
    ]
    const { pending } = derivedFrom([deposit()], [reversal], { reports })
    expect(pending.map(({ event }) => event.type)).toEqual(['deposit.reversed'])
  })

  test('row 14: as credited, is not emitted again when its credit is reported', () => {
    const reports = [
      report('import', ownMethods.imported, { proof: 'person', money: sek('100.00'), members: { state: 'credited' } }),
    ]
    const { pending, reviews } = derivedFrom([deposit()], [credited], { reports })
    expect([pending, reviews]).toEqual([[], []])
  })

  test('as not_credited_yet, is approved and becomes credited', () => {
    const derived = importedAs('pending')
    expect(derived.state).toMatchObject({ state: 'not_credited_yet' })
    expect(derived.pending).toEqual([])
    const reports = [
      report('import', ownMethods.imported, { proof: 'person', money: sek('100.00'), members: { state: 'pending' } }),
    ]
    expect(derivedFrom([deposit()], [credited], { reports }).pending.map(({ event }) => event.type)).toEqual([
      'deposit.credited',
    ])
  })

  test('without money, or of another kind than a deposit, has no emitted event', () => {
    expect(importedAs('credited', { money: undefined }).state).toMatchObject({ state: 'pending' })
    const out = payout()
    const reports = [
      report('import', ownMethods.imported, {
        intent: refOf(out),
        proof: 'person',
        money: sek('100.00'),
        members: { state: 'credited' },
      }),
    ]
    expect(derivedFrom([out], [], { reports }).comparison.differences).toEqual([])
  })
})

describe('a payment that was imported as pending', () => {
  const imported = report('import', ownMethods.imported, {
    proof: 'person',
    money: sek('100.00'),
    members: { state: 'pending' },
  })
  const paid = report('credit', 'credit', { money: sek('100.00') })
  const derivedOf = (...reports: readonly ReturnType<typeof report>[]) =>
    deriveRecord(recordOf([deposit()], { reports }), bankSaying([credited]))

  test('is approved, emits no event for it, and has no emitted money', () => {
    const { comparison } = derivedOf(imported)
    expect(comparison.pairs.map(({ emitted }) => emitted)).toEqual([
      { id: 'import', type: 'deposit.not_credited_yet', payment: depositRef, answer: 'ok', evidence: ['import'] },
    ])
  })

  test('is credited by a report with money, because only the import itself counts as emitted', () => {
    const { pending, comparison } = derivedOf(imported, paid)
    expect(pending.map(({ event }) => event.type)).toEqual(['deposit.credited'])
    expect(comparison.differences).toEqual([])
  })

  test('has no money event for a payout, and no event at all without money', () => {
    const { comparison } = derivedOf({ ...imported, members: { state: 'credited' } })
    expect(comparison.pairs.map(({ emitted }) => emitted.money)).toEqual([sek('100.00')])
    expect(derivedOf(report('import', ownMethods.imported, { proof: 'person' })).comparison.pairs).toEqual([])
  })
})

test('an emitted review is recognised by its own id, not by the reports of other events', () => {
  const otherReview = fact('review', { reason: 'unexpected_credit', money: sek('5.00'), evidence: ['x'] })
  const [first] = derivedFrom([deposit()], [otherReview]).pending
  const id = first?.event.id ?? ''
  const other: EmittedEvent = { id: 'e', type: 'unrecognised', payment: depositRef, answer: 'ok', evidence: [id] }
  expect(derivedFrom([deposit()], [otherReview], { emitted: [other] }).pending).toHaveLength(1)
  expect(first?.event).not.toHaveProperty('detail')
})

describe('the answer to a report', () => {
  const facts = [credited, reversal]
  const rails = bankSaying(facts)
  const record = recordOf([deposit()], { reports: reportsOf(facts) })
  const answer = (one: typeof record, id: string) => answerFor(one, deriveRecord(one, rails), id)

  test('is pending until its handler has run', () => {
    expect(answer(record, 'credit')).toEqual({ state: 'pending' })
  })

  test('is the answer of the event that the report belongs to', () => {
    const after = handled(record, rails)
    expect(answer(after, 'credit')).toEqual({ state: 'handled', answer: 'ok' })
    expect(answer(after, 'back')).toEqual({ state: 'handled', answer: { recovered: true } })
  })

  test('is none if the report belongs to no event', () => {
    expect(answer(record, 'another')).toEqual({ state: 'none' })
  })

  test('is the same for a later report of the same event', () => {
    const again = fact('deposit.reversed', { ...reversal, evidence: ['back', 'again'] })
    const after = { ...handled(record, rails), reports: reportsOf([credited, again]) }
    expect(answerFor(after, deriveRecord(after, bankSaying([credited, again])), 'again')).toEqual({
      state: 'handled',
      answer: { recovered: true },
    })
  })

  test('is the answer of an emitted event that is no longer derived', () => {
    const after = handled(record, rails)
    expect(answerFor(after, deriveRecord(after, bankSaying([])), 'back')).toEqual({
      state: 'handled',
      answer: { recovered: true },
    })
  })

  test('is the answer to the question if the report belongs to several events', () => {
    const requested = withdrawal()
    const both = [
      fact('withdrawal.requested', { intent: refOf(requested), evidence: ['debit'] }),
      fact('unrecognised', { intent: refOf(requested), method: 'x', evidence: ['debit'] }),
    ]
    const one = recordOf([requested], { reports: reportsOf(both) })
    const derived = deriveRecord(one, bankSaying(both))
    const [first, second] = derived.pending
    const half = { ...one, emitted: second ? [emittedAs(second)] : [] }
    expect(first?.event.type).toBe('withdrawal.requested')
    expect(answerFor(half, deriveRecord(half, bankSaying(both)), 'debit')).toEqual({ state: 'pending' })
    const whole = handled(one, bankSaying(both))
    expect(answerFor(whole, deriveRecord(whole, bankSaying(both)), 'debit')).toEqual({
      state: 'handled',
      answer: { reserved: true },
    })
  })
})

describe('the answer to a question', () => {
  const requested = withdrawal()
  const question = (id: string, value: string, at: string) =>
    fact('withdrawal.requested', { intent: refOf(requested), evidence: [id], amount: sek(value), at })
  const first = question('first', '100.00', '2026-01-02T00:00:00.000Z')
  const answeredThen = (other: ReturnType<typeof question>) => {
    const before = handled(recordOf([requested], { reports: reportsOf([first]) }), bankSaying([first]))
    const after = { ...before, reports: reportsOf([first, other]) }
    return answerFor(after, deriveRecord(after, bankSaying([other])), 'other')
  }

  test('is not reused for a question about other money, however the reports are interpreted', () => {
    expect(answeredThen(question('other', '5000.00', '2026-01-01T00:00:00.000Z'))).toEqual({ state: 'none' })
  })

  test('is reused for the same money, even if the events share only one report', () => {
    const shared = { ...question('first', '60.00', '2026-01-02T00:00:00.000Z'), evidence: ['first', 'other'] }
    expect(answeredThen(shared)).toEqual({ state: 'handled', answer: { reserved: true } })
    expect(answeredThen(question('other', '100.00', '2026-01-01T00:00:00.000Z'))).toEqual({
      state: 'handled',
      answer: { reserved: true },
    })
  })
})

test('reports of foreign orders are one review per rail and day, which is open again when more are received', () => {
  const unowned = {
    reason: 'foreign_order',
    rail: 'bank',
    name: '2026-01-02',
    since: '2026-01-02T03:04:05.000Z',
    count: 2,
  } as const
  const reviewsOf = (count: number, resolvedAt?: string) => {
    const members = {
      review: 'bank:review:foreign_order:2026-01-02',
      ...(resolvedAt !== undefined && { count: resolvedAt }),
    }
    const reports =
      resolvedAt === undefined ? [] : [report('p', ownMethods.resolved, { intent: null, proof: 'person', members })]
    return deriveRecord(recordOf([], { unowned: { ...unowned, count }, reports }), bankSaying([])).reviews
  }
  expect(reviewsOf(2)).toEqual([
    {
      id: 'bank:review:foreign_order:2026-01-02',
      reason: 'foreign_order',
      rail: 'bank',
      payment: null,
      reference: null,
      vendorId: '',
      at: '2026-01-02T03:04:05.000Z',
      count: 2,
    },
  ])
  expect(reviewsOf(0)).toEqual([])
  expect(reviewsOf(2, '2')).toEqual([])
  expect(reviewsOf(3, '2')).toHaveLength(1)
  expect(reviewsOf(3, '')).toHaveLength(1)
})

test('reports are sorted by their time, then by their id, then by their rail', () => {
  const at = '2026-01-09T00:00:00.000Z'
  const reports = [report('b', 'x'), report('a', 'x', { at }), report('a', 'x', { rail: 'other' }), report('a', 'x')]
  expect(inOrder(reports)).toEqual([reports[3], reports[2], reports[0], reports[1]])
  expect(inOrder([...reports].reverse())).toEqual(inOrder(reports))
})

test('a record without an intent has no payment state', () => {
  expect(deriveRecord(recordOf([]), bankSaying([]))).toMatchObject({ state: null, reviews: [], pending: [] })
  expect(deriveRecord(recordOf([account()]), bankSaying([])).state).toMatchObject({ kind: 'account' })
})

import {
  deriveDeposit,
  ownMethods,
  type PaymentRecord,
  paymentRef,
  type RecordedIntent,
  type Report,
} from '@railswitch/core/provider'
import {
  callback,
  credited,
  depositIntent,
  depositRef,
  derived,
  eur,
  factWords,
  payoutIntent,
  recordOf,
  refundIntent,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import { interpret } from './interpret.ts'

const deposit = depositIntent()
const of = (...reports: readonly Report[]): PaymentRecord => recordOf([deposit], reports)
const stateOf = (record: PaymentRecord) => deriveDeposit(record, derived(record).facts)
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)

const errorcodes = ['0', '2000', '-5003', '-1315', '-5002', '-5004', '-5007', '-999', '-31337'] as const
const states = [undefined, 'not_credited_yet', 'credited', 'not_credited', 'reversed_later'] as const

/** protocol/payabl.md, section 4, for a capture of a pending deposit: errorcode x payment_state, with our token. */
const captures: Record<(typeof errorcodes)[number], readonly string[]> = {
  // no state            not_credited_yet          credited        not_credited               a state of the future
  '0': [
    'unrecognised',
    'deposit.not_credited_yet 10.00',
    'deposit.credited 10.00',
    'deposit.not_credited failed',
    'unrecognised',
  ],
  '2000': ['unrecognised', 'unrecognised', 'unrecognised', 'deposit.not_credited failed', 'unrecognised'],
  '-5003': Array(5).fill('deposit.not_credited abandoned'),
  '-1315': Array(5).fill('deposit.not_credited expired'),
  '-5002': Array(5).fill('deposit.not_credited declined'),
  '-5004': Array(5).fill('deposit.not_credited declined'),
  '-5007': Array(5).fill('deposit.not_credited failed'),
  '-999': Array(5).fill('deposit.not_credited failed'),
  '-31337': Array(5).fill('deposit.not_credited failed'),
}

describe('a capture, for a pending deposit', () => {
  const rows = errorcodes.flatMap((errorcode) =>
    states.map((payment_state, at) => ({ errorcode, payment_state, fact: captures[errorcode][at] ?? '' })),
  )

  test.each(rows)('with our token: errorcode $errorcode, payment_state $payment_state is $fact', (row) => {
    const { errorcode, payment_state, fact } = row
    expect(factWords(of(callback({ errorcode, payment_state })))).toEqual([fact])
  })

  test.each(rows)('without it, errorcode $errorcode, payment_state $payment_state proves a failure alone', (row) => {
    const { errorcode, payment_state, fact } = row
    const expected = errorcode === '0' ? 'review unsigned_money 10.00' : errorcode === '2000' ? 'unrecognised' : fact
    expect(factWords(of(unproven({ errorcode, payment_state })))).toEqual([expected])
  })

  test.each(rows)('that is not known to be ours is never interpreted: $errorcode, $payment_state', (row) => {
    const { errorcode, payment_state } = row
    expect(interpret(of(unproven({ errorcode, payment_state }, null)))).toEqual([])
  })
})

describe('another type, for a deposit', () => {
  const types = ['chb', 'cft', 'retrieval_request', 'invented_later'] as const
  const expected: Record<(typeof types)[number], readonly [ok: string, other: string]> = {
    chb: ['deposit.reversed 10.00', 'unrecognised'],
    cft: ['review unexpected_payout 10.00', 'review unexpected_payout 10.00'],
    retrieval_request: ['unrecognised', 'unrecognised'],
    invented_later: ['unrecognised', 'unrecognised'],
  }
  const rows = types.flatMap((type) => errorcodes.map((errorcode) => ({ type, errorcode })))

  test.each(rows)('$type with $errorcode', ({ type, errorcode }) => {
    const [ok, other] = expected[type]
    const fact = errorcode === '0' ? ok : other
    expect(factWords(of(callback({ type, errorcode })))).toEqual([fact])
    const alone = type === 'chb' && errorcode === '0' ? 'review unsigned_money 10.00' : fact
    expect(factWords(of(unproven({ type, errorcode })))).toEqual([alone])
  })
})

const started = {
  state: 'started',
  result: { payment: depositRef, redirectUrl: 'https://bank.example/', expiresAt: null },
} as const

describe('money', () => {
  test('is in the deposit`s currency where the notification names none (the page lists no currency)', () => {
    expect(factWords(of(callback({ payment_state: 'credited', currency: undefined })))).toEqual([
      'deposit.credited 10.00',
    ])
  })

  test('in a currency that cannot be read is not taken for the deposit`s', () => {
    expect(factWords(of(callback({ payment_state: 'credited', currency: 'QQQ' })))).toEqual(['review amount_differs'])
  })

  test.each([undefined, '1e3', '10.001'])('that cannot be read is nobody`s: amount %s', (amount) => {
    expect(factWords(of(callback({ payment_state: 'credited', amount })))).toEqual(['review amount_differs'])
    expect(factWords(of(callback({ payment_state: 'not_credited_yet', amount })))).toEqual(['unrecognised'])
    expect(factWords(of(callback({ type: 'chb', amount })))).toEqual(['review amount_differs'])
  })

  test('without our token moves no state and needs review, once for all its repetitions', () => {
    const record = of(
      unproven({ payment_state: 'credited' }),
      unproven({ payment_state: 'credited', timestamp: secondsAfter(5) }),
    )
    expect(stateOf(record)).toMatchObject({ state: 'pending', credited: eur('0.00') })
    expect(reasonsOf(record)).toEqual(['unsigned_money'])
    const charged = of(credited(), unproven({ type: 'chb', timestamp: secondsAfter(5) }))
    expect(stateOf(charged)).toMatchObject({ state: 'credited', reversed: eur('0.00') })
    expect(reasonsOf(charged)).toEqual(['unsigned_money'])
  })

  test('that was reported without our token needs no review once a proven report says the same', () => {
    const claim = unproven({ payment_state: 'credited' })
    expect(reasonsOf(of(claim, callback({ payment_state: 'credited', timestamp: secondsAfter(5) })))).toEqual([])
    const other = callback({ payment_state: 'credited', amount: '9.00', timestamp: secondsAfter(5) })
    expect(reasonsOf(of(claim, other))).toContain('unsigned_money')
  })

  test('that a person took for credited needs no further review', () => {
    const person = report({ method: ownMethods.personCredited, proof: 'person', money: eur('10.00') })
    expect(reasonsOf(of(unproven({ payment_state: 'credited' }), person))).toEqual([])
  })

  describe('row 7: that a person took for credited', () => {
    const decided = (at: string, vendorId = '104900001') =>
      report({ method: ownMethods.personCredited, proof: 'person', money: eur('10.00'), at, vendorId })
    const claim = unproven({ payment_state: 'credited' })
    const before = decided('2026-11-20T09:26:00.000Z')
    const wordsOf = (...reports: readonly Report[]) => factWords(of(before, ...reports))

    test('is claimed again without a further review', () => {
      expect(wordsOf(claim, unproven({ payment_state: 'credited', timestamp: secondsAfter(60) }))).toEqual([])
    })

    test.each<[string, Parameters<typeof callback>[0], string]>([
      ['that it is gone', { payment_state: 'not_credited' }, 'review unsigned_money 10.00'],
      ['that it was charged back', { type: 'chb' }, 'review unsigned_money 10.00'],
      ['of other money', { payment_state: 'credited', amount: '9999.00' }, 'review unsigned_money 9999.00'],
      ['under another transaction', { payment_state: 'credited', transactionid: '8' }, 'review unsigned_money 10.00'],
    ])('and needs a review of its own when a later report claims %s', (_, more, expected) => {
      expect(wordsOf(claim, unproven({ ...more, timestamp: secondsAfter(60) }))).toEqual([expected])
    })

    test('needs none for what was claimed by then, up to the very second', () => {
      const other = unproven({ payment_state: 'credited', amount: '9.00', timestamp: secondsAfter(1) })
      expect(factWords(of(before, claim, other))).toEqual([])
      expect(factWords(of(decided('2026-11-20T09:25:59.999Z'), claim, other))).toEqual(['review unsigned_money 9.00'])
    })
  })

  describe('that was imported as credited', () => {
    const imported = (at: string) =>
      report({ method: ownMethods.imported, proof: 'person', money: eur('10.00'), members: { state: 'credited' }, at })
    const early = imported('2026-11-20T09:00:00.000Z')
    const late = imported('2026-11-20T23:00:00.000Z')
    const intent = { ...depositIntent(), conclusion: started }
    const seen = (...reports: readonly Report[]) => {
      const { reviews, pending } = derived(recordOf([intent], reports))
      return [...reviews.map(({ reason }) => reason), ...pending.map(({ event }) => event.type)].filter(
        (one) => one !== 'review.needed',
      )
    }

    test('needs no review where a report without our token says the same, and one where it says other money', () => {
      expect(seen(early, unproven({ payment_state: 'credited' }))).toEqual([])
      expect(seen(unproven({ payment_state: 'credited' }), late)).toEqual([])
      expect(seen(early, unproven({ payment_state: 'credited', amount: '9.00' }))).toEqual(['unsigned_money'])
    })

    test.each(['-5003', '-5002', '-1315'])('is not taken back by a try that had ended before: %s', (errorcode) => {
      expect(seen(callback({ errorcode }), late)).toEqual([])
      expect(seen(callback({ errorcode, transactionid: '8' }), late)).toEqual([])
    })

    test.each([{ errorcode: '-5007' }, { payment_state: 'not_credited' }])(
      'row 14: is taken back by what had become of it before: %j',
      (more) => {
        expect(seen(callback(more), late)).toEqual(['deposit.reversed'])
        expect(seen(callback({ ...more, transactionid: '8' }), late)).toEqual(['credited_and_cancelled'])
      },
    )

    test('is taken back by what failed afterwards', () => {
      expect(seen(early, callback({ payment_state: 'not_credited' }))).toEqual(['deposit.reversed'])
    })
  })

  test.each([{ amount: '9999.00' }, { currency: 'SEK' }, { orderid: 'trustly-0002' }, {}])(
    'flipped to credited is no credit without our token: %j',
    (more) => {
      expect(stateOf(of(unproven({ payment_state: 'credited', ...more })))?.credited.value).toBe('0.00')
    },
  )
})

describe('reports of one content', () => {
  test('at several times are one fact, at the earliest time, resting on all of them', () => {
    const [first, again] = [credited(), callback({ payment_state: 'credited', timestamp: secondsAfter(60) })]
    const [fact, ...others] = interpret(of(again, first))
    expect(fact).toMatchObject({ type: 'deposit.credited', at: first.at, vendorId: '104900001', source: 'vendor' })
    expect(fact?.evidence).toEqual([first.id, again.id].sort())
    expect(others).toEqual([])
  })

  test('2000 beside anything else says nothing', () => {
    expect(factWords(of(callback({ errorcode: '2000' }), credited()))).toEqual(['deposit.credited 10.00'])
  })
})

describe('a deposit that was credited', () => {
  const ended = (more: Parameters<typeof callback>[0] = {}) => callback({ payment_state: 'not_credited', ...more })
  const later = secondsAfter(60)

  test.each([{}, { errorcode: '-5002' }, { errorcode: '-5003', payment_state: undefined }])(
    'is reversed by a later failure of the same transaction: %j',
    (more) => {
      expect(factWords(of(credited(), ended({ timestamp: later, ...more })))).toEqual(
        expect.arrayContaining(['deposit.credited 10.00', 'deposit.reversed 10.00']),
      )
    },
  )

  test('is reversed once, whatever failures of it are reported', () => {
    const record = of(
      credited(),
      ended({ timestamp: later }),
      ended({ timestamp: secondsAfter(61) }),
      ended({ timestamp: secondsAfter(62), errorcode: '-5002' }),
    )
    expect(factWords(record)).toContain('deposit.reversed 10.00 (3 reports)')
    expect(stateOf(record)).toMatchObject({ reversed: eur('10.00'), state: 'reversed' })
    expect(reasonsOf(record)).toEqual([])
  })

  test.each([
    ['of the same second', secondsAfter(0)],
    ['from before the credit', secondsAfter(-1)],
  ])('contradicts a failure %s', (_, timestamp) => {
    const record = of(credited(), ended({ timestamp }))
    expect(factWords(record)).toContain('deposit.not_credited failed')
    expect(reasonsOf(record)).toEqual(['credited_and_cancelled'])
  })

  describe('and another transaction of it', () => {
    const other = (more: Parameters<typeof callback>[0]) =>
      of(credited(), ended({ transactionid: '104900009', ...more }))

    test.each([
      ['failed afterwards', { timestamp: later }],
      ['was declined afterwards', { timestamp: later, errorcode: '-5002' }],
    ])('that %s keeps the money, and needs review: it may be the same money', (_, more) => {
      expect(stateOf(other(more))).toMatchObject({ state: 'credited', reversed: eur('0.00') })
      expect(derived(other(more)).reviews).toMatchObject([
        { reason: 'credited_and_cancelled', vendorId: '104900009', money: eur('10.00') },
      ])
    })

    test.each([
      ['failed before', { timestamp: secondsAfter(-1) }],
      ['failed in the same second', { timestamp: secondsAfter(0) }],
      ['was left by the customer', { timestamp: later, errorcode: '-5003' }],
      ['timed out', { timestamp: later, errorcode: '-1315' }],
    ])('that %s says nothing of the money', (_, more) => {
      expect([stateOf(other(more))?.state, reasonsOf(other(more))]).toEqual(['credited', []])
    })

    test('that a look-up shows as failed needs review, too', () => {
      const shown = report({ method: 'diagnose capture', vendorId: '7', members: { errorcode: '-5002' } })
      expect(reasonsOf(of(credited(), shown))).toEqual(['credited_and_cancelled'])
    })
  })

  test('is not reversed by a state that nothing proves', () => {
    const record = of(credited(), unproven({ payment_state: 'not_credited', timestamp: later }))
    expect(stateOf(record)?.state).toBe('credited')
    expect(reasonsOf(record)).toEqual(['unsigned_money'])
  })

  test('and that a diagnosis shows as failed needs review: it does not say when', () => {
    const shown = report({
      method: 'diagnose capture',
      members: { errorcode: '-5002' },
      at: '2026-11-21T00:00:00.000Z',
    })
    expect(reasonsOf(of(credited(), shown))).toEqual(['credited_and_cancelled'])
  })
})

describe('the names of facts, by which one is reported from another', () => {
  const later = secondsAfter(60)
  const named = (record: PaymentRecord, type: string) =>
    interpret(record).flatMap((fact) => (fact.type === type ? [[fact.vendorId, fact.key]] : []))

  test('of endings are one for each transaction and code', () => {
    const failed = (transactionid: string, errorcode: string) => callback({ transactionid, errorcode })
    const record = of(failed('7', '-5002'), failed('7', '-5003'), failed('8', '-5002'))
    expect(named(record, 'deposit.not_credited')).toEqual([
      ['7', '7|capture|-5002'],
      ['7', '7|capture|-5003'],
      ['8', '8|capture|-5002'],
    ])
  })

  test('of money that is taken back is the transaction’s', () => {
    const record = of(credited(), callback({ payment_state: 'not_credited', timestamp: later }))
    expect(named(record, 'deposit.reversed')).toEqual([['104900001', '104900001|not_credited']])
  })

  test('of a failed other transaction is that transaction’s', () => {
    const record = of(credited(), callback({ transactionid: '7', errorcode: '-5002', timestamp: later }))
    expect(named(record, 'review')).toEqual([['7', '7|stray']])
  })

  test('of what payabl only shows is that transaction’s, with the money and the last time', () => {
    const shown = (vendorId: string, at: string, value?: string) =>
      report({
        method: 'diagnose capture',
        vendorId,
        members: { errorcode: '0' },
        at,
        ...(value !== undefined && { money: eur(value) }),
      })
    const [from, to] = ['2026-11-20T10:00:00.000Z', '2026-11-21T10:00:00.000Z'] as const
    const record = of(shown('7', from, '10.00'), shown('7', to, '10.00'), shown('8', from), shown('8', to))
    const [seven, eight, ...others] = interpret(record)
    expect(seven).toMatchObject({ vendorId: '7', key: '7|diagnose', at: to, money: eur('10.00') })
    expect(eight).toMatchObject({ vendorId: '8', key: '8|diagnose', at: to })
    expect(eight).not.toHaveProperty('money')
    expect(others).toEqual([])
    expect(interpret(of(shown('7', from), shown('8', to)))).toEqual([])
  })

  test('of a look-up are one for what it shows, with the money where it differs', () => {
    const check = (value: string | undefined, order_id?: string, errorcode = '0') =>
      report({
        method: 'check capture',
        members: { errorcode, ...(order_id !== undefined && { order_id }) },
        ...(value !== undefined && { money: eur(value) }),
      })
    const record = of(check('10.00'), check('9.00'), check('10.00', 'another'), check(undefined, undefined, '-5002'))
    expect(named(record, 'deposit.checked')).toEqual([['104900001', '104900001|104900001|check|capture|0||10.00 EUR|']])
    const [failure, other, less] = interpret(record)
      .filter(({ type }) => type === 'review')
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    expect(failure).not.toHaveProperty('money')
    expect(other).toMatchObject({ key: '104900001|104900001|check|capture|0||10.00 EUR|another', money: eur('10.00') })
    expect(less).toMatchObject({ key: '104900001|104900001|check|capture|0||9.00 EUR|', money: eur('9.00') })
  })

  test('of what is not known say its type, and its state or else its code', () => {
    const methodOf = (more: Parameters<typeof callback>[0]) =>
      interpret(of(callback(more))).map((fact) => fact.type === 'unrecognised' && fact.method)
    expect(methodOf({ payment_state: 'novel' })).toEqual(['capture novel'])
    expect(methodOf({})).toEqual(['capture 0'])
    expect(methodOf({ errorcode: '2000', payment_state: 'credited' })).toEqual(['capture 2000'])
    expect(methodOf({ type: 'chb', errorcode: '-5007', payment_state: 'credited' })).toEqual(['chb -5007'])
  })
})

describe('of several amounts that one transaction was credited with', () => {
  const paid = (amount: string, minutes: number) =>
    callback({ payment_state: 'credited', amount, timestamp: secondsAfter(minutes) })

  test.each([
    ['first', ['12.00', '9.00', '10.00']],
    ['between', ['9.00', '12.00', '10.00']],
    ['last', ['9.00', '10.00', '12.00']],
  ] as const)('a failure takes the largest one, which came %s', (_, amounts) => {
    const record = of(
      ...amounts.map((amount, index) => paid(amount, index)),
      callback({ payment_state: 'not_credited', timestamp: secondsAfter(60) }),
    )
    expect(factWords(record)).toContain('deposit.reversed 12.00')
  })

  test('a failure takes none that came after it', () => {
    const record = of(
      paid('9.00', 0),
      callback({ payment_state: 'not_credited', timestamp: secondsAfter(1) }),
      paid('12.00', 2),
    )
    expect(factWords(record)).toContain('deposit.reversed 9.00')
  })
})

describe('a failure of a transaction that was credited', () => {
  test('rests on those failures that came after the credit', () => {
    const [early, late] = [
      callback({ errorcode: '-5002', timestamp: secondsAfter(-5) }),
      callback({ errorcode: '-5007', timestamp: secondsAfter(60) }),
    ]
    const facts = interpret(of(early, credited(), late))
    expect(facts.find(({ type }) => type === 'deposit.reversed')?.evidence).toEqual([late.id])
    expect(facts.find(({ type }) => type === 'deposit.not_credited')?.evidence).toEqual([early.id])
  })

  test('is no stray failure of another transaction, where several were credited', () => {
    const record = of(
      credited(),
      credited('7'),
      callback({ transactionid: '7', payment_state: 'not_credited', timestamp: secondsAfter(60) }),
    )
    expect(factWords(record).filter((one) => one.startsWith('review'))).toEqual([])
  })
})

test('a refund of another deposit is nothing of this one', () => {
  const elsewhere = depositIntent({ attempt: 2 }, ['104900002'])
  const its = refundIntent('r-1', '4.00')
  const mine = { ...its, intent: { ...its.intent, of: paymentRef(elsewhere.intent) } }
  const sent = callback({ type: 'refund', amount: '4.00', timestamp: secondsAfter(60) })
  expect(factWords(recordOf([deposit, elsewhere, mine], [credited(), sent]))).toContain('review unexpected_payout 4.00')
})

test('a payout or an account beside the deposit is no refund of it', () => {
  const out = payoutIntent([], {})
  const account = { ...out, intent: { ...out.intent, kind: 'account' as const, of: depositRef } }
  const sent = callback({ type: 'refund', amount: '25.00', timestamp: secondsAfter(60) })
  expect(factWords(recordOf([deposit, account], [credited(), sent]))).toContain('review unexpected_payout 25.00')
  expect(interpret(recordOf([account]))).toEqual([])
})

test('what a look-up shows of a type that is not known says nothing', () => {
  expect(interpret(of(report({ method: 'listed novelty', members: { errorcode: '0' }, money: eur('1.00') })))).toEqual(
    [],
  )
})

describe('what persons and elapsed time said', () => {
  test.each(Object.values(ownMethods))('is not interpreted as payabl`s: %s', (method) => {
    expect(interpret(of(report({ method, money: eur('10.00'), members: { errorcode: '0' } })))).toEqual([])
  })
})

describe('what a diagnosis shows of a deposit', () => {
  const shown = (errorcode: string, at: string, type = 'capture') =>
    report({ method: `diagnose ${type}`, members: { errorcode }, money: eur('10.00'), at })

  test.each([
    ['-5003', 'abandoned'],
    ['-1315', 'expired'],
    ['-999', 'failed'],
  ])('ends it with %s as %s', (errorcode, reason) => {
    const facts = interpret(of(shown(errorcode, '2026-11-20T10:00:00.000Z')))
    expect(facts).toMatchObject([{ type: 'deposit.not_credited', reason, source: 'lookup', intent: depositRef }])
  })

  test('never credits it', () => {
    expect(interpret(of(shown('0', '2026-11-20T10:00:00.000Z'), shown('2000', '2026-11-20T10:00:00.000Z')))).toEqual([])
  })

  test('row 6: success without a callback for hours needs review', () => {
    const first = shown('0', '2026-11-20T10:00:00.000Z')
    expect(reasonsOf(of(first, shown('0', '2026-11-20T15:59:59.000Z')))).toEqual([])
    expect(reasonsOf(of(first, shown('0', '2026-11-20T16:00:00.000Z')))).toEqual(['overdue'])
    const opened = shown('0', '2026-11-20T10:00:00.000Z', 'preauthorization')
    expect(reasonsOf(of(opened, shown('0', '2026-11-21T10:00:00.000Z', 'preauthorization')))).toEqual([])
  })

  test('row 6: also where the callback of a first, declined transaction came', () => {
    const silent = [shown('0', '2026-11-20T10:00:00.000Z'), shown('0', '2026-11-21T10:00:00.000Z')]
    const declined = callback({ errorcode: '-5002', transactionid: '104900000' })
    const pending = callback({ errorcode: '2000' })
    expect(reasonsOf(of(...silent, declined))).toEqual(['lookup_differs'])
    expect(reasonsOf(of(...silent, pending))).toEqual(['overdue'])
  })

  test.each<[string, Report]>([
    ['a callback is applied', callback({ payment_state: 'not_credited_yet' })],
    ['the money is credited under another transaction', credited('104900002')],
    ['a person decides', report({ method: ownMethods.personCredited, proof: 'person', money: eur('10.00') })],
  ])('row 6: that review closes by itself once %s', (_, report) => {
    const silent = [shown('0', '2026-11-20T10:00:00.000Z'), shown('0', '2026-11-21T10:00:00.000Z')]
    expect(reasonsOf(of(...silent))).toEqual(['overdue'])
    expect(reasonsOf(of(...silent, report))).toEqual([])
  })
})

describe('what a look-up of a credit shows', () => {
  const check = (more: Partial<Report> = {}) =>
    report({
      method: 'check capture',
      money: eur('10.00'),
      members: { errorcode: '0', order_id: 'trustly-0001' },
      ...more,
    })

  test.each<[string, Partial<Report>]>([
    ['our order and money', {}],
    ['neither order nor amount', { members: { errorcode: '0' }, money: undefined } as unknown as Partial<Report>],
  ])('agrees with %s', (_, more) => {
    expect(factWords(of(check(more)))).toEqual(['deposit.checked'])
  })

  test.each<[string, Partial<Report>]>([
    ['another amount', { money: eur('1.00') }],
    ['another currency', { money: { value: '10.00', currency: 'SEK' } }],
    ['another order', { members: { errorcode: '0', order_id: 'trustly-0002' } }],
    ['a failure', { members: { errorcode: '-5002', order_id: 'trustly-0001' } }],
  ])('differs with %s, takes nothing back and needs review', (_, more) => {
    const record = of(credited(), check(more))
    expect(reasonsOf(record)).toEqual(['lookup_differs'])
    expect(stateOf(record)?.state).toBe('credited')
  })
})

describe('an imported deposit', () => {
  const importedIntent: RecordedIntent = {
    ...depositIntent({ imported: true }, ['104900002', '104900001']),
    conclusion: { state: 'started', result: { payment: depositRef, redirectUrl: '', expiresAt: null } },
  }
  const imported = report({
    method: ownMethods.imported,
    at: '2026-12-01T00:00:00.000Z',
    vendorId: '104900002',
    proof: 'person',
    money: eur('10.00'),
    members: { state: 'credited' },
  })
  const importedWith = (...reports: readonly Report[]) => recordOf([importedIntent], [imported, ...reports])
  const check = (more: Partial<Report>) =>
    report({
      method: 'check capture',
      vendorId: '104900002',
      money: eur('10.00'),
      members: { errorcode: '0' },
      ...more,
    })

  test('row 13: is credited once, by whichever of its ids payabl speaks of it', () => {
    const record = importedWith(credited())
    expect(stateOf(record)).toMatchObject({ state: 'credited', credited: eur('10.00'), refundable: eur('10.00') })
    expect([reasonsOf(record), derived(record).pending]).toEqual([[], []])
  })

  test('row 14: is reversed by what is reported of it, whatever the clocks say', () => {
    const failed = (transactionid: string) => callback({ payment_state: 'not_credited', transactionid })
    expect(stateOf(importedWith(failed('104900002')))).toMatchObject({ state: 'reversed', reversed: eur('10.00') })
    expect(stateOf(importedWith(failed('7')))?.state).toBe('credited')
  })

  test('row 14: is reversed by a failure under another of its ids', () => {
    const failed = callback({ payment_state: 'not_credited', timestamp: secondsAfter(60) })
    expect(stateOf(importedWith(failed))).toMatchObject({ state: 'reversed', reversed: eur('10.00') })
  })

  test('is another transaction`s money beside its own', () => {
    expect(reasonsOf(importedWith(credited('104900003')))).toEqual(['overpaid'])
  })

  test.each<[string, Partial<Report>]>([
    ['another order id, which the vendor need not know', { members: { errorcode: '0', order_id: 'shop-77' } }],
    ['more money, of which a part was taken back before', { money: eur('100.00') }],
  ])('is checked by a look-up that shows %s', (_, more) => {
    expect(factWords(importedWith(check(more)))).toContain('deposit.checked')
  })

  test.each<[string, Partial<Report>]>([
    ['less money', { money: eur('9.99') }],
    ['other money', { money: { value: '10.00', currency: 'SEK' } }],
    ['a failure', { members: { errorcode: '-5002' } }],
  ])('differs from a look-up that shows %s', (_, more) => {
    expect(reasonsOf(importedWith(check(more)))).toEqual(['lookup_differs'])
  })
})

test('row 15: a payout`s failure under the deposit`s transaction is a review of the deposit, and takes no money', () => {
  const record = of(
    credited(),
    callback({ type: 'cft', errorcode: '-5008', amount: '25.00', timestamp: secondsAfter(9) }),
  )
  expect(reasonsOf(record)).toEqual(['unexpected_payout'])
  expect(stateOf(record)).toMatchObject({ state: 'credited', refundable: eur('10.00') })
})

import {
  deriveDeposit,
  ownMethods,
  type PaymentRecord,
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
  recordOf,
  refundIntent,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import { interpret } from './interpret.ts'

type Refund = Parameters<typeof callback>[0]

const ref = (reference: string) => `rs1.p.refund.${reference}.1`
const refund = (more: Refund = {}, about?: Parameters<typeof callback>[1]) =>
  callback({ type: 'refund', amount: '4.00', timestamp: secondsAfter(60), ...more }, about)
const of = (refunds: readonly RecordedIntent[], ...reports: readonly Report[]): PaymentRecord =>
  recordOf([depositIntent(), ...refunds], [credited(), ...reports])
const wordsOf = (record: PaymentRecord) => factWords(record).filter((one) => one !== 'deposit.credited 10.00')
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)
const stateOf = (record: PaymentRecord) => deriveDeposit(record, derived(record).facts)
const statesOf = (record: PaymentRecord) => stateOf(record)?.refunds.map(({ state }) => state)
const listed = (vendorId: string, count: number, through?: Report, value = '4.00') =>
  report({
    method: 'listed refund',
    vendorId,
    money: eur(value),
    members: { errorcode: '0', count: String(count), ...(through && { through: through.at }) },
    at: '2026-11-30T00:00:00.000Z',
  })

const known = refundIntent('r-1', '4.00', ['105000001'])
const other = refundIntent('r-2', '4.00')

describe('a refund whose own transaction its response taught', () => {
  test.each<[string, Report['proof']]>([
    ['with our token', 'token'],
    ['without it, because security covers that', 'unproven'],
  ])('is meant by that transaction, %s', (_, proof) => {
    const about = { proof, intent: depositRef }
    const [confirmed, failed] = [
      refund({ transactionid: '105000001' }, about),
      refund({ transactionid: '105000001', errorcode: '-5007' }, about),
    ]
    expect(wordsOf(of([known, other], confirmed))).toEqual([`refund.confirmed ${ref('r-1')} 4.00`])
    expect(wordsOf(of([known, other], failed))).toEqual([`refund.failed ${ref('r-1')} 4.00`])
    expect(statesOf(of([known, other], confirmed, failed))).toEqual(['returned', 'unknown'])
  })

  test('is a fact of its deposit, also where the report stands with the refund', () => {
    const own = refund({ transactionid: '105000001' }, { intent: ref('r-1') as Report['intent'] })
    expect(interpret(of([known], own))).toContainEqual(
      expect.objectContaining({ type: 'refund.confirmed', intent: depositRef, vendorId: '105000001' }),
    )
  })

  test('is one fact, however often it is reported', () => {
    const again = refund({ transactionid: '105000001', timestamp: secondsAfter(90) })
    expect(wordsOf(of([known], refund({ transactionid: '105000001' }), again))).toEqual([
      `refund.confirmed ${ref('r-1')} 4.00 (2 reports)`,
    ])
  })

  test('of another amount than was asked for needs review, where the amount is believed', () => {
    const differs = { transactionid: '105000001', amount: '5.00' }
    expect(reasonsOf(of([known], refund(differs)))).toEqual(['amount_differs'])
    expect(statesOf(of([known], refund(differs, { proof: 'unproven', intent: depositRef })))).toEqual(['confirmed'])
  })
})

describe('under the deposit`s id', () => {
  test('the amount says which one, and of two equal ones neither', () => {
    expect(wordsOf(of([other, refundIntent('r-3', '5.00')], refund()))).toEqual([`refund.confirmed ${ref('r-2')} 4.00`])
    const two = of([known, other], refund())
    expect(wordsOf(two)).toEqual([`refund.confirmed ${ref('r-1')}/${ref('r-2')} 4.00`])
    expect(statesOf(two)).toEqual(['unknown', 'unknown'])
  })

  test('a refund that was recorded under that id is never a certain one', () => {
    const imported = refundIntent('r-3', '5.00', ['104900001'])
    expect(wordsOf(of([imported, other], refund({ errorcode: '-5007' })))).toEqual([`refund.failed ${ref('r-2')} 4.00`])
  })

  test.each([{}, { errorcode: '-5007' }])('nothing is believed without our token: %j', (more) => {
    const record = of([other], unproven({ type: 'refund', amount: '4.00', timestamp: secondsAfter(60), ...more }))
    expect([reasonsOf(record), statesOf(record)]).toEqual([['unsigned_money'], ['unknown']])
  })

  test('2000 says nothing, and neither does an amount that cannot be read', () => {
    expect(wordsOf(of([other], refund({ errorcode: '2000' })))).toEqual([])
    expect(wordsOf(of([other], refund({ amount: undefined })))).toEqual(['unrecognised'])
  })

  test.each([
    ['0', 'unexpected_payout'],
    ['-5007', 'unexpected_credit'],
  ])('money that no refund explains is one review, however often it is reported: %s', (errorcode, reason) => {
    const again = refund({ errorcode, timestamp: secondsAfter(90) })
    expect(reasonsOf(of([], refund({ errorcode }), again))).toEqual([reason])
  })
})

describe('equal refunds of the back office that payabl`s list shows under the deposit`s id', () => {
  const reviewsOf = (...reports: readonly Report[]) =>
    derived(of([], ...reports)).reviews.map(
      ({ id, reason, money }) => `${reason} ${money?.value} ${id.split(' EUR')[1]}`,
    )

  test('are a review each, and further ones leave the first as it is', () => {
    expect(reviewsOf(listed('104900001', 1))).toEqual(['unexpected_payout 4.00 :4.00:EUR'])
    expect(reviewsOf(listed('104900001', 3))).toEqual([
      'unexpected_payout 4.00 :4.00:EUR',
      'unexpected_payout 4.00 |2:4.00:EUR',
      'unexpected_payout 4.00 |3:4.00:EUR',
    ])
  })

  test('are the same reviews when they are notified first', () => {
    const notified = refund()
    expect(reviewsOf(notified, listed('104900001', 1, notified))).toEqual(reviewsOf(notified))
    expect(reviewsOf(notified, listed('104900001', 2, notified))).toEqual(reviewsOf(listed('104900001', 2)))
  })

  test('one that is notified after the list is a further review', () => {
    const [notified, later] = [refund(), refund({ timestamp: secondsAfter(6000) })]
    expect(reviewsOf(notified, listed('104900001', 1, notified), later)).toEqual(reviewsOf(listed('104900001', 2)))
  })
})

describe('row 10: the same refund under the deposit`s id at another time', () => {
  const again = refund({ timestamp: secondsAfter(90) })
  const failed = (minutes: number) => refund({ errorcode: '-5007', timestamp: secondsAfter(minutes) })
  const two = [refundIntent('r-1', '4.00'), other]

  test('counts once and is a review, though only one refund of ours fits: the other may be the back office`s', () => {
    const record = of([other], refund(), again)
    expect(wordsOf(record)).toEqual([
      `refund.confirmed ${ref('r-2')} 4.00 (2 reports)`,
      'review possible_duplicate 4.00',
    ])
    expect(reasonsOf(record)).toEqual(['possible_duplicate'])
  })

  test.each([
    [1, []],
    [2, ['unexpected_payout']],
  ])('of one refund of ours is settled by payabl`s list: it shows %i', (count, reasons) => {
    expect(reasonsOf(of([other], refund(), again, listed('104900001', count, again)))).toEqual(reasons)
  })

  test('counts once where several fit, and is a review', () => {
    const record = of(two, refund(), again)
    expect(reasonsOf(record)).toEqual(['possible_duplicate'])
    expect(statesOf(record)).toEqual(['unknown', 'unknown'])
  })

  test('of the same second is a redelivery, also where several fit and the currency is left out', () => {
    const record = of(two, refund(), refund({ currency: undefined }))
    expect([reasonsOf(record), statesOf(record)]).toEqual([[], ['unknown', 'unknown']])
    expect(wordsOf(record)).toEqual([`refund.confirmed ${ref('r-1')}/${ref('r-2')} 4.00 (2 reports)`])
  })

  test('is two where payabl lists two', () => {
    const record = of(two, refund(), again, listed('104900001', 2, again))
    expect([reasonsOf(record), statesOf(record)]).toEqual([[], ['confirmed', 'confirmed']])
    expect(interpret(record).filter(({ type }) => type === 'refund.confirmed')).toMatchObject([
      { separate: true },
      { separate: true },
    ])
  })

  test('is one where payabl lists one, until it is reported again', () => {
    const record = of(two, refund(), again, listed('104900001', 1, again))
    expect([reasonsOf(record), statesOf(record)]).toEqual([[], ['unknown', 'unknown']])
    const third = refund({ timestamp: secondsAfter(120) })
    expect(reasonsOf(of(two, refund(), again, listed('104900001', 1, again), third))).toEqual(['possible_duplicate'])
  })

  test('two failures of one refund count once and are a review, and those of two give back one', () => {
    expect(wordsOf(of([other], failed(60), failed(90)))).toEqual([
      `refund.failed ${ref('r-2')} 4.00 (2 reports)`,
      'review possible_duplicate 4.00',
    ])
    const record = of(two, failed(60), failed(90))
    expect(reasonsOf(record)).toEqual(['possible_duplicate'])
    // Two of 4.00 were asked for, and one is certainly back.
    expect(stateOf(record)?.refundable).toEqual(eur('6.00'))
  })

  test('the list says nothing of failures', () => {
    expect(reasonsOf(of(two, failed(60), failed(90), listed('104900001', 2)))).toContain('possible_duplicate')
  })
})

describe('under the ids of a deposit that was paid twice', () => {
  const second = '104900002'
  const paidTwice = (refunds: readonly RecordedIntent[], ...reports: readonly Report[]) =>
    of(refunds, credited(second), ...reports)
  const moneyReasonsOf = (record: PaymentRecord) => reasonsOf(record).filter((reason) => reason !== 'overpaid')

  test('one refund of ours explains one of two that payabl lists', () => {
    const record = paidTwice([other], listed('104900001', 1), listed(second, 1))
    expect([statesOf(record), moneyReasonsOf(record)]).toEqual([['confirmed'], ['unexpected_payout']])
  })

  test('two of ours explain both', () => {
    const record = paidTwice([refundIntent('r-1', '4.00'), other], listed('104900001', 1), listed(second, 1))
    expect([statesOf(record), moneyReasonsOf(record)]).toEqual([['confirmed', 'confirmed'], []])
  })

  test('one of ours explains one of two that are notified, until the list shows both', () => {
    const notified = [refund(), refund({ transactionid: second })] as const
    const record = paidTwice([other], ...notified)
    expect([statesOf(record), moneyReasonsOf(record)]).toEqual([['confirmed'], ['possible_duplicate']])
    const shown = paidTwice([other], ...notified, listed('104900001', 1, notified[0]), listed(second, 1, notified[1]))
    expect([statesOf(shown), moneyReasonsOf(shown)]).toEqual([['confirmed'], ['unexpected_payout']])
  })
})

test('two equal refunds of the back office under a second payment that payabl only lists are two reviews', () => {
  const second = report({
    method: 'listed capture',
    vendorId: '104900009',
    money: eur('10.00'),
    members: { errorcode: '0' },
  })
  const own = refundIntent('r-1', '4.00', ['104900001'])
  const record = of([own], second, listed('104900001', 1), listed('104900009', 2))
  const unexpected = derived(record).reviews.filter(({ reason }) => reason === 'unexpected_payout')
  expect([unexpected.length, statesOf(record)]).toEqual([2, ['confirmed']])
})

describe('under ids that nothing taught', () => {
  test('each id is another refund, however often it is reported', () => {
    const [seven, eight] = [refund({ transactionid: '7' }), refund({ transactionid: '8', timestamp: secondsAfter(61) })]
    const record = of(
      [refundIntent('r-1', '4.00'), other],
      seven,
      eight,
      refund({ transactionid: '8', timestamp: secondsAfter(99) }),
    )
    expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed', 'confirmed'], []])
  })

  test('two failed refunds are two, whatever code each failed with', () => {
    const failed = (transactionid: string, errorcode: string) => refund({ transactionid, errorcode })
    for (const codes of [
      ['-5007', '-5007'],
      ['-5007', '-5008'],
    ] as const) {
      const record = of([refundIntent('r-1', '4.00'), other], failed('7', codes[0]), failed('8', codes[1]))
      expect([statesOf(record), reasonsOf(record)]).toEqual([['failed', 'failed'], []])
    }
  })

  test('one more than we asked for needs review', () => {
    const record = of(
      [other],
      refund({ transactionid: '7' }),
      refund({ transactionid: '8', timestamp: secondsAfter(61) }),
    )
    expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed'], ['unexpected_payout']])
  })
})

describe('a refund that is unknown', () => {
  test('is confirmed by payabl`s list', () => {
    const record = of([other], listed('7', 1))
    expect(interpret(record)).toContainEqual(
      expect.objectContaining({ type: 'refund.confirmed', source: 'lookup', refund: ref('r-2'), vendorId: '7' }),
    )
    expect(statesOf(of([other], listed('7', 1), refund({ transactionid: '7' })))).toEqual(['confirmed'])
  })

  test('is not settled by an equal one, and both are by two', () => {
    const two = [refundIntent('r-1', '4.00'), other]
    expect(statesOf(of(two, listed('7', 1)))).toEqual(['unknown', 'unknown'])
    expect(statesOf(of(two, listed('7', 1), listed('8', 1)))).toEqual(['confirmed', 'confirmed'])
    expect(statesOf(of(two, listed('104900001', 2)))).toEqual(['confirmed', 'confirmed'])
  })
})

describe('a refund of the back office that payabl`s list shows under an id of its own', () => {
  test('is never one of ours that has its own id, even if that one is not listed so far', () => {
    const record = of([known], listed('7', 1))
    expect([statesOf(record), reasonsOf(record)]).toEqual([['unknown'], ['unexpected_payout']])
    const both = of([known], listed('7', 1), listed('105000001', 1))
    expect([statesOf(both), reasonsOf(both)]).toEqual([['confirmed'], ['unexpected_payout']])
  })

  test('is another one than that of ours which is unknown', () => {
    const record = of([known, other], listed('7', 1), listed('8', 1))
    expect([statesOf(record), reasonsOf(record)]).toEqual([['unknown', 'confirmed'], ['unexpected_payout']])
  })

  test('is another one than those of ours that the list shows under the deposit`s id', () => {
    const record = of([refundIntent('r-1', '4.00', ['104900001']), other], listed('104900001', 2), listed('7', 1))
    expect([reasonsOf(record), statesOf(record)]).toEqual([['unexpected_payout'], ['confirmed', 'confirmed']])
  })

  test('is one of ours if a notification reports it: payabl does not state which id it names', () => {
    const record = of([known], refund({ transactionid: '7' }), listed('7', 1))
    expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed'], []])
  })

  test('is no report of the deposit`s own transaction, although a look-up has assigned its id to the deposit', () => {
    const lookedUp = (vendorId: string) => report({ method: 'diagnose refund', vendorId })
    const assigned = depositIntent({}, ['104900001', '7', '8'])
    const record = recordOf(
      [assigned, other],
      [credited(), ...['7', '8'].flatMap((id) => [lookedUp(id), listed(id, 1)])],
    )
    expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed'], ['unexpected_payout']])
  })

  test('is unrecognised if its amount cannot be read', () => {
    const { money: _, ...unreadable } = listed('7', 1)
    expect(wordsOf(of([known], unreadable))).toEqual(['unrecognised'])
  })
})

describe('a fact of a refund', () => {
  const factOf = (record: PaymentRecord, type: 'refund.confirmed' | 'refund.failed' | 'review') =>
    interpret(record).filter((fact) => fact.type === type)
  const ids = (...reports: readonly Report[]) => reports.map(({ id }) => id).sort()

  test('of its own transaction rests on what agrees with it, and the rest is a review with its money', () => {
    const [right, wrong] = [
      refund({ transactionid: '105000001' }),
      refund({ transactionid: '105000001', amount: '5.00' }),
    ]
    const record = of([known], right, wrong)
    expect(factOf(record, 'refund.confirmed')).toEqual([
      {
        type: 'refund.confirmed',
        intent: depositRef,
        vendorId: '105000001',
        at: right.at,
        evidence: [right.id],
        source: 'vendor',
        key: ref('r-1'),
        amount: eur('4.00'),
        refund: ref('r-1'),
        candidates: [ref('r-1')],
      },
    ])
    expect(factOf(record, 'review')).toMatchObject([
      { reason: 'amount_differs', money: eur('5.00'), evidence: [wrong.id], key: '105000001|refund|0||5.00 EUR' },
    ])
  })

  test('under an id that nothing taught rests on all that is reported of that id', () => {
    const [one, again] = [refund({ transactionid: '7' }), refund({ transactionid: '7', timestamp: secondsAfter(5) })]
    const list = listed('7', 1)
    const record = of(
      [other, refundIntent('r-3', '5.00')],
      one,
      again,
      list,
      refund({ transactionid: '8', amount: '5.00' }),
    )
    expect(factOf(record, 'refund.confirmed')).toMatchObject([
      { vendorId: '7', source: 'vendor', evidence: ids(one, again, list), refund: ref('r-2') },
      { vendorId: '8', source: 'vendor', refund: ref('r-3') },
    ])
  })

  test('that no refund explains is a case of its transaction, whatever it was called by', () => {
    const record = of([], refund({ transactionid: '7' }), listed('8', 1, undefined, '5.00'))
    expect(factOf(record, 'review').map(({ vendorId, key, source }) => [vendorId, key, source])).toEqual([
      ['7', '7|refund|0||4.00 EUR', 'vendor'],
      ['8', '8|refund|0||5.00 EUR', 'lookup'],
    ])
    expect(factOf(of([], refund()), 'review')).toMatchObject([
      { vendorId: '104900001', key: '104900001|refund|4.00 EUR' },
    ])
  })

  test('under the deposit`s id rests on the reports of its own amount', () => {
    const [four, five] = [refund(), refund({ amount: '5.00' })]
    const found = factOf(of([other, refundIntent('r-3', '5.00')], four, five), 'refund.confirmed')
    expect(found.map((fact) => fact.evidence)).toEqual([[four.id], [five.id]])
    for (const fact of found) expect(fact).not.toHaveProperty('separate')
  })

  test('rests on the reports in one order, whatever came first', () => {
    const [one, again] = [refund(), refund({ timestamp: secondsAfter(5) })]
    for (const reports of [
      [one, again],
      [again, one],
    ])
      expect(factOf(of([other], ...reports), 'refund.confirmed')).toMatchObject([{ evidence: ids(one, again) }])
  })

  test('of another refund is not taken from what is named by its own id already', () => {
    const record = of([known, other], refund({ transactionid: '105000001' }), refund())
    expect(wordsOf(record)).toEqual([`refund.confirmed ${ref('r-1')} 4.00`, `refund.confirmed ${ref('r-2')} 4.00`])
  })
})

describe('an id that a refund was recorded with', () => {
  const recordedAs = refundIntent('r-1', '4.00', ['104900009'])

  test.each<[string, Report]>([
    [
      'that payabl uses for the deposit too',
      callback({ transactionid: '104900009', payment_state: 'not_credited_yet' }),
    ],
    [
      'under which a person credited the deposit',
      report({ method: ownMethods.personCredited, proof: 'person', vendorId: '104900009', money: eur('10.00') }),
    ],
  ])('%s names no refund', (_, beside) => {
    const record = of([recordedAs, other], beside, refund({ transactionid: '104900009' }))
    expect(wordsOf(record)).toContain(`refund.confirmed ${ref('r-1')}/${ref('r-2')} 4.00`)
  })
})

describe('a refund that is reported without our token', () => {
  const claimed = (more: Refund = {}) =>
    unproven({ type: 'refund', amount: '4.00', transactionid: '7', timestamp: secondsAfter(60), ...more })

  test('needs no review where payabl`s list shows it', () => {
    expect(reasonsOf(of([other], claimed(), listed('7', 1)))).toEqual([])
  })

  test.each<[string, Report, Report]>([
    ['under another id', claimed(), listed('8', 1)],
    ['of another amount', claimed(), listed('7', 1, undefined, '3.00')],
    ['while this one failed', claimed({ errorcode: '-5007' }), listed('7', 1)],
  ])('needs one where the list shows one %s', (_, report, list) => {
    expect(reasonsOf(of([other, refundIntent('r-3', '3.00')], report, list))).toContain('unsigned_money')
  })

  test('needs one where its money cannot be read, whatever payabl lists', () => {
    expect(reasonsOf(of([other], claimed({ amount: undefined }), listed('7', 1)))).toEqual(['unsigned_money'])
  })
})

test('what a person said of a replaced attempt does not hide that of the next', () => {
  const again = { ...other, intent: { ...other.intent, attempt: 2 }, begunAt: '2026-11-20T09:50:00.000Z' }
  const person = report({
    method: ownMethods.personFailed,
    proof: 'person',
    money: eur('4.00'),
    intent: ref('r-2') as Report['intent'],
  })
  const record = of([other, again], person, refund({ errorcode: '-5007' }))
  expect(wordsOf(record)).toContain(`refund.failed ${ref('r-2')} 4.00`)
  expect(reasonsOf(record)).toEqual(['possible_duplicate'])
  const confirmed = { ...person, method: ownMethods.personConfirmed }
  expect(reasonsOf(of([other, again], confirmed, refund({ errorcode: '-5007' })))).toEqual([])
})

describe('a refund that was refused', () => {
  const error = { code: 'declined', effect: 'refused', retry: 'never', message: 'no', hint: 'no' } as const
  const no = { ...refundIntent('r-1', '4.00'), conclusion: { state: 'refused' as const, error } }
  const back = refund({ errorcode: '-5007', timestamp: secondsAfter(99) })

  test.each([
    ['the deposit`s id', {}],
    ['an id that nothing taught', { transactionid: '7' }],
  ])('and is confirmed nevertheless under %s is not refundable again until a person has decided', (_, more) => {
    const record = of([no], refund(more))
    expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed'], ['unexpected_payout']])
    expect(stateOf(record)?.refundable).toEqual(eur('6.00'))
    const returned = of([no], refund(more), { ...back, vendorId: refund(more).vendorId })
    expect([statesOf(returned), reasonsOf(returned)]).toEqual([['returned'], []])
  })

  test('and is reported as failed explains no money that came back', () => {
    expect(reasonsOf(of([no], back))).toEqual(['unexpected_credit'])
  })

  test('leaves the report to the one that was not', () => {
    expect(wordsOf(of([no, other], refund()))).toEqual([`refund.confirmed ${ref('r-2')} 4.00`])
  })

  test('counts where payabl lists one more than the others explain', () => {
    const again = refund({ timestamp: secondsAfter(90) })
    expect(reasonsOf(of([no, other], refund(), again))).toEqual(['possible_duplicate'])
    const record = of([no, other], refund(), again, listed('104900001', 2, again))
    expect([statesOf(record), reasonsOf(record)]).toEqual([['confirmed', 'confirmed'], ['unexpected_payout']])
    expect(interpret(record).filter(({ type }) => type === 'refund.confirmed')).toMatchObject([
      { separate: true },
      { separate: true },
    ])
  })
})

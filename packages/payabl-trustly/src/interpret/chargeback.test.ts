import { deriveDeposit, type PaymentRecord, type Report } from '@railswitch/core/provider'
import fc from 'fast-check'
import {
  callback,
  depositIntent,
  derived,
  eur,
  factWords,
  recordOf,
  report,
  secondsAfter,
  unproven,
} from '../__fixtures__/records.ts'
import { interpret } from './interpret.ts'

const day = 24 * 60
const deposit = depositIntent({ expect: eur('100.00') })
const paid = callback({ payment_state: 'credited', amount: '100.00' })
const charged = (minutes: number, transactionid = '104900001', amount = '30.00') =>
  callback({ type: 'chb', transactionid, amount, timestamp: secondsAfter(minutes) })
const listed = (count: number, through: Report, vendorId = '104900001') =>
  report({
    method: 'listed chb',
    vendorId,
    money: eur('30.00'),
    members: { errorcode: '0', count: String(count), through: through.at },
    at: '2026-11-30T00:00:00.000Z',
  })
const of = (...reports: readonly Report[]): PaymentRecord => recordOf([deposit], [paid, ...reports])
const reversedOf = (record: PaymentRecord) => deriveDeposit(record, derived(record).facts)?.reversed.value
const reasonsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason }) => reason)
const reversals = (record: PaymentRecord) => factWords(record).filter((one) => one.startsWith('deposit.reversed'))

test('a chargeback takes the credited transaction`s money, under whatever id it comes', () => {
  expect(interpret(of(charged(day, '7'))).at(-1)).toMatchObject({ type: 'deposit.reversed', vendorId: '104900001' })
  const twice = callback({ payment_state: 'credited', amount: '100.00', transactionid: '104900002' })
  expect(interpret(of(twice, charged(day, '7'))).at(-1)).toMatchObject({ vendorId: '7' })
})

test('one without our token takes nothing and needs review', () => {
  const record = of(unproven({ type: 'chb', amount: '30.00', timestamp: secondsAfter(day) }))
  expect([reversedOf(record), reasonsOf(record)]).toEqual(['0.00', ['unsigned_money']])
})

test('row 10: the same chargeback at another time counts once, and is a review', () => {
  const record = of(charged(day), charged(4 * day))
  expect(reversals(record)).toEqual(['deposit.reversed 30.00 (2 reports)'])
  expect([reversedOf(record), reasonsOf(record)]).toEqual(['30.00', ['possible_duplicate']])
})

test('row 10: each further time is a case of its own', () => {
  const ids = (...minutes: readonly number[]) =>
    derived(of(...minutes.map((at) => charged(at)))).reviews.map(({ id }) => id)
  const [two, three] = [ids(day, 4 * day), ids(day, 4 * day, 5 * day)]
  expect([two.length, three.length]).toEqual([1, 1])
  expect(two).not.toEqual(three)
})

test('row 10: one that is repeated without our token counts once, and is a review', () => {
  const again = unproven({ type: 'chb', amount: '30.00', timestamp: secondsAfter(4 * day) })
  const record = of(charged(day), again)
  expect(reversals(record)).toEqual(['deposit.reversed 30.00'])
  expect([reversedOf(record), reasonsOf(record)]).toEqual(['30.00', ['possible_duplicate']])
  expect(derived(record).reviews[0]).toMatchObject({ at: again.at, money: eur('30.00') })
})

test('row 10: the same second is a redelivery, whatever optional fields come with it', () => {
  const bare = callback({ type: 'chb', amount: '30.00', currency: undefined, timestamp: secondsAfter(day) })
  const full = callback({ type: 'chb', amount: '30.00', payment_state: 'credited', timestamp: secondsAfter(day) })
  const record = of(charged(day), bare, full)
  expect(reversals(record)).toEqual(['deposit.reversed 30.00 (3 reports)'])
  expect([reversedOf(record), reasonsOf(record)]).toEqual(['30.00', []])
})

test('row 10: two of different amounts are two', () => {
  const record = of(charged(day), charged(4 * day, '104900001', '20.00'))
  expect([reversedOf(record), reasonsOf(record)]).toEqual(['50.00', []])
})

describe('row 10: payabl`s own list resolves it', () => {
  const reports = [charged(day), charged(4 * day)] as const
  const [, last] = reports

  test('as two', () => {
    const record = of(...reports, listed(2, last))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['60.00', []])
    expect(interpret(record).filter(({ type }) => type === 'deposit.reversed')).toMatchObject([
      { separate: true },
      { separate: true },
    ])
  })

  test('as one', () => {
    const record = of(...reports, listed(1, last))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['30.00', []])
  })

  test('as two under ids of their own', () => {
    const record = of(...reports, listed(1, last, '8'), listed(1, last, '9'))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['60.00', []])
  })

  test('and what is reported after it is open again', () => {
    const record = of(...reports, listed(1, last), charged(9 * day))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['30.00', ['possible_duplicate']])
  })

  test('and a later, larger count wins', () => {
    const third = charged(9 * day)
    const record = of(...reports, listed(1, last), third, listed(2, third))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['60.00', []])
  })

  test('and another transaction`s list does not', () => {
    const own = of(...reports, charged(5 * day, '8'), listed(1, last, '8'))
    expect(reasonsOf(own)).toEqual(['possible_duplicate'])
  })
})

test('row 10: the second of two is emitted when the list shows it, and the first not again', () => {
  const [first, second] = [charged(day), charged(4 * day)]
  const emittedOf = (record: PaymentRecord): PaymentRecord['emitted'] =>
    derived(record).pending.map(({ event, evidence, money }) => ({
      id: event.id,
      type: event.type,
      payment: event.payment,
      ...(money && { money }),
      answer: 'ok',
      evidence,
    }))
  const before = of(first)
  const after = { ...of(first, second, listed(2, second)), emitted: emittedOf(before) }
  expect(derived(after).pending.map(({ event }) => event.type)).toEqual(['deposit.reversed'])
  expect(derived({ ...after, reports: before.reports }).pending).toEqual([])
})

describe('chargebacks that only payabl`s list shows', () => {
  const shown = (vendorId: string, count = 1) => listed(count, charged(day), vendorId)
  const emittedOf = (record: PaymentRecord): PaymentRecord['emitted'] => [
    ...record.emitted,
    ...derived(record).pending.map(({ event, evidence, money }) => ({
      id: event.id,
      type: event.type,
      payment: event.payment,
      ...(money && { money }),
      answer: 'ok' as const,
      evidence,
    })),
  ]
  /** What is emitted if each report is handled before the next one arrives. */
  const emittedInTurn = (...reports: readonly Report[]) => {
    let record = of()
    for (const one of reports) {
      record = { ...record, reports: [...record.reports, one] }
      record = { ...record, emitted: emittedOf(record) }
    }
    const reversed = record.emitted.filter(({ type }) => type === 'deposit.reversed')
    expect(reasonsOf(record)).not.toContain('reinterpreted')
    return reversed.map(({ money }) => money?.value)
  }

  test.each(['104900001', '9'])('reverse the deposit, under its id or one of their own: %s', (vendorId) => {
    const record = of(shown(vendorId))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['30.00', []])
    expect(interpret(record).at(-1)).toMatchObject({
      type: 'deposit.reversed',
      vendorId: '104900001',
      source: 'lookup',
    })
  })

  test.each([
    [[shown('104900001', 2)], '60.00'],
    [[shown('8'), shown('9')], '60.00'],
    [[shown('8', 2), shown('9')], '90.00'],
  ])('are as many as it shows (%#)', (lists, reversed) => {
    expect([reversedOf(of(...lists)), reasonsOf(of(...lists))]).toEqual([reversed, []])
  })

  test('are the notified ones if the notifications arrive later, under whatever ids', () => {
    for (const list of ['104900001', '9'])
      for (const notified of ['104900001', '9']) {
        const reports = [shown(list), charged(day, notified)] as const
        for (const one of [reports, [...reports].reverse()]) {
          expect([reversedOf(of(...one)), reasonsOf(of(...one))]).toEqual(['30.00', []])
          expect(emittedInTurn(...one)).toEqual(['30.00'])
        }
      }
  })

  test('are each emitted once, in every order of two with ids of their own and their notifications', () => {
    const reports = [shown('8'), shown('9'), charged(day, '8'), charged(2 * day, '9')]
    for (const one of permutations(reports)) {
      expect(emittedInTurn(...one)).toEqual(['30.00', '30.00'])
      expect(reversedOf(of(...one))).toBe('60.00')
    }
  })

  test('are each emitted once, in every order of one that is notified under the deposit`s id and one that is not', () => {
    const reports = [shown('8'), shown('9'), charged(day), charged(day, '8')]
    for (const one of permutations(reports)) {
      expect(emittedInTurn(...one)).toEqual(['30.00', '30.00'])
      expect(reversedOf(of(...one))).toBe('60.00')
    }
  })

  test('are more than the notified ones if the list shows more', () => {
    const reports = [shown('7'), shown('8'), shown('9'), charged(day), charged(day, '6')]
    for (const one of permutations(reports)) expect(emittedInTurn(...one)).toEqual(['30.00', '30.00', '30.00'])
  })

  test('come with the credit if its notification arrives last', () => {
    const record = recordOf([deposit], [shown('9')])
    expect([derived(record).pending.map(({ event }) => event.type), reasonsOf(record)]).toEqual([
      ['review.needed'],
      ['reversed_beyond_credit'],
    ])
    const after = of(shown('9'))
    expect(derived(after).pending.map(({ event }) => event.type)).toEqual(['deposit.credited', 'deposit.reversed'])
  })

  test('property: what is emitted is what was taken back, or it needs review, whatever arrives when', () => {
    const id = fc.constantFrom('104900001', '8', '9')
    const notified = fc
      .record({ id, days: fc.integer({ min: 1, max: 3 }) })
      .map(({ id: own, days }) => charged(days * day, own))
    const listing = fc
      .record({ id, count: fc.integer({ min: 1, max: 2 }), days: fc.integer({ min: 1, max: 3 }) })
      .map(({ id: own, count, days }) => listed(count, charged(days * day), own))
    const arriving = fc.uniqueArray(fc.oneof(notified, listing), { selector: (one) => one.id, maxLength: 7 })
    fc.assert(
      fc.property(arriving, fc.func(fc.boolean()), (reports, isHandled) => {
        let record = of()
        for (const one of reports) {
          record = { ...record, reports: [...record.reports, one] }
          if (isHandled(one.id)) record = { ...record, emitted: emittedOf(record) }
        }
        record = { ...record, emitted: emittedOf(record) }
        const emitted = record.emitted.filter(({ type }) => type === 'deposit.reversed').length * 30
        if (!reasonsOf(record).includes('reinterpreted')) expect(reversedOf(record)).toBe(emitted.toFixed(2))
      }),
      { numRuns: 500 },
    )
  })

  test('need review if their amount cannot be read', () => {
    const record = of(report({ method: 'listed chb', vendorId: '9', members: { errorcode: '0', count: '1' } }))
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['0.00', ['amount_differs']])
  })

  test('of another order with our id need review and reverse nothing', () => {
    const { members, ...other } = shown('9')
    const record = of({ ...other, members: { ...members, foreign: 'yes' } })
    expect([reversedOf(record), reasonsOf(record)]).toEqual(['0.00', ['foreign_order']])
  })
})

const permutations = <A>(items: readonly A[]): readonly (readonly A[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))

describe('the facts of chargebacks', () => {
  const factsOfReversals = (record: PaymentRecord) =>
    interpret(record).filter(({ type }) => type === 'deposit.reversed')
  const ids = (...reports: readonly Report[]) => reports.map(({ id }) => id).sort()

  test('of one are one, which is not said to be separate from others', () => {
    const one = charged(day)
    expect(factsOfReversals(of(one))).toEqual([
      {
        type: 'deposit.reversed',
        intent: deposit.intent && one.intent,
        vendorId: '104900001',
        at: one.at,
        evidence: [one.id],
        source: 'vendor',
        key: '104900001|chb|0||30.00 EUR',
        amount: eur('30.00'),
      },
    ])
  })

  test('that a list counts have each its own name and time, the last time where there are more, and rest on all', () => {
    const [first, second] = [charged(day), charged(4 * day)]
    const list = listed(3, second)
    const key = '104900001|chb|0||30.00 EUR'
    for (const reports of [
      [first, second, list],
      [list, second, first],
    ])
      expect(factsOfReversals(of(...reports)).map(({ key: one, at, evidence }) => [one, at, evidence])).toEqual([
        [key, first.at, ids(first, second, list)],
        [`${key}|2`, second.at, ids(first, second, list)],
        [`${key}|3`, second.at, ids(first, second, list)],
      ])
  })

  test('without our token are believed where the list shows them under their own id', () => {
    const claimed = unproven({ type: 'chb', amount: '30.00', timestamp: secondsAfter(day) })
    const shown = of(claimed, listed(1, claimed))
    expect([reversedOf(shown), reasonsOf(shown)]).toEqual(['30.00', []])
    const elsewhere = of(claimed, listed(1, claimed, '8'))
    // The list alone proves it; whether the report without a token is the same one is for a person.
    expect([reversedOf(elsewhere), reasonsOf(elsewhere)]).toEqual(['30.00', ['unsigned_money']])
    const unreadable = unproven({ type: 'chb', amount: undefined, timestamp: secondsAfter(day) })
    expect(reasonsOf(of(unreadable, listed(1, claimed)))).toEqual(['unsigned_money'])
  })

  describe('under an id that only the list names', () => {
    const shown = listed(2, charged(day), '9')

    test('are those of the only one that it can mean', () => {
      expect(reversedOf(of(charged(day), shown))).toBe('60.00')
    })

    test('are nobody`s where two are alike', () => {
      expect(reversedOf(of(charged(day), charged(day, '8'), shown))).toBe('60.00')
    })

    test.each<[string, Report, string]>([
      ['of another amount', charged(day, '8', '20.00'), '80.00'],
      ['that failed', callback({ type: 'chb', transactionid: '8', errorcode: '-5007', amount: '30.00' }), '60.00'],
      ['that nothing proves', unproven({ type: 'chb', transactionid: '8', amount: '30.00' }), '60.00'],
    ])('are its own beside one %s', (_, beside, reversed) => {
      expect(reversedOf(of(charged(day), beside, shown))).toBe(reversed)
    })

    test('are its own beside one that the list names', () => {
      expect(reversedOf(of(charged(day), charged(day, '8'), listed(1, charged(day), '8'), shown))).toBe('90.00')
    })
  })
})

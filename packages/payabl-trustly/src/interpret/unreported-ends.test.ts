import { ownMethods, type PaymentRecord, type Report } from '@railswitch/core/provider'
import {
  callback,
  credited,
  depositIntent,
  derived,
  eur,
  factWords,
  recordOf,
  report,
} from '../__fixtures__/records.ts'

// Notifications are requested when the list first shows a transaction, and have six hours to arrive.
const listed = (hours: number, vendorId = '104900002'): Report =>
  report({
    method: 'listed capture',
    vendorId,
    money: eur('10.00'),
    members: { errorcode: '0', count: '1' },
    at: new Date(Date.UTC(2026, 10, 21) + hours * 3_600_000).toISOString(),
  })
const shown = [listed(0), listed(6)] as const
const of = (...reports: readonly Report[]): PaymentRecord => recordOf([depositIntent()], reports)
const reviewsOf = (record: PaymentRecord) => derived(record).reviews.map(({ reason, vendorId }) => [reason, vendorId])
const further = (more: Parameters<typeof callback>[0]) => callback({ transactionid: '104900002', ...more })

describe('a transaction that payabl`s list has and no notification reports', () => {
  test('is unexpected money if another transaction has credited the deposit', () => {
    const record = of(credited(), ...shown)
    expect(reviewsOf(record)).toEqual([['unexpected_credit', '104900002']])
    expect(derived(record).reviews).toMatchObject([{ money: eur('10.00'), at: listed(6).at }])
    expect(derived(record).state).toMatchObject({ state: 'credited', credited: eur('10.00') })
  })

  test('is overdue if no transaction has', () => {
    expect(reviewsOf(of(...shown))).toEqual([['overdue', '104900002']])
  })

  test('differs from the notifications if another transaction was declined', () => {
    const declined = callback({ errorcode: '-5002', payment_state: 'not_credited' })
    expect(reviewsOf(of(declined, ...shown))).toEqual([['lookup_differs', '104900002']])
  })

  test('needs no review before its notification had time to arrive', () => {
    expect(reviewsOf(of(credited(), listed(0)))).toEqual([])
    expect(reviewsOf(of(credited(), listed(0), listed(5)))).toEqual([])
  })

  test('is one case under each id', () => {
    const record = of(credited(), ...shown, listed(0, '104900003'), listed(6, '104900003'))
    expect(reviewsOf(record)).toEqual([
      ['unexpected_credit', '104900002'],
      ['unexpected_credit', '104900003'],
    ])
  })

  test('is overdue once if a look-up of the deposit shows that it was paid', () => {
    const lookedUp = [0, 6].map((hours) => ({ ...listed(hours, '104900001'), method: 'diagnose capture' }))
    expect(reviewsOf(of(...lookedUp.map((one, at) => ({ ...one, id: `d${at}` })), ...shown))).toEqual([
      ['overdue', '104900001'],
    ])
  })
})

describe('needs no further review', () => {
  test('when the notification says that it was credited: the deposit is overpaid', () => {
    expect(reviewsOf(of(credited(), ...shown, further({ payment_state: 'credited' })))).toEqual([['overpaid', '']])
  })

  test('when the notification says that it failed', () => {
    const failed = further({ errorcode: '-5003', payment_state: 'not_credited' })
    expect(reviewsOf(of(credited(), ...shown, failed))).toEqual([])
  })

  test('if it is the credited transaction', () => {
    expect(reviewsOf(of(credited('104900002'), ...shown))).toEqual([])
  })

  test.each([
    ['the payment was imported as credited', ownMethods.imported, '104900002'],
    ['a person has decided that it was credited', ownMethods.personCredited, '104900002'],
    ['a person has decided that the deposit was credited', ownMethods.personCredited, 'rs1.p.deposit.trustly-0001.1'],
  ])('if %s', (_, method, vendorId) => {
    const members = method === ownMethods.imported ? { state: 'credited' } : {}
    const decision = report({ method, vendorId, members, proof: 'person', money: eur('10.00'), at: listed(9).at })
    expect(reviewsOf(of(...shown, decision))).toEqual([])
  })

  test('unless it is a second one, because that decision is about one', () => {
    const about = { vendorId: 'rs1.p.deposit.trustly-0001.1', proof: 'person', money: eur('10.00') } as const
    const decision = report({ ...about, method: ownMethods.personCredited, at: listed(9).at })
    const second = [listed(1, '104900001'), listed(7, '104900001')]
    expect(reviewsOf(of(...shown, ...second, decision))).toEqual([['unexpected_credit', '104900001']])
  })
})

test.each([{ payment_state: 'not_credited_yet' }, { errorcode: '2000' }])(
  'a further transaction that is not credited yet needs review while another has credited the deposit: %j',
  (more) => {
    expect(reviewsOf(of(credited(), ...shown, further(more)))).toEqual([['unexpected_credit', '104900002']])
    expect(reviewsOf(of(...shown, further(more)))).toEqual([])
  },
)

test('a list proves no credit', () => {
  expect(factWords(of(...shown)).filter((fact) => fact.startsWith('deposit'))).toEqual([])
})

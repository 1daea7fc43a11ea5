import { deliver, fact } from '../__fixtures__/bank.ts'
import { deposit, refOf, refused, sek } from '../__fixtures__/records.ts'

const credited = (value = '100.00') => fact('deposit.credited', { amount: sek(value), evidence: [`credit ${value}`] })
const reversed = (value = '100.00', id = 'back') =>
  fact('deposit.reversed', { amount: sek(value), evidence: [id], at: '2026-01-03T00:00:00.000Z' })
const cancelled = fact('deposit.not_credited', { evidence: ['cancel'] })
const euros = (value: string) => ({ value, currency: 'EUR' })

describe('reversals of money that was not credited', () => {
  test('a reversal in another currency than the credit is a review with the money of the reversal', () => {
    const reversal = fact('deposit.reversed', { amount: euros('40.00'), evidence: ['back'] })
    const { emitted, reviews } = deliver([deposit()], credited(), reversal)
    expect(emitted).toEqual(['deposit.credited 100.00'])
    expect(reviews).toMatchObject([{ reason: 'currency_differs', money: euros('40.00'), vendorId: 'tx-1' }])
  })

  test('a credit and a reversal of one foreign amount are two reviews, and so are two reversals', () => {
    const credit = fact('deposit.credited', { amount: euros('40.00'), evidence: ['credit'] })
    const reversal = (id: string) => fact('deposit.reversed', { amount: euros('40.00'), evidence: [id] })
    const { reviews } = deliver([deposit()], credit, reversal('back-1'), reversal('back-2'))
    expect(reviews.map(({ reason }) => reason)).toEqual(['currency_differs', 'currency_differs', 'currency_differs'])
    expect(new Set(reviews.map(({ id }) => id)).size).toBe(3)
  })

  test.each([
    ['before', [reversed('90.00'), credited('90.00')]],
    ['after', [credited('90.00'), reversed('90.00')]],
  ])('the reversal of a wrong amount that is reported %s its credit is a review', (_when, facts) => {
    const { emitted, reasons, state } = deliver([deposit()], ...facts)
    expect(emitted).toEqual([])
    expect(reasons).toEqual(['amount_differs 90.00'])
    expect(state).toMatchObject({ state: 'reversed', credited: sek('90.00'), reversed: sek('90.00') })
  })

  test.each([
    [
      'credit, cancel, reversal',
      [credited(), cancelled, reversed()],
      ['deposit.credited 100.00', 'deposit.reversed 100.00'],
    ],
    ['cancel, credit, reversal', [cancelled, credited(), reversed()], []],
    ['cancel, reversal, credit', [cancelled, reversed(), credited()], []],
    [
      'reversal, credit, cancel',
      [reversed(), credited(), cancelled],
      ['deposit.credited 100.00', 'deposit.reversed 100.00'],
    ],
  ])('of a cancelled order, in the order %s', (_order, facts, events) => {
    const { emitted, reasons } = deliver([deposit()], ...facts)
    expect(emitted).toEqual(events)
    expect(reasons).toContain('credited_and_cancelled 100.00')
  })

  test('a reversal that is reported before its credit waits for the credit', () => {
    expect(deliver([deposit()], reversed('40.00'))).toMatchObject({
      emitted: [],
      reasons: ['reversed_beyond_credit 40.00'],
    })
    expect(deliver([deposit()], reversed('40.00'), credited())).toMatchObject({
      emitted: ['deposit.credited 100.00', 'deposit.reversed 40.00'],
      reasons: [],
    })
  })

  test('the credit and the reversal of a refused attempt are two reviews', () => {
    const attempt = deposit({ conclude: refused })
    const { emitted, reasons } = deliver([attempt], credited(), reversed())
    expect(emitted).toEqual([])
    expect(reasons).toEqual(['reversed_beyond_credit 100.00', 'unexpected_credit 100.00'])
  })

  test('the reversal of a second payment that was not shipped changes the review, because less money is left of both', () => {
    const second = { intent: refOf(deposit()), vendorId: 'tx-2' }
    const other = fact('deposit.credited', { ...second, evidence: ['credit-2'], at: '2026-01-04T00:00:00.000Z' })
    const reversal = fact('deposit.reversed', {
      ...second,
      evidence: ['back-2'],
      amount: sek('30.00'),
      at: '2026-01-05T00:00:00.000Z',
    })
    const both = deliver([deposit()], credited(), other)
    const less = deliver([deposit()], credited(), other, reversal)
    expect(both.reasons).toEqual(['overpaid 200.00'])
    expect(less.reasons).toEqual(['overpaid 170.00'])
    expect(less.emitted).toEqual(['deposit.credited 100.00'])
    expect(less.reviews[0]?.id).not.toBe(both.reviews[0]?.id)
  })
})

test.each(['100.00', '40.00'])(
  'an emitted credit that is contradicted and reversed by %s is not a difference',
  (value) => {
    const { reasons, emitted } = deliver([deposit()], credited(), cancelled, reversed(value))
    expect(emitted).toEqual(['deposit.credited 100.00', `deposit.reversed ${value}`])
    expect(reasons).not.toContain('reinterpreted')
  },
)

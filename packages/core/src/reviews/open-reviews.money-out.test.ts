import { deliver, fact } from '../__fixtures__/bank.ts'
import { deposit, payout, refOf, refund, refused, sek } from '../__fixtures__/records.ts'
import { isDepositState } from '../state/payment-state.ts'

const credited = fact('deposit.credited', { evidence: ['credit'] })
const later = '2026-01-05T00:00:00.000Z'

describe('money out that was sent although its call was refused', () => {
  const refusedRefund = refund('r-1', { conclude: refused })
  const confirmed = fact('refund.confirmed', {
    refund: refOf(refusedRefund),
    candidates: [refOf(refusedRefund)],
    evidence: ['sent'],
  })
  const returned = fact('refund.failed', {
    refund: refOf(refusedRefund),
    candidates: [refOf(refusedRefund)],
    evidence: ['back'],
    at: later,
  })

  test('counts as a refund and is a review', () => {
    const { state, emitted, reviews } = deliver([deposit(), refusedRefund], credited, confirmed)
    expect(state).toMatchObject({ refunded: sek('30.00'), refundable: sek('70.00') })
    expect(emitted).toEqual(['deposit.credited 100.00', 'refund.confirmed 30.00'])
    expect(reviews).toMatchObject([
      { reason: 'unexpected_payout', money: sek('30.00'), vendorId: 'tx-1', payment: refOf(deposit()) },
    ])
  })

  test('is no longer a review when it came back', () => {
    const { state, emitted, reasons } = deliver([deposit(), refusedRefund], credited, confirmed, returned)
    expect(state).toMatchObject({ refundable: sek('100.00') })
    expect(emitted).toEqual(['deposit.credited 100.00', 'refund.confirmed 30.00', 'refund.failed 30.00'])
    expect(reasons).toEqual([])
  })

  test('returns nothing if it was not sent', () => {
    const { state, emitted, reasons } = deliver([deposit(), refusedRefund], credited, returned)
    expect(state).toMatchObject({ refundable: sek('100.00') })
    expect(emitted).toEqual(['deposit.credited 100.00'])
    expect(reasons).toEqual([])
  })

  const out = payout({ conclude: refused })
  const intent = refOf(out)
  test.each([
    [
      'confirms',
      [fact('payout.confirmed', { intent })],
      'confirmed',
      ['payout.confirmed 100.00'],
      ['unexpected_payout 100.00'],
    ],
    ['shows', [fact('payout.accepted', { intent })], 'accepted', [], ['unexpected_payout 100.00']],
    [
      'confirms in part',
      [fact('payout.confirmed', { intent, amount: sek('60.00') })],
      'accepted',
      [],
      ['amount_differs 60.00', 'unexpected_payout 60.00'],
    ],
    ['reports as failed', [fact('payout.failed', { intent })], 'failed', [], []],
    [
      'shows and reports as failed',
      [fact('payout.accepted', { intent, evidence: ['shown'] }), fact('payout.failed', { intent })],
      'failed',
      [],
      [],
    ],
    [
      'confirms and returns',
      [fact('payout.confirmed', { intent, evidence: ['sent'] }), fact('payout.failed', { intent, at: later })],
      'returned',
      ['payout.confirmed 100.00', 'payout.failed 100.00'],
      [],
    ],
  ])('is a payout that the vendor %s', (_what, facts, state, events, reasons) => {
    expect(deliver([out], ...facts)).toMatchObject({ state: { state }, emitted: events, reasons })
  })
})

describe('a payout', () => {
  const out = payout()
  const intent = refOf(out)

  test('is not confirmed by another amount, which is a review', () => {
    const { emitted, reasons } = deliver([out], fact('payout.confirmed', { intent, amount: sek('60.00') }))
    expect(emitted).toEqual([])
    expect(reasons).toEqual(['amount_differs 60.00'])
  })

  test('that a person decided has failed and that the vendor confirms is a review', () => {
    const wrong = fact('payout.failed', { intent, source: 'person', evidence: ['person'], vendorId: '' })
    const { emitted, reasons } = deliver([out], wrong, fact('payout.confirmed', { intent }))
    expect(emitted).toEqual(['payout.failed 100.00', 'payout.confirmed 100.00'])
    expect(reasons).toEqual(['person_overruled 100.00', 'reinterpreted'])
  })

  test('that fails is returned without a review', () => {
    expect(deliver([out], fact('payout.failed', { intent }))).toMatchObject({
      emitted: ['payout.failed 100.00'],
      reasons: [],
    })
  })
})

describe('equal refunds', () => {
  const [first, second] = [refund('r-1'), refund('r-2')]
  const candidates = [refOf(first), refOf(second)]
  const returned = (vendorId: string, members = {}) =>
    fact('refund.failed', { vendorId, candidates, evidence: [`${vendorId} back`], key: '30.00:1', ...members })

  test('in two transactions are two events, each with its own id', () => {
    const { record, emitted } = deliver([deposit(), first, second], credited, returned('tx-1'), returned('tx-2'))
    expect(emitted).toEqual(['deposit.credited 100.00', 'refund.failed 30.00', 'refund.failed 30.00'])
    expect(new Set(record.emitted.map(({ id }) => id)).size).toBe(3)
  })

  test('are returned once when a person names the one that came back: only the difference is a review', () => {
    const named = fact('refund.failed', {
      ...returned('', { refund: refOf(first), candidates: [refOf(first)] }),
      source: 'person',
      evidence: ['person'],
    })
    const { state, emitted, reviews } = deliver([deposit(), first, second], credited, returned('tx-1'), named)
    expect(emitted).toEqual(['deposit.credited 100.00', 'refund.failed 30.00'])
    expect(state && isDepositState(state) && state.refundable).toEqual(sek('70.00'))
    expect(reviews).toMatchObject([
      {
        reason: 'reinterpreted',
        detail: 'emitted: refund.failed 30.00 SEK; reported now: refund.failed 30.00 SEK of r-1; difference: +0.00 SEK',
      },
    ])
  })
})

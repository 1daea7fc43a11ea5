import { deliver, derivedFrom, fact } from '../__fixtures__/bank.ts'
import { account, deposit, depositRef, refOf, refund, refused, sek } from '../__fixtures__/records.ts'

const credited = (vendorId = 'tx-1') => fact('deposit.credited', { vendorId, evidence: [`credit ${vendorId}`] })
const reviewsOf = (...given: Parameters<typeof deliver>) => deliver(...given).reviews
const [first, second] = [refund('r-1', { conclude: refused }), refund('r-2', { conclude: refused })]
const [r1, r2] = [refOf(first), refOf(second)]

test('an order that is paid twice is one review, whichever transaction is reported first', () => {
  const expected = [
    {
      id: `${depositRef}:review:overpaid::tx-1 tx-2:200.00:SEK`,
      reason: 'overpaid',
      rail: 'bank',
      payment: depositRef,
      reference: 'order-1',
      vendorId: '',
      at: '2026-01-02T00:00:00.000Z',
      money: sek('200.00'),
    },
  ]
  expect(reviewsOf([deposit()], credited('tx-1'), credited('tx-2'))).toEqual(expected)
  expect(reviewsOf([deposit()], credited('tx-2'), credited('tx-1'))).toEqual(expected)
})

describe('a refund whose call was refused and that the vendor confirms', () => {
  test('is one review', () => {
    const sent = fact('refund.confirmed', { refund: r1, candidates: [r1], evidence: ['sent'] })
    expect(reviewsOf([deposit(), first, refund('r-3')], credited(), sent)).toMatchObject([
      { id: `${depositRef}:review:unexpected_payout:tx-1:${r1}:30.00:SEK`, payment: depositRef, vendorId: 'tx-1' },
    ])
  })

  test('is one review if the vendor may mean either of two', () => {
    const sent = fact('refund.confirmed', { candidates: [r1, r2], evidence: ['sent'] })
    expect(reviewsOf([deposit(), first, second], credited(), sent)).toMatchObject([
      { id: `${depositRef}:review:unexpected_payout:tx-1:${r1} ${r2}:30.00:SEK` },
    ])
  })

  test('leads to no review of another refund that was sent normally', () => {
    const other = refund('r-3')
    const sent = fact('refund.confirmed', { refund: refOf(other), candidates: [refOf(other)], evidence: ['other'] })
    const confirmation = fact('refund.confirmed', { refund: r1, candidates: [r1], evidence: ['sent'] })
    const found = reviewsOf([deposit(), first, other], credited(), sent, confirmation)
    expect(found.map(({ id }) => id)).toEqual([`${depositRef}:review:unexpected_payout:tx-1:${r1}:30.00:SEK`])
  })
})

test('a decision that the vendor contradicts is a review with the refund', () => {
  const one = refund('r-1')
  const wrong = fact('refund.failed', { refund: r1, candidates: [r1], source: 'person', vendorId: '', evidence: ['p'] })
  const sent = fact('refund.confirmed', { refund: r1, candidates: [r1], evidence: ['sent'] })
  expect(derivedFrom([deposit(), one], [credited(), wrong, sent]).reviews).toEqual([
    {
      id: `${depositRef}:review:person_overruled::${r1}`,
      reason: 'person_overruled',
      rail: 'bank',
      payment: depositRef,
      reference: 'order-1',
      vendorId: '',
      at: '2026-01-02T00:00:00.000Z',
    },
  ])
})

test('an account has no money to review', () => {
  const one = account()
  const received = fact('account.received', { intent: refOf(one), account: 'a-1', mandate: null })
  expect(derivedFrom([one], [received]).reviews).toEqual([])
})

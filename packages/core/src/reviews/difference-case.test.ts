import { bankSaying, fact, reportsOf, seen } from '../__fixtures__/bank.ts'
import { deposit, depositRef, payout, recordOf, refOf, refund, sek, withdrawal } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import type { EmittedEvent } from '../record/payment-record.ts'
import type { Money } from '../values/money.ts'

const emitted = (type: EmittedEvent['type'], money: Money, more: Partial<EmittedEvent> = {}): EmittedEvent => ({
  id: `e:${type}`,
  type,
  payment: depositRef,
  money,
  answer: 'ok',
  evidence: ['n-1'],
  ...more,
})
const detailsOf = (intents: readonly RecordedIntent[], events: readonly EmittedEvent[], facts: readonly Fact[]) =>
  seen(recordOf(intents, { emitted: events, reports: reportsOf(facts) }), bankSaying(facts))
    .reviews.filter(({ reason }) => reason === 'reinterpreted')
    .map(({ detail }) => detail)
const euros = (value: string): Money => ({ value, currency: 'EUR' })

test.each<readonly [string, readonly RecordedIntent[], readonly EmittedEvent[], readonly Fact[], string | null]>([
  ['the same money', [deposit()], [emitted('deposit.credited', sek('100.00'))], [fact('deposit.credited')], null],
  [
    'another credit',
    [deposit()],
    [emitted('deposit.credited', sek('90.00'))],
    [fact('deposit.credited')],
    'emitted: deposit.credited 90.00 SEK; reported now: deposit.credited 100.00 SEK; difference: -10.00 SEK',
  ],
  [
    'no credit',
    [deposit()],
    [emitted('deposit.credited', sek('100.00'))],
    [],
    'emitted: deposit.credited 100.00 SEK; reported now: nothing; difference: +100.00 SEK',
  ],
  [
    'no reversal',
    [deposit()],
    [emitted('deposit.reversed', sek('30.00'))],
    [],
    'emitted: deposit.reversed 30.00 SEK; reported now: nothing; difference: -30.00 SEK',
  ],
  [
    'no request',
    [withdrawal()],
    [emitted('withdrawal.requested', sek('30.00'))],
    [],
    'emitted: withdrawal.requested 30.00 SEK; reported now: nothing; difference: -30.00 SEK',
  ],
  [
    'no failure',
    [payout()],
    [emitted('payout.failed', sek('30.00'))],
    [],
    'emitted: payout.failed 30.00 SEK; reported now: nothing; difference: +30.00 SEK',
  ],
  [
    'nothing in two currencies',
    [deposit()],
    [
      emitted('deposit.credited', sek('100.00')),
      emitted('deposit.credited', euros('9.00'), { id: 'e-2', evidence: ['n-2'] }),
    ],
    [],
    'emitted: deposit.credited 100.00 SEK, deposit.credited 9.00 EUR; reported now: nothing; difference: +100.00 SEK, +9.00 EUR',
  ],
  [
    'another refund',
    [deposit(), refund('r-1'), refund('r-2')],
    [emitted('refund.failed', sek('30.00'), { refund: 'r-2' })],
    [fact('refund.failed', { refund: refOf(refund('r-1')), candidates: [refOf(refund('r-1'))] })],
    'emitted: refund.failed 30.00 SEK of r-2; reported now: refund.failed 30.00 SEK of r-1; difference: +0.00 SEK',
  ],
])(
  'if all reports mean %s, the review contains what was emitted, what is reported, and the difference',
  (_name, intents, events, facts, detail) => {
    expect(detailsOf(intents, events, facts)).toEqual(detail === null ? [] : [detail])
  },
)

test('all differences are one review, and a further difference makes it another review', () => {
  const events = [
    emitted('deposit.credited', sek('100.00')),
    emitted('deposit.reversed', sek('30.00'), { evidence: ['n-2'] }),
  ]
  const reviewsOf = (some: readonly EmittedEvent[], facts: readonly Fact[] = []) =>
    seen(recordOf([deposit()], { emitted: some, reports: reportsOf(facts) }), bankSaying(facts)).reviews
  const [both, ...others] = reviewsOf(events)
  expect(others).toEqual([])
  expect(both).toMatchObject({
    payment: depositRef,
    vendorId: '',
    id: `${depositRef}:review:reinterpreted::e:deposit.credited e:deposit.reversed `,
  })
  expect(reviewsOf([...events].reverse())[0]?.id).toBe(both?.id)
  expect(reviewsOf(events.slice(1))[0]?.id).not.toBe(both?.id)
})

test('an event without money is no difference', () => {
  expect(detailsOf([deposit()], [{ ...emitted('deposit.not_credited', sek('1.00')) }], [])).toEqual([])
})

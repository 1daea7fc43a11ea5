import { type History, inOrder, type Schedule, type Step } from './__fixtures__/history.ts'
import { type Played, play } from './__fixtures__/play-history.ts'
import { playedRail, type RailChoice } from './__fixtures__/played-rails.ts'
import { deliver } from './__fixtures__/scheduled-deliveries.ts'

/** Issue 12, section C: each hole by its row, through the whole pipeline. */
interface Command {
  readonly steps: readonly Step[]
  readonly rail?: RailChoice
  readonly schedule?: Partial<Schedule>
  readonly answers?: Partial<History>
}

const shared = { captures: 'shared', refunds: 'shared', chargebacks: 'shared' } as const

let played: Played
const playOut = async ({ steps, rail = 'trustly', schedule, answers }: Command): Promise<readonly string[]> => {
  const history = { steps, reserved: true, recovered: true, ...answers }
  played = await play(playedRail(rail), history, { ...inOrder, ...schedule })
  return eventsOf(played)
}
afterEach(() => played?.payments.close())

const eventsOf = ({ handled }: Played): readonly string[] =>
  handled
    .filter(({ type }) => type !== 'review.needed')
    .map((event) =>
      ['amount' in event ? `${event.type} ${event.amount.value}` : event.type, event.now?.state ?? ''].join(' ').trim(),
    )
const reviewsOf = async ({ payments }: Pick<Played, 'payments'>): Promise<readonly string[]> =>
  (await payments.listReviews()).map(({ reason, money }) => `${reason} ${money?.value ?? ''}`.trim())

const of = 'd'
const sek = 'SEK'
const deposit: Step = { after: 1, does: 'deposit', name: of }
const credited = (amount = '100.00', transaction = 0, currency = sek): Step => ({
  after: 600,
  what: 'credited',
  of,
  amount,
  currency,
  transaction,
})
const reversed = (amount: string, transaction = 0): Step => ({
  after: 90_000,
  what: 'reversed',
  of,
  amount,
  transaction,
})
const refund = (reference: string, amount: string, attempt = 1): Step => ({
  after: 3600,
  does: 'refund',
  name: attempt === 1 ? reference : `${reference}_${attempt}`,
  of,
  reference,
  attempt,
  amount,
})
const back = (name: string, amount: string, ...as: readonly string[]): Step => ({
  after: 3600,
  what: 'refund back',
  of,
  refund: name,
  amount,
  as,
})

describe('row 2: a withdrawal whose money was not reserved returns nothing', () => {
  const withdrawal: readonly Step[] = [
    { after: 1, does: 'withdrawal', name: 'w' },
    { after: 60, what: 'requested', of: 'w', amount: '100.00' },
    { after: 60, what: 'payout back', of: 'w', amount: '100.00', as: ['cancel'] },
  ]

  test('if the answer came through sync', async () => {
    const schedule = { failing: [0, 1] }
    expect(await playOut({ steps: withdrawal, schedule, answers: { reserved: false } })).toEqual([
      'withdrawal.requested 100.00 failed',
    ])
  })

  test('if the cancel was handled before the debit', async () => {
    const schedule = { delays: [5, 0] }
    expect(await playOut({ steps: withdrawal, schedule, answers: { reserved: false } })).toEqual([
      'withdrawal.requested 100.00 failed',
    ])
  })

  test('and if the money was reserved, it is returned once, after the request', async () => {
    expect(await playOut({ steps: withdrawal, schedule: { delays: [5, 0] } })).toEqual([
      'withdrawal.requested 100.00 failed',
      'payout.failed 100.00 failed',
    ])
  })
})

test('row 3: a refund that failed, was retried and is reported as failed again has failed once, and its retry still counts', async () => {
  const steps = [
    deposit,
    credited(),
    refund('r1', '40.00'),
    back('r1', '40.00', 'payoutfailed'),
    refund('r1', '40.00', 2),
    back('r1', '40.00', 'credit'),
  ]
  expect(await playOut({ steps })).toEqual(['deposit.credited 100.00 credited', 'refund.failed 40.00 credited'])
  expect(await reviewsOf(played)).toEqual(['ambiguous_return 40.00'])
  expect(await played.payments.getDeposit({ reference: of })).toMatchObject({ refundable: { value: '60.00' } })
})

describe('row 4: a deposit that a look-up showed and that was refunded in full', () => {
  const steps = [
    deposit,
    credited(),
    { after: 3600, does: 'refund', name: 'r1', of, reference: 'r1', attempt: 1, amount: '100.00' } as const,
  ]

  test('came back: the credit belongs to the refund', async () => {
    const all = [...steps, back('r1', '100.00', 'credit')]
    // The deposit's own notification comes last.
    expect(await playOut({ steps: all, schedule: { delays: [9, 0], syncs: [1] } })).toEqual([
      'deposit.credited 100.00 credited',
      'refund.failed 100.00 credited',
    ])
    expect(await reviewsOf(played)).toEqual([])
  })

  test('did not come back: its own delayed credit does not belong to the refund', async () => {
    expect(await playOut({ steps, schedule: { delays: [9], syncs: [1] } })).toEqual([
      'deposit.credited 100.00 credited',
    ])
    expect(await reviewsOf(played)).toEqual([])
    expect(await played.payments.getDeposit({ reference: of })).toMatchObject({ refundable: { value: '0.00' } })
  })
})

test('row 5: the next unexpected credit needs its own review, even if an earlier one was resolved', async () => {
  await playOut({ steps: [deposit, credited(), credited('10.00')] })
  const [{ id } = { id: '' }] = await played.payments.listReviews()
  await played.payments.resolveReview({ review: id, by: 'Åsa', why: 'paid back by hand' })
  expect(await reviewsOf(played)).toEqual([])
  played.vendor.happen({ what: 'credited', of, amount: '5000.00', currency: sek, transaction: 0 })
  for (const notification of played.vendor.outbox.slice(-1)) await deliver(played.payments, notification)
  expect(await reviewsOf(played)).toEqual(['unexpected_credit 5000.00'])
  expect(played.handled.at(-1)).toMatchObject({ type: 'review.needed', reason: 'unexpected_credit' })
})

test('row 8: a transaction that was charged back and a second paid one of the order are 100, -100 and 100', async () => {
  const steps = [deposit, credited(), reversed('100.00'), credited('100.00', 1)]
  expect(await playOut({ steps, rail: { ...shared, captures: 'own' } })).toEqual([
    'deposit.credited 100.00 credited',
    'deposit.reversed 100.00 reversed',
    'deposit.credited 100.00 credited',
  ])
})

test('row 9: a credit that was reversed before it was handled is emitted first, and `now` contains the reversal', async () => {
  const steps = [deposit, credited(), reversed('100.00')]
  expect(await playOut({ steps, schedule: { failing: [0, 1, 2] } })).toEqual([
    'deposit.credited 100.00 reversed',
    'deposit.reversed 100.00 reversed',
  ])
})

describe('row 10: two equal chargebacks with one id', () => {
  const steps = (after: number): readonly Step[] => [
    deposit,
    credited(),
    reversed('30.00'),
    { ...reversed('30.00'), after },
  ]

  test('days apart are two, as the vendor`s own list shows', async () => {
    expect(await playOut({ steps: steps(90_000), rail: shared })).toEqual([
      'deposit.credited 100.00 credited',
      'deposit.reversed 30.00 reversed',
      'deposit.reversed 30.00 reversed',
    ])
    expect(await reviewsOf(played)).toEqual([])
  })
})

describe('row 14: a report that came before the import of its payment', () => {
  const begun: Step = { after: 1, does: 'begin elsewhere', name: of }
  const imported = (state: 'pending' | 'credited'): Step => ({ after: 600, does: 'import', name: of, state })

  test('a credit is emitted if the payment is imported as pending', async () => {
    expect(await playOut({ steps: [begun, credited(), imported('pending')] })).toEqual([
      'deposit.credited 100.00 credited',
    ])
  })

  test('a chargeback is emitted if the payment is imported as credited, and its credit is not', async () => {
    expect(await playOut({ steps: [begun, credited(), reversed('100.00'), imported('credited')] })).toEqual([
      'deposit.reversed 100.00 reversed',
    ])
  })
})

test('a refund`s failure that no token covers needs review, even if its deposit was imported as credited', async () => {
  const begun: Step = { after: 1, does: 'begin elsewhere', name: of }
  const imported: Step = { after: 600, does: 'import', name: of, state: 'credited' }
  const steps = [begun, credited(), imported, refund('r1', '40.00'), back('r1', '40.00', 'refund')]
  expect(await playOut({ steps, rail: shared })).toEqual([])
  expect(await reviewsOf(played)).toContain('unsigned_money 40.00')
})

test('row 16: a mandate that is later reported as not given is not charged any more, and a cancel revokes it', async () => {
  const account = (mandate: '0' | '1'): Step => ({
    after: 60,
    what: 'account',
    of: 'a',
    account: '6000000001',
    mandate,
  })
  const charge: Step = { after: 60, does: 'charge', name: 'c', from: 'a' }
  const steps = [{ after: 1, does: 'account', name: 'a' } as const, account('0'), account('1'), account('0'), charge]
  await playOut({ steps })
  expect(await reviewsOf(played)).toEqual(['ambiguous_mandate'])
  expect(played.sent).not.toContain(steps.length - 1)
  played.vendor.happen({ what: 'ended', of: 'a', transaction: 0 })
  for (const notification of played.vendor.outbox.slice(-1)) await deliver(played.payments, notification)
  expect(played.handled.at(-1)).toMatchObject({ type: 'account.received', mandate: false })
  expect(await played.payments.getAccount({ reference: 'a' })).toMatchObject({ mandate: 'revoked' })
})

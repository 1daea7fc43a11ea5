import type { History, Step } from './history.ts'
import type { RailChoice } from './played-rails.ts'

/** The histories of the golden records. For each vendor, they contain every event that it can cause. */
export interface GoldenHistory extends History {
  readonly name: string
  readonly rail: RailChoice
  /** The reference of the payment whose record is stored. */
  readonly reference: string
}

const credited = (of: string, amount = '100.00'): Step => ({
  after: 600,
  what: 'credited',
  of,
  amount,
  currency: 'SEK',
  transaction: 0,
})
const refund = (name: string, amount: string): Step => ({
  after: 3600,
  does: 'refund',
  name,
  reference: name,
  attempt: 1,
  of: 'd',
  amount,
})
const of = 'd'
const deposit: Step = { after: 1, does: 'deposit', name: of }
const approved: Step = { after: 60, what: 'approved', of, transaction: 0 }

const atBoth = (rail: RailChoice, back: readonly string[]): readonly GoldenHistory[] => {
  const one = (name: string, reference: string, ...steps: readonly Step[]): GoldenHistory => ({
    name,
    rail,
    reference,
    steps,
    reserved: true,
    recovered: true,
  })
  const payout: Step = { after: 1, does: 'payout', name: 'p' }
  return [
    one('a deposit that waits for its money', of, deposit, approved),
    one('a deposit that was left', of, deposit, { after: 60, what: 'ended', of, transaction: 0 }),
    one('a deposit of other money', of, deposit, credited(of, '90.00')),
    one(
      'a deposit with refunds, of which one came back, and which was taken back',
      of,
      deposit,
      approved,
      credited(of),
      refund('r1', '40.00'),
      refund('r2', '30.00'),
      { after: 3600, what: 'refund sent', of, refund: 'r1', amount: '40.00' },
      { after: 3600, what: 'refund back', of, refund: 'r2', amount: '30.00', as: back },
      { after: 90_000, what: 'reversed', of, amount: '60.00', transaction: 0 },
    ),
    one(
      'two equal refunds, of which one came back',
      of,
      deposit,
      credited(of),
      refund('r1', '40.00'),
      refund('r2', '40.00'),
      { after: 3600, what: 'refund back', of, refund: 'r1', amount: '40.00', as: back },
    ),
    one('a deposit with something new', of, deposit, credited(of), { after: 60, what: 'something new', of }),
    one('a payout that came back', 'p', payout, { after: 90_000, what: 'payout back', of: 'p', amount: '100.00', as: back }),
    one('a payout that was paid', 'p', payout, { after: 3600, what: 'payout sent', of: 'p', amount: '100.00' }),
    one(
      'a deposit that was imported',
      of,
      { after: 1, does: 'begin elsewhere', name: of },
      credited(of),
      { after: 3600, does: 'import', name: of, state: 'credited' },
      { after: 3600, what: 'reversed', of, amount: '60.00', transaction: 0 },
    ),
  ]
}

const atTrustly = (): readonly GoldenHistory[] => {
  const shared = { rail: 'trustly', recovered: false } as const
  const withdrawal: readonly Step[] = [
    { after: 1, does: 'withdrawal', name: 'w' },
    { after: 60, what: 'requested', of: 'w', amount: '100.00' },
  ]
  const back: Step = { after: 3600, what: 'payout back', of: 'w', amount: '100.00', as: ['credit', 'cancel'] }
  const account = (number: string, mandate: '0' | '1'): Step => ({ after: 60, what: 'account', of: 'a', account: number, mandate })
  const choice: Step = { after: 1, does: 'account', name: 'a' }
  return [
    ...atBoth('trustly', ['payoutfailed', 'credit']),
    { ...shared, name: 'a deposit whose customer was identified', reference: of, reserved: true, steps: [deposit, { after: 60, what: 'identified', of }, credited(of)] },
    {
      ...shared,
      name: 'a withdrawal that was approved and came back',
      reference: 'w',
      reserved: true,
      steps: [...withdrawal, { after: 60, does: 'approve', name: 'w' }, { after: 60, what: 'payout sent', of: 'w', amount: '100.00' }, back],
    },
    { ...shared, name: 'a withdrawal that was denied', reference: 'w', reserved: true, steps: [...withdrawal, { after: 60, does: 'deny', name: 'w' }] },
    { ...shared, name: 'a withdrawal whose money was not reserved', reference: 'w', reserved: false, steps: [...withdrawal, back] },
    {
      ...shared,
      name: 'an account whose mandate moved to another',
      reference: 'a',
      reserved: true,
      steps: [choice, account('6000000001', '0'), account('6000000001', '1'), account('6000000001', '0'), account('6000000002', '1')],
    },
    {
      ...shared,
      name: 'a mandate that moved to another account and ended',
      reference: 'a',
      reserved: true,
      steps: [
        { after: 1, does: 'mandate', name: 'a' },
        account('6000000001', '0'),
        account('6000000001', '1'),
        account('6000000001', '0'),
        account('6000000002', '1'),
        { after: 90_000, what: 'ended', of: 'a', transaction: 0 },
      ],
    },
    { ...shared, name: 'an account that was not chosen', reference: 'a', reserved: true, steps: [choice, { after: 60, what: 'ended', of: 'a', transaction: 0 }] },
    {
      ...shared,
      name: 'a charge that was taken back',
      reference: 'c',
      reserved: true,
      steps: [
        choice,
        account('6000000001', '0'),
        account('6000000001', '1'),
        { after: 60, does: 'charge', name: 'c', from: 'a' },
        credited('c'),
        { after: 90_000, what: 'reversed', of: 'c', amount: '100.00', transaction: 0 },
      ],
    },
  ]
}

export const goldenHistories = {
  'trustly-direct': atTrustly(),
  'payabl-trustly': [
    ...atBoth({ captures: 'own', refunds: 'own', chargebacks: 'own' }, ['refund']),
    ...atBoth({ captures: 'shared', refunds: 'shared', chargebacks: 'shared' }, ['refund']).map((one) => ({
      ...one,
      name: `${one.name}, all under one id`,
    })),
  ],
} as const

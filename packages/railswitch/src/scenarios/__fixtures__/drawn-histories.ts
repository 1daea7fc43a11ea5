import * as fc from 'fast-check'
import { accountSteps, depositSteps, type Features, payoutSteps, type Wish, withdrawalSteps } from './possible-steps.ts'
import type { History, Schedule, Step } from './history.ts'
import type { RailChoice } from './played-rails.ts'

/** A kind that is named twice is drawn twice as often. */
interface Drawn extends Features {
  readonly kinds: readonly Kind[]
}

type Kind = 'deposit' | 'imported' | 'payout' | 'withdrawal' | 'account'

const ways = (...all: string[]): readonly (readonly string[])[] => all.map((one) => one.split(' '))

const trustlyFeatures: Drawn = {
  transactions: 1,
  endsForGood: false,
  returns: ways('payoutfailed', 'credit', 'payoutfailed credit', 'credit payoutfailed'),
  payoutReturns: ways('payoutfailed', 'credit', 'cancel', 'payoutfailed credit', 'credit cancel'),
  kinds: ['deposit', 'deposit', 'deposit', 'imported', 'payout', 'withdrawal', 'account'],
}

const payablFeatures: Drawn = {
  transactions: 2,
  endsForGood: false,
  returns: ways('refund'),
  payoutReturns: ways('cft'),
  kinds: ['deposit', 'deposit', 'deposit', 'deposit', 'imported', 'payout'],
}

const wishOf = (...wishes: readonly string[]): fc.Arbitrary<Wish> =>
  fc.record({
    after: fc.constantFrom(1, 7, 30, 90, 3600, 90_000),
    wish: fc.constantFrom(...wishes),
    amount: fc.constantFrom('40.00', '30.00', '100.00'),
    currency: fc.constantFrom('SEK', 'SEK', 'SEK', 'EUR'),
    which: fc.nat(2),
    way: fc.nat(11),
  })

const historyOf = (features: Drawn): fc.Arbitrary<History> =>
  fc.record({
    reserved: fc.boolean(),
    recovered: fc.boolean(),
    steps: fc.constantFrom(...features.kinds).chain((kind) => stepsOf[kind](features)),
  })

const wishes: Readonly<Record<Kind, readonly string[]>> = {
  deposit: [
    'approve', 'credit', 'credit', 'credit other', 'end', 'reverse', 'refund', 'refund', 'refund sent', 'refund back', 'refund back', 'retry', 'stranger',
  ],
  imported: ['approve', 'credit', 'credit', 'end', 'reverse', 'import', 'import', 'refund', 'refund back', 'stranger'],
  payout: ['sent', 'back', 'stranger'],
  withdrawal: ['request', 'request', 'approve', 'deny', 'sent', 'back', 'stranger'],
  account: ['zero', 'one', 'one', 'other', 'revoke', 'charge', 'credit', 'end', 'reverse'],
}

const stepsOf: Readonly<Record<Kind, (features: Features) => fc.Arbitrary<readonly Step[]>>> = {
  deposit: (features) => drawn('deposit', (wish) => depositSteps(features, wish, [{ after: 1, does: 'deposit', name: 'd' }])),
  imported: (features) =>
    drawn('imported', (wish) => depositSteps({ ...features, transactions: 1, endsForGood: features.transactions > 1 }, wish, [{ after: 1, does: 'begin elsewhere', name: 'd' }])),
  payout: (features) => drawn('payout', (wish) => payoutSteps(features, wish)),
  withdrawal: (features) => drawn('withdrawal', (wish) => withdrawalSteps(features, wish)),
  account: () => drawn('account', accountSteps),
}

const drawn = (kind: Kind, toSteps: (wishes: readonly Wish[]) => readonly Step[]): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(
      fc.constantFrom(...beginnings[kind]).chain((names) => fc.tuple(...names.map((name) => wishOf(name)))),
      fc.array(wishOf(...wishes[kind]), { minLength: 1, maxLength: 9 }),
    )
    .map(([first, more]) => toSteps([...first, ...more]))

/** Many histories begin with a step that most other steps need. */
const beginnings: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  deposit: [[], ['credit'], ['approve', 'credit'], ['credit', 'refund'], ['credit', 'refund', 'refund']],
  imported: [[], ['credit'], ['credit', 'import'], ['import', 'credit']],
  payout: [[]],
  withdrawal: [[], ['request'], ['request', 'approve']],
  account: [[], ['one'], ['zero', 'one', 'charge']],
}

const numbers = (max: number) => fc.array(fc.nat(max), { minLength: 1, maxLength: 6 })

const schedule: fc.Arbitrary<Schedule> = fc.record({
  delays: numbers(6),
  copies: numbers(2),
  order: numbers(3),
  failing: fc.array(fc.nat(8), { maxLength: 4 }),
  late: numbers(3),
  syncs: fc.array(fc.nat(9), { maxLength: 2 }),
})

/** A payment at one of the vendors, and how its reports arrive. */
export interface Case {
  readonly rail: RailChoice
  readonly history: History
  readonly schedule: Schedule
}

const idChoice = fc.constantFrom('own' as const, 'shared' as const)

const atPayabl: fc.Arbitrary<Case> = fc
  .record({
    rail: fc.record({ captures: idChoice, refunds: idChoice, chargebacks: idChoice }),
    history: historyOf(payablFeatures),
    schedule,
  })
  .map(({ rail, history, schedule: drawn }) => ({
    // A chargeback with its own id that came before the import stays a review of its day.
    rail: isImported(history) ? { ...rail, chargebacks: 'shared' } : rail,
    history,
    schedule: drawn,
  }))

const isImported = ({ steps }: History): boolean => steps.some((step) => 'does' in step && step.does === 'import')

export const caseOf = (): fc.Arbitrary<Case> =>
  fc.oneof(
    fc.record({ rail: fc.constant('trustly' as const), history: historyOf(trustlyFeatures), schedule }),
    atPayabl,
  )

import { deposit, payout, recordOf, refOf, refund, report, sek, withdrawal } from '../__fixtures__/records.ts'
import type { Fact } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { ownMethods, type Proof, type Report } from '../record/report.ts'
import { ownFacts } from './interpret-record.ts'

const one = refund('r-1')
const intents = [deposit(), one, payout(), withdrawal()]
const factsOf = (method: string, about: RecordedIntent, more: Partial<Report> = {}): readonly Fact[] =>
  ownFacts(recordOf(intents, { reports: [report('p-1', method, { intent: refOf(about), proof: 'person', ...more })] }))

const base = (about: RecordedIntent) => ({
  intent: refOf(about),
  vendorId: 'tx-1',
  at: '2026-01-02T00:00:00.000Z',
  evidence: ['p-1'],
  key: 'p-1',
  source: 'person',
})
const money = sek('30.00')
const ofRefund = { ...base(deposit()), amount: money, refund: refOf(one), candidates: [refOf(one)] }

test.each<readonly [string, string, RecordedIntent, Partial<Report>, object]>([
  [
    'an import as credited',
    ownMethods.imported,
    deposit(),
    { money, members: { state: 'credited' } },
    { ...base(deposit()), type: 'deposit.credited', amount: money },
  ],
  [
    'an import as anything else',
    ownMethods.imported,
    deposit(),
    { money, members: { state: 'pending' } },
    { ...base(deposit()), type: 'deposit.not_credited_yet', amount: money },
  ],
  [
    'a deposit that a person decides is credited',
    ownMethods.personCredited,
    deposit(),
    { money },
    { ...base(deposit()), type: 'deposit.credited', amount: money },
  ],
  [
    'a refund that a person decides is confirmed',
    ownMethods.personConfirmed,
    one,
    { money },
    { ...ofRefund, type: 'refund.confirmed' },
  ],
  [
    'a refund that a person decides has failed',
    ownMethods.personFailed,
    one,
    { money },
    { ...ofRefund, type: 'refund.failed' },
  ],
  [
    'a payout that a person decides is confirmed',
    ownMethods.personConfirmed,
    payout(),
    { money },
    { ...base(payout()), type: 'payout.confirmed', amount: money },
  ],
  [
    'a payout that a person decides has failed',
    ownMethods.personFailed,
    payout(),
    { money },
    { ...base(payout()), type: 'payout.failed', amount: money },
  ],
  [
    'a payout that can no longer fail',
    ownMethods.noFailure,
    payout(),
    { money, proof: 'elapsed' },
    { ...base(payout()), source: 'elapsed', type: 'payout.confirmed', amount: money },
  ],
  [
    'a deposit that is overdue',
    ownMethods.overdue,
    deposit(),
    { proof: 'elapsed' },
    { ...base(deposit()), source: 'elapsed', type: 'review', reason: 'overdue' },
  ],
  [
    'an unknown outcome',
    ownMethods.outcomeUnknown,
    payout(),
    { proof: 'elapsed' },
    { ...base(payout()), source: 'elapsed', type: 'review', reason: 'outcome_unknown' },
  ],
  [
    'a withdrawal that was approved',
    ownMethods.approved,
    withdrawal(),
    { proof: 'response' },
    { ...base(withdrawal()), source: 'vendor', type: 'withdrawal.approved' },
  ],
  [
    'a withdrawal that was denied',
    ownMethods.denied,
    withdrawal(),
    { proof: 'response' },
    { ...base(withdrawal()), source: 'vendor', type: 'withdrawal.denied' },
  ],
  [
    'a decision that the vendor refused',
    ownMethods.undecided,
    withdrawal(),
    { proof: 'response', members: { decision: 'approve' } },
    { ...base(withdrawal()), source: 'vendor', type: 'withdrawal.undecided', decision: 'approve' },
  ],
  [
    'a refused decision without members',
    ownMethods.undecided,
    withdrawal(),
    {},
    { ...base(withdrawal()), type: 'withdrawal.undecided', decision: '' },
  ],
])('%s is a fact', (_name, method, about, more, fact) => {
  expect(factsOf(method, about, more)).toEqual([fact])
})

test.each<readonly [Proof, string]>([
  ['person', 'person'],
  ['elapsed', 'elapsed'],
  ['lookup', 'lookup'],
  ['response', 'vendor'],
  ['signature', 'vendor'],
])('a report by %s has the source %s', (proof, source) => {
  expect(factsOf(ownMethods.approved, withdrawal(), { proof })).toMatchObject([{ source }])
})

test.each([ownMethods.imported, ownMethods.personCredited, ownMethods.personConfirmed, ownMethods.noFailure])(
  '%s without money is no fact',
  (method) => {
    expect(factsOf(method, payout())).toEqual([])
  },
)

test.each([ownMethods.resolved, ownMethods.foreign, 'credit'])('%s is no fact of our own', (method) => {
  expect(factsOf(method, deposit(), { money })).toEqual([])
})

test('a report that is not applied is no fact', () => {
  const reports = [report('p-1', ownMethods.personCredited, { intent: null, money })]
  expect(ownFacts(recordOf(intents, { reports }))).toEqual([])
})

test('a refund whose deposit is not known is treated as a payout', () => {
  const lost = recordOf([deposit()], {
    reports: [report('p-1', ownMethods.personFailed, { intent: refOf(one), money, proof: 'person' })],
  })
  expect(ownFacts(lost)).toMatchObject([{ type: 'payout.failed', intent: refOf(one) }])
})

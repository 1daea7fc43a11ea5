import { type Fact, paymentRef, type Report, receivedAccountOf } from '@railswitch/core/provider'
import * as fc from 'fast-check'
import { notification, recorded, recordOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

const account = recorded('account', 'account-1')
const deposit = recorded('deposit', 'order-1')

/** `1:0` is account 1 without its mandate, `1:1` with it, `1` with nothing said of one; `x` is a cancel. Received in this order. */
const reportsOf = (words: string, intent = account): readonly Report[] =>
  words.split(' ').map((word, index) => {
    const [accountid = '', mandate] = word.split(':')
    const attributes = mandate === undefined ? {} : { directdebitmandate: mandate }
    const said = word === 'x' ? notification('cancel') : notification('account', { accountid, attributes })
    const at = `2026-11-21T12:00:${String(index).padStart(2, '0')}.000Z`
    return reported(intent, said, { id: `${word}#${index}`, at })
  })

const factsOf = (words: string): readonly Fact[] => interpret(recordOf([account], reportsOf(words)))
const mandates = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => (fact.type === 'account.received' ? [`${fact.account} ${fact.mandate}`] : [])).join(', ')
const reviews = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => (fact.type === 'review' ? [`${fact.reason} ${fact.key}`] : [])).join(', ')
const chargeable = (facts: readonly Fact[]): string | null => {
  const chosen = receivedAccountOf(facts, paymentRef(account.intent))
  return chosen?.mandate === 'active' ? chosen.account : null
}

/** What was reported, what each account's mandate is, which may be charged, and what needs review. */
test.each<readonly [string, string, string, string | null, string]>([
  ['without a mandate', '1', '1 null', null, ''],
  ['whose mandate is to come', '1:0', '1 pending', null, ''],
  ['whose mandate is there', '1:0 1:1', '1 active', '1', ''],
  ['whose mandate is there at once', '1:1', '1 active', '1', ''],
  ['whose mandate was confirmed twice', '1:0 1:1 1:1', '1 active', '1', ''],
  ['whose mandate is to come, reported twice', '1:0 1:0', '1 pending', null, ''],
  ['with a second 0', '1:0 1:1 1:0', '1 pending', null, 'ambiguous_mandate 1:0#0 2 1'],
  ['with a second 0 and a second 1', '1:0 1:1 1:0 1:1', '1 active', '1', ''],
  ['with a third 0', '1:0 1:1 1:0 1:1 1:0', '1 pending', null, 'ambiguous_mandate 1:0#0 3 2'],
  ['that was cancelled', '1:0 1:1 x', '1 revoked', null, ''],
  ['that was cancelled before its mandate', '1:0 x', '1 revoked', null, ''],
  ['that was cancelled twice', '1:0 1:1 x x', '1 revoked', null, ''],
  ['with a second 0, then cancelled', '1:0 1:1 1:0 x', '1 revoked', null, ''],
  ['without a mandate, then cancelled', '1 x', '1 null', null, ''],
  ['moved to another bank', '1:0 1:1 1:0 2:1', '1 moved, 2 active', '2', ''],
  ['moved, its own 0 not reported so far', '1:0 1:1 2:1', '1 moved, 2 active', '2', ''],
  ['moved, its earlier reports lost', '1:0 2:1', '1 moved, 2 active', '2', ''],
  [
    'moved to one with a 0 of its own',
    '1:0 1:1 1:0 2:0 2:1',
    '1 pending, 2 pending',
    null,
    'ambiguous_mandate 1:0#0 2 1, ambiguous_mandate 2:0#3 1 1',
  ],
  ['moved twice', '1:0 1:1 1:0 2:1 2:0 3:1', '1 moved, 2 moved, 3 active', '3', ''],
  [
    'that may have moved and come back',
    '1:0 1:1 1:0 2:1 2:0 1:1',
    '1 pending, 2 pending',
    null,
    'ambiguous_mandate 1:0#0 2 2, ambiguous_mandate 2:0#4 1 1',
  ],
  ['moved, then cancelled', '1:0 1:1 1:0 2:1 x', '1 revoked, 2 revoked', null, ''],
  [
    'moved to one with a second 0 of its own',
    '1:0 1:1 1:0 2:1 2:0 2:0',
    '1 pending, 2 pending',
    null,
    'ambiguous_mandate 1:0#0 2 1, ambiguous_mandate 2:0#4 2 1',
  ],
  ['beside one whose mandate is to come', '1:0 1:1 2:0', '1 active, 2 moved', '1', ''],
  [
    'beside another one, both with a mandate at once',
    '1:1 2:1',
    '1 pending, 2 pending',
    null,
    'ambiguous_mandate 1:1#0 0 1, ambiguous_mandate 2:1#1 0 1',
  ],
  [
    'beside another one, both set up',
    '1:0 1:1 2:0 2:1',
    '1 pending, 2 pending',
    null,
    'ambiguous_mandate 1:0#0 1 1, ambiguous_mandate 2:0#2 1 1',
  ],
  ['moved to one without a mandate', '1:0 1:1 2', '1 active, 2 null', '1', ''],
  ['without a mandate, then another one', '1 2', '1 null, 2 null', null, ''],
])('row 16: an account %s (%s)', (_name, words, expected, charged, reviewed) => {
  const facts = factsOf(words)
  expect(mandates(facts)).toBe(expected)
  expect(chargeable(facts)).toBe(charged)
  expect(reviews(facts)).toBe(reviewed)
})

/** A fact that shares a report with one that was emitted is not emitted again: what changed rests on the report that changed it. */
test.each<readonly [string, string, readonly (readonly [string, readonly string[]])[]]>([
  ['the first 0', '1:0', [['1 pending', ['1:0#0']]]],
  ['the first 1', '1:0 1:1', [['1 active', ['1:1#1']]]],
  ['the second 0', '1:0 1:1 1:0', [['1 pending', ['1:0#2']]]],
  ['the second 1', '1:0 1:1 1:0 1:1', [['1 active', ['1:1#3']]]],
  ['still the first 1', '1:0 1:1 1:1', [['1 active', ['1:1#1']]]],
  ['the first cancel', '1:0 1:1 x x', [['1 revoked', ['x#2']]]],
  [
    'the other account’s 1',
    '1:0 1:1 1:0 2:1',
    [
      ['1 moved', ['2:1#3']],
      ['2 active', ['2:1#3']],
    ],
  ],
  [
    'what made it unclear: another account’s 1',
    '1:0 1:1 2:0 2:1',
    [
      ['1 pending', ['2:1#3']],
      ['2 pending', ['2:1#3']],
    ],
  ],
  [
    'what made it unclear: the new account’s 0',
    '1:0 1:1 1:0 2:1 2:0',
    [
      ['1 pending', ['2:0#4']],
      ['2 pending', ['2:0#4']],
    ],
  ],
  [
    'its own 0, where it never had a mandate',
    '1:0 2:1',
    [
      ['1 moved', ['1:0#0']],
      ['2 active', ['2:1#1']],
    ],
  ],
  [
    'the last 1 of the account that it moved to',
    '1:1 1:0 1:1 1:0 2:1 1:1',
    [
      ['1 pending', ['1:1#5']],
      ['2 pending', ['1:1#5']],
    ],
  ],
  ['all that was said of no mandate', '1 1', [['1 null', ['1#0', '1#1']]]],
])('row 16: the event rests on %s', (_name, words, expected) => {
  const received = factsOf(words).filter((fact) => fact.type === 'account.received')
  expect(received.map(({ account, mandate, evidence }) => [`${account} ${mandate}`, evidence])).toEqual(expected)
})

test('row 16: the order in which account notifications arrive changes nothing, as they carry no time', () => {
  const word = fc.constantFrom('1:0', '1:1', '2:0', '2:1', '3:1', '1', 'x')
  const words = fc.array(word, { minLength: 1, maxLength: 7 })
  const shuffled = words.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  const meaningOf = (all: readonly string[]): readonly string[] => {
    const facts = factsOf(all.join(' '))
    return [
      mandates(facts),
      `${chargeable(facts)}`,
      ...facts.flatMap((fact) => (fact.type === 'review' ? fact.reason : [])),
    ]
  }
  const property = fc.property(shuffled, ([all, others]) => expect(meaningOf(others)).toEqual(meaningOf(all)))
  expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
})

test('row 16: one account at most may be charged, and none after a cancel', () => {
  const word = fc.constantFrom('1:0', '1:1', '2:0', '2:1', '3:0', '3:1', 'x')
  const property = fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), (all) => {
    const active = mandates(factsOf(all.join(' '))).match(/active/g)?.length ?? 0
    expect(active).toBeLessThanOrEqual(all.includes('x') ? 0 : 1)
  })
  expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow()
})

test('each fact names the account, the order and the report that it rests on; its key, the account’s earliest one', () => {
  expect(factsOf('1:0 1:1')).toEqual([
    {
      intent: 'rs1.t.account.account-1.1',
      vendorId: '87654567',
      at: '2026-11-21T12:00:01.000Z',
      evidence: ['1:1#1'],
      source: 'vendor',
      key: '1:0#0',
      type: 'account.received',
      account: '1',
      mandate: 'active',
    },
  ])
  expect(factsOf('1:0 1:1 1:0')[1]).toEqual({
    intent: 'rs1.t.account.account-1.1',
    vendorId: '87654567',
    at: '2026-11-21T12:00:02.000Z',
    evidence: ['1:0#2'],
    source: 'vendor',
    key: '1:0#0 2 1',
    type: 'review',
    reason: 'ambiguous_mandate',
  })
})

test('a customer who left chose none, however often that is reported', () => {
  expect(factsOf('x x')).toEqual([
    {
      intent: 'rs1.t.account.account-1.1',
      vendorId: '87654567',
      at: '2026-11-21T12:00:00.000Z',
      evidence: ['x#0', 'x#1'],
      source: 'vendor',
      key: 'x#0',
      type: 'account.not_received',
      reason: 'abandoned',
    },
  ])
})

test('a cancel after the account was erased ends no order whose account was received', () => {
  const erased = reportsOf('1:0 1:1').map((report): Report => {
    const { accountid: _, ...members } = report.members
    return { ...report, members }
  })
  const cancel = reportsOf('x').map((report) => ({ ...report, at: '2027-01-01T00:00:00.000Z' }))
  expect(interpret(recordOf([account], [...erased, ...cancel]))).toEqual([])
})

test('a deposit’s cancel ends the deposit, not the mandate that its customer gave', () => {
  const facts = interpret(recordOf([deposit], reportsOf('1:0 1:1 x', deposit)))
  expect(mandates(facts)).toBe('1 active')
  expect(facts.map(({ type }) => type)).toEqual(['deposit.not_credited', 'account.received'])
})

test('which of two accounts counts does not depend on which was reported first, while neither may be charged', () => {
  const reports = reportsOf('1:0 2:0')
  const later = reports.map((report, index) => ({ ...report, at: `2026-11-21T13:00:0${1 - index}.000Z` }))
  const chosen = (all: readonly Report[]) =>
    receivedAccountOf(interpret(recordOf([account], all)), paymentRef(account.intent))?.account
  // Account 1 was reported again, before the notification that is known.
  const again = (at: string): Report => ({ ...reportsOf('1:0')[0], id: 'n9', at }) as Report
  expect(chosen([...later, again('2026-11-21T12:59:00.000Z')])).toBe(
    chosen([...later, again('2026-11-21T13:59:00.000Z')]),
  )
})

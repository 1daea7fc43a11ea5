import {
  deriveMandate,
  deriveRecord,
  type EmittedEvent,
  type Fact,
  type PaymentRecord,
  type Report,
} from '@railswitch/core/provider'
import * as fc from 'fast-check'
import { notification, recorded, recordOf, reported } from '../__fixtures__/orders.ts'
import { interpret } from './interpret.ts'

/** Sources: protocol/trustly.md, sections 4.2 and 4.3 (documented, [D]: the order of `account` notifications is not guaranteed) and 15. */
const mandate = recorded('mandate', 'mandate-1')

/** `1:0` is account 1 without its mandate, `1:1` with it; `x` is a cancel, `x:FAILED` one with a reason. Received in this order. */
const reportsOf = (words: string): readonly Report[] =>
  words.split(' ').map((word, index) => {
    const [name = '', given] = word.split(':')
    const said =
      name === 'x'
        ? notification('cancel', given === undefined ? {} : { attributes: { reason: given } })
        : notification('account', { accountid: name, attributes: { directdebitmandate: given ?? '' } })
    const id = `${word}#${
      words
        .split(' ')
        .slice(0, index)
        .filter((other) => other === word).length
    }`
    return reported(mandate, said, { id, at: `2026-11-21T12:00:${String(index).padStart(2, '0')}.000Z` })
  })

const interpreter = new Map([['t', { interpret }]])
const factsOf = (words: string): readonly Fact[] => interpret(recordOf([mandate], reportsOf(words)))
const stateOf = (reports: readonly Report[]) => {
  const record = recordOf([mandate], reports)
  const derived = deriveMandate(record, interpret(record))
  return derived && `${derived.state} ${derived.account ?? derived.reason ?? ''}`.trim()
}
const reviewsOf = (words: string) => factsOf(words).flatMap((fact) => (fact.type === 'review' ? [fact.reason] : []))

test.each<readonly [string, string, string]>([
  ['that the customer has signed', '1:0', 'pending 1'],
  ['that was signed, reported twice', '1:0 1:0', 'pending 1'],
  ['that the scheme has registered', '1:0 1:1', 'active 1'],
  ['whose registration arrives first', '1:1 1:0', 'active 1'],
  ['whose registration arrives alone', '1:1', 'active 1'],
  ['whose customer left the account', '1:0 1:1 1:0', 'moved'],
  ['whose customer left the account, in another order', '1:0 1:0 1:1', 'moved'],
  ['whose customer left the account, in yet another order', '1:1 1:0 1:0', 'moved'],
  ['that moved to another bank', '1:0 1:1 1:0 2:1', 'active 2'],
  ['that moved to another bank, whose new account is reported first', '1:0 1:1 2:1 1:0', 'active 2'],
  ['that moved before its setup was reported', '2:1 1:0 1:0 1:1', 'active 2'],
  ['that moved twice', '1:0 1:1 1:0 2:1 2:0 3:1', 'active 3'],
  ['that the customer ended', '1:0 1:1 x:CANCELLED', 'revoked cancelled'],
  ['whose end is reported before its account', 'x:CANCELLED 1:0 1:1', 'revoked cancelled'],
  ['that was ended after it had moved', '1:0 1:1 1:0 2:1 x:CANCELLED', 'revoked cancelled'],
  ['that ended without a reason', '1:0 1:1 x', 'revoked cancelled'],
  ['that exists already', '1:0 x:MANDATE_ALREADY_EXISTS', 'revoked already_exists'],
  ['that exists already, whose account is not reported', 'x:MANDATE_ALREADY_EXISTS', 'revoked already_exists'],
  ['of an account that is not valid', 'x:INVALID_ACCOUNT_ID', 'revoked invalid_account'],
  ['that the scheme did not register', '1:0 x:FAILED', 'revoked failed'],
  ['that ended for an unknown reason', '1:0 1:1 x:SOMETHING_NEW', 'revoked cancelled'],
  ['that nobody signed', 'x', 'revoked abandoned'],
])('row 16: a mandate %s (%s)', (_name, words, expected) => {
  expect(stateOf(reportsOf(words))).toBe(expected)
  expect(reviewsOf(words)).toEqual([])
})

test.each([
  ['1:1 2:1', 'moved'],
  ['1:0 1:1 2:0 2:1', 'moved'],
])('row 16: counts that no bank switch explains are reviewed, and nothing is charged (%s)', (words, expected) => {
  expect(stateOf(reportsOf(words))).toBe(expected)
  expect(new Set(reviewsOf(words))).toEqual(new Set(['ambiguous_mandate']))
})

const word = fc.constantFrom('1:0', '1:1', '2:0', '2:1', '3:1', 'x:CANCELLED')
const story = fc.array(word, { minLength: 1, maxLength: 7 })

test('row 16: the order of the notifications changes nothing', () => {
  const shuffled = story.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  const property = fc.property(shuffled, ([all, others]) =>
    expect(stateOf(reportsOf(others.join(' ')))).toBe(stateOf(reportsOf(all.join(' ')))),
  )
  expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow()
})

test('row 16: after a cancel, no mandate is active, whatever else is reported', () => {
  const property = fc.property(story, (all) => {
    const state = stateOf(reportsOf(all.join(' ')))
    expect(state?.startsWith('revoked')).toBe(all.includes('x:CANCELLED'))
  })
  expect(() => fc.assert(property, { numRuns: 500 })).not.toThrow()
})

/** What the application receives if each event is handled as soon as it is derived. */
const emittedBy = (words: string): readonly string[] => {
  const reports = reportsOf(words)
  let record: PaymentRecord = recordOf([mandate], [])
  const received: string[] = []
  for (const report of reports) {
    record = { ...record, reports: [...record.reports, report] }
    for (const { event, evidence } of deriveRecord(record, interpreter).pending) {
      received.push('account' in event ? `${event.type} ${event.account}` : event.type)
      const emitted: EmittedEvent = { id: event.id, type: event.type, payment: event.payment, answer: 'ok', evidence }
      record = { ...record, emitted: [...record.emitted, emitted] }
    }
  }
  return received
}

test.each<readonly [string, readonly string[]]>([
  ['1:0 1:1', ['mandate.pending 1', 'mandate.active 1']],
  ['1:1 1:0', ['mandate.active 1']],
  ['1:0 1:1 1:1', ['mandate.pending 1', 'mandate.active 1']],
  ['1:0 1:1 x:CANCELLED x:CANCELLED', ['mandate.pending 1', 'mandate.active 1', 'mandate.revoked']],
  ['x:CANCELLED 1:0 1:1', ['mandate.revoked']],
  ['1:0 1:1 1:0 2:1', ['mandate.pending 1', 'mandate.active 1', 'mandate.moved 1', 'mandate.active 2']],
  ['1:0 1:1 2:1 1:0', ['mandate.pending 1', 'mandate.active 1', 'mandate.moved 1', 'mandate.active 2']],
  ['1:0 1:1 1:0 1:1', ['mandate.pending 1', 'mandate.active 1', 'mandate.moved 1', 'mandate.active 1']],
  [
    '1:0 1:1 1:0 2:1 2:0 3:1',
    [
      'mandate.pending 1',
      'mandate.active 1',
      'mandate.moved 1',
      'mandate.active 2',
      'mandate.moved 2',
      'mandate.active 3',
    ],
  ],
])('each change of a mandate is one event (%s)', (words, events) => {
  expect(emittedBy(words)).toEqual(events)
})

test('a mandate whose account was erased keeps its state', () => {
  const erased = reportsOf('1:0 1:1').map((report): Report => {
    const { accountid: _, ...members } = report.members
    return { ...report, members }
  })
  expect(stateOf(erased)).toBe('active')
})

test('our own cancellation revokes a mandate at once, and the vendor’s report of it is the same event', () => {
  const own: Report = {
    id: 'own',
    at: '2026-11-21T13:00:00.000Z',
    rail: 't',
    vendorId: '',
    method: 'decided:cancel_mandate',
    members: {},
    proof: 'response',
    intent: reportsOf('1:0')[0]?.intent ?? null,
  }
  const record = recordOf([mandate], [...reportsOf('1:0 1:1'), own])
  const [pending, ...others] = deriveRecord(record, interpreter).pending
  expect(others).toEqual([])
  expect(pending).toMatchObject({ event: { type: 'mandate.revoked', reason: 'cancelled' }, evidence: ['own'] })
  const cancelled = { ...record, reports: [...record.reports, ...reportsOf('1:0 1:1 x:CANCELLED').slice(2)] }
  expect(deriveRecord(cancelled, interpreter).pending).toMatchObject([{ evidence: ['x:CANCELLED#0', 'own'] }])
})

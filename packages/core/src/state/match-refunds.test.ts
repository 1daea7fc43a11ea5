import fc from 'fast-check'
import { depositRef, refOf, refund, refused, sek } from '../__fixtures__/records.ts'
import { factsOf } from '../record/fact.ts'
import type { RecordedIntent } from '../record/intent.ts'
import { matchRefunds, type RefundReport, type RefundsToMatch } from './match-refunds.ts'

const day = (n: number, time = '00:00:00.000'): string => `2026-01-${String(n).padStart(2, '0')}T${time}Z`

const report = (id: string, at: string, method = 'credit', value = '30.00'): RefundReport => ({
  id,
  at,
  method,
  amount: sek(value),
  source: 'vendor',
})

const match = (
  refunds: readonly RecordedIntent[],
  reports: readonly RefundReport[],
  more: Partial<RefundsToMatch> = {},
) => {
  const facts = matchRefunds({
    type: 'refund.failed',
    deposit: depositRef,
    vendorId: 'tx-1',
    refunds,
    reports,
    ...more,
  })
  return {
    failed: factsOf(facts, 'refund.failed').map(({ refund: ref, candidates, evidence, at, separate }) => ({
      refund: ref,
      candidates,
      evidence,
      at,
      ...(separate && { separate }),
    })),
    confirmed: factsOf(facts, 'refund.confirmed').map(({ refund: ref, evidence }) => ({ refund: ref, evidence })),
    reviews: factsOf(facts, 'review').map(({ reason, evidence, money }) => ({ reason, evidence, money })),
  }
}

const first = refund('r-1', { begunAt: day(3) })
const second = refund('r-2', { begunAt: day(4) })
const retry = refund('r-1', { attempt: 2, begunAt: day(6) })

describe('one refund', () => {
  test('matches a report of its amount, whatever its method', () => {
    const { failed, reviews } = match([first], [report('a', day(5), 'payoutfailed'), report('b', day(6))])
    expect(failed).toEqual([{ refund: refOf(first), candidates: [refOf(first)], evidence: ['a', 'b'], at: day(5) }])
    expect(reviews).toEqual([])
  })

  test('is confirmed by the same rules', () => {
    const { confirmed, failed } = match([first], [report('a', day(5))], { type: 'refund.confirmed' })
    expect(confirmed).toEqual([{ refund: refOf(first), evidence: ['a'] }])
    expect(failed).toEqual([])
  })

  test('does not match a report of another amount', () => {
    const { failed, reviews } = match([first], [report('a', day(5), 'credit', '31.00')])
    expect(failed).toEqual([])
    expect(reviews).toEqual([{ reason: 'unexpected_credit', evidence: ['a'], money: sek('31.00') }])
  })

  test('does not match money that came before it was begun', () => {
    expect(match([first], [report('a', day(2))])).toEqual({
      failed: [],
      confirmed: [],
      reviews: [{ reason: 'unexpected_credit', evidence: ['a'], money: sek('30.00') }],
    })
  })

  test('matches a report whose time is a minute earlier because of a slow clock', () => {
    expect(match([first], [report('a', day(2, '23:59:00.000'))]).failed).toHaveLength(1)
    expect(match([first], [report('a', day(2, '23:58:59.999'))]).failed).toEqual([])
  })

  test('matches the report after it, not the unexplained one before it', () => {
    const { failed, reviews } = match([first], [report('early', day(2)), report('late', day(5))])
    expect(failed).toEqual([{ refund: refOf(first), candidates: [refOf(first)], evidence: ['late'], at: day(5) }])
    expect(reviews).toEqual([{ reason: 'unexpected_credit', evidence: ['early'], money: sek('30.00') }])
  })

  test('that no refund of ours explains is an unexpected payout', () => {
    const { reviews } = match([], [report('a', day(5))], { type: 'refund.confirmed' })
    expect(reviews).toEqual([{ reason: 'unexpected_payout', evidence: ['a'], money: sek('30.00') }])
  })
})

describe('equal refunds', () => {
  test('are both candidates if one came back', () => {
    const { failed, reviews } = match([second, first], [report('a', day(5))])
    expect(failed).toEqual([{ refund: null, candidates: [refOf(first), refOf(second)], evidence: ['a'], at: day(5) }])
    expect(reviews).toEqual([])
  })

  test('are distinguished by time: money that came before the second was begun belongs to the first', () => {
    expect(match([first, second], [report('a', day(3, '12:00:00.000'))]).failed).toMatchObject([
      { refund: refOf(first) },
    ])
  })

  test('are both named, each once, if both came back', () => {
    const { failed, reviews } = match([first, second], [report('a', day(5)), report('b', day(6))])
    expect(failed.map(({ refund: ref, evidence }) => [ref, evidence])).toEqual([
      [refOf(first), ['a']],
      [refOf(second), ['b']],
    ])
    expect(reviews).toEqual([])
  })

  test('failed at least once if two methods report one each; the second report is a review', () => {
    const { failed, reviews } = match([first, second], [report('a', day(5), 'payoutfailed'), report('b', day(6))])
    expect(failed).toMatchObject([{ refund: null, evidence: ['a', 'b'] }])
    expect(reviews).toEqual([{ reason: 'ambiguous_return', evidence: ['b'], money: sek('30.00') }])
  })

  test('are not named by a report that came before they were begun, even if they were retried', () => {
    const late = refund('r-3', { begunAt: day(6) })
    const retried = refund('r-3', { attempt: 2, begunAt: day(7) })
    expect(match([first, second, late, retried], [report('a', day(5))]).failed).toMatchObject([
      { refund: null, candidates: [refOf(first), refOf(second)] },
    ])
  })

  test('do not explain further returns', () => {
    const reports = [report('a', day(5)), report('b', day(6)), report('c', day(7))]
    const { failed, reviews } = match([first, second], reports)
    expect(failed).toHaveLength(2)
    expect(reviews).toEqual([{ reason: 'unexpected_credit', evidence: ['c'], money: sek('30.00') }])
  })
})

describe('a refund that failed, was retried and is reported again by another method', () => {
  const again = [report('a', day(5), 'payoutfailed'), report('b', day(7))]

  test('failed once; a credit that could belong to the retry is a review', () => {
    const { failed, reviews } = match([first, retry], again)
    expect(failed).toMatchObject([{ refund: refOf(first), evidence: ['a', 'b'] }])
    expect(reviews).toEqual([{ reason: 'ambiguous_return', evidence: ['b'], money: sek('30.00') }])
  })

  test('failed once, while an equal refund and the retry still count as sent', () => {
    const { failed, reviews } = match([first, second, retry], again)
    expect(failed).toMatchObject([{ refund: refOf(first) }])
    expect(reviews).toHaveLength(1)
  })

  test('failed twice if one method reports it twice', () => {
    const { failed, reviews } = match([first, retry], [report('a', day(5)), report('b', day(7))])
    expect(failed).toMatchObject([
      { refund: refOf(first), evidence: ['a'] },
      { refund: refOf(retry), evidence: ['b'] },
    ])
    expect(reviews).toEqual([])
  })

  test('is a review if a person had decided that the first attempt failed', () => {
    const { failed, reviews } = match([first, retry], [report('b', day(7))], { decided: [refOf(first)] })
    expect(failed).toMatchObject([{ refund: refOf(first) }])
    expect(reviews).toEqual([{ reason: 'ambiguous_return', evidence: ['b'], money: sek('30.00') }])
  })
})

describe('a vendor that repeats reports with new ids', () => {
  const once = { countCertain: () => 1 }

  test('reports one refund twice: one failure and a review of the second', () => {
    const { failed, reviews } = match([first], [report('a', day(5)), report('b', day(6))], once)
    expect(failed).toMatchObject([{ refund: refOf(first), evidence: ['a', 'b'] }])
    expect(reviews).toEqual([{ reason: 'possible_duplicate', evidence: ['b'], money: sek('30.00') }])
  })

  test('reports one amount at two times: one failure and a review of the second', () => {
    const { failed, reviews } = match([first, second], [report('a', day(5)), report('b', day(6))], once)
    expect(failed).toMatchObject([{ refund: null, evidence: ['a', 'b'] }])
    expect(reviews).toEqual([{ reason: 'possible_duplicate', evidence: ['b'], money: sek('30.00') }])
  })

  test('whose own list contains two: both failed, as separate facts', () => {
    const { failed, reviews } = match([first, second], [report('a', day(5)), report('b', day(6))], {
      countCertain: () => 2,
    })
    expect(failed).toMatchObject([
      { refund: refOf(first), separate: true },
      { refund: refOf(second), separate: true },
    ])
    expect(reviews).toEqual([])
  })

  test('does not make money before any refund a repetition', () => {
    const { failed, reviews } = match([first], [report('early', day(2)), report('late', day(5))], once)
    expect(failed).toMatchObject([{ refund: refOf(first), evidence: ['late'] }])
    expect(reviews).toEqual([{ reason: 'unexpected_credit', evidence: ['early'], money: sek('30.00') }])
  })

  test('has a review for every report if no refund explains them', () => {
    expect(match([], [report('a', day(5)), report('b', day(6))], once).reviews).toHaveLength(2)
  })
})

describe('the fact of a refund', () => {
  const factsOfAll = (
    refunds: readonly RecordedIntent[],
    reports: readonly RefundReport[],
    more: Partial<RefundsToMatch> = {},
  ) => matchRefunds({ type: 'refund.failed', deposit: depositRef, vendorId: 'tx-1', refunds, reports, ...more })
  const lookup = (id: string, at: string, method?: string): RefundReport => ({
    ...report(id, at, method),
    source: 'lookup',
  })

  test('has all members', () => {
    expect(factsOfAll([first], [report('a', day(5))])).toEqual([
      {
        type: 'refund.failed',
        intent: depositRef,
        vendorId: 'tx-1',
        at: day(5),
        evidence: ['a'],
        source: 'vendor',
        key: refOf(first),
        amount: sek('30.00'),
        refund: refOf(first),
        candidates: [refOf(first)],
      },
    ])
  })

  test('has the source vendor if one of its reports is a notification, otherwise lookup', () => {
    const sourceOf = (...reports: readonly RefundReport[]) => factsOfAll([first], reports).map(({ source }) => source)
    expect(sourceOf(lookup('a', day(5)))).toEqual(['lookup'])
    expect(sourceOf(lookup('a', day(5)), report('b', day(6), 'payoutfailed'))).toEqual(['vendor'])
  })

  test('has its amount and a number as its key if it names no refund', () => {
    const third = refund('r-3', { begunAt: day(3) })
    const one = refund('r-0', { begunAt: day(1) })
    const keys = (...order: Parameters<typeof factsOfAll>) => factsOfAll(...order).map(({ key }) => key)
    expect(keys([first, second, third], [report('a', day(7)), report('b', day(8))])).toEqual(['30.00:1', '30.00:2'])
    expect(keys([one, first, second], [report('a', day(1, '12:00:00.000')), report('b', day(8))])).toEqual([
      refOf(one),
      '30.00:1',
    ])
  })

  test('has its own amount if reports of two amounts come at the same time', () => {
    const small = refund('r-4', { value: '12.00', begunAt: day(3) })
    const { failed, reviews } = match([first, small], [report('a', day(5)), report('b', day(6), 'credit', '12.00')])
    expect(failed.map(({ refund: ref, evidence }) => [ref, evidence])).toEqual([
      [refOf(first), ['a']],
      [refOf(small), ['b']],
    ])
    expect(reviews).toEqual([])
  })

  test('has the earliest time of its reports, whatever their ids and their order', () => {
    const reports = [report('z', day(5), 'payoutfailed'), report('a', day(6))]
    for (const order of [reports, [...reports].reverse()])
      expect(match([first], order).failed).toMatchObject([{ at: day(5), evidence: ['z', 'a'] }])
  })

  test('is separate only if the vendor’s own list contains several', () => {
    const once = { countCertain: () => 1 }
    expect(factsOfAll([first, second], [report('a', day(5)), report('b', day(6))], once)[0]).not.toHaveProperty(
      'separate',
    )
    expect(factsOfAll([first, second], [report('a', day(5)), report('b', day(6))])[0]).not.toHaveProperty('separate')
  })
})

test('equal refunds that were begun at the same time are sorted by their refs', () => {
  const [b, a] = [refund('r-b', { begunAt: day(3) }), refund('r-a', { begunAt: day(3) })]
  for (const refunds of [
    [a, b],
    [b, a],
  ])
    expect(match(refunds, [report('x', day(5)), report('y', day(6))]).failed).toMatchObject([
      { refund: refOf(a), evidence: ['x'] },
      { refund: refOf(b), evidence: ['y'] },
    ])
})

describe('an equal refund that was begun within a minute after the report', () => {
  const at = day(5, '00:00:20.000')
  const soon = refund('r-4', { begunAt: day(5, '00:00:20.285') })
  const sooner = refund('r-3', { begunAt: day(5, '00:00:20.100') })

  test('can be the one that was reported: vendors report whole seconds, and clocks differ', () => {
    expect(match([first, soon], [report('a', at)]).failed).toEqual([
      { refund: null, candidates: [refOf(first), refOf(soon)], evidence: ['a'], at },
    ])
  })

  test('leaves the other one open among several', () => {
    const { failed, reviews } = match([first, second, soon], [report('a', at), report('b', at)])
    expect(failed.map(({ refund: ref }) => ref)).toEqual([null, null])
    expect(reviews).toEqual([])
  })

  test('is named when every refund is reported', () => {
    const { failed } = match([first, soon], [report('a', day(5)), report('b', day(6))])
    expect(failed.map(({ refund: ref }) => ref)).toEqual([refOf(first), refOf(soon)])
  })

  test('explains no second report of a time at which one refund was begun', () => {
    const { failed, reviews } = match([first, soon, sooner], [report('a', at), report('b', at)])
    expect(failed).toHaveLength(1)
    expect(reviews).toHaveLength(1)
  })

  test('is not meant if it was begun later', () => {
    const later = refund('r-2', { begunAt: day(5, '00:01:20.001') })
    expect(match([first, later], [report('a', at)]).failed.map(({ refund: ref }) => ref)).toEqual([refOf(first)])
  })
})

test('a refund matches a report of the time at which it was begun', () => {
  const [one, other] = [refund('r-1', { begunAt: day(3) }), refund('r-2', { begunAt: day(5) })]
  expect(match([one, other], [report('a', day(5))]).failed).toMatchObject([{ refund: null }])
})

test('a later attempt shows that the earlier one failed, and does not show whether it was sent', () => {
  const other = refund('r-9', { begunAt: day(3) })
  const { confirmed } = match([first, retry, other], [report('a', day(7))], { type: 'refund.confirmed' })
  expect(confirmed).toEqual([{ refund: null, evidence: ['a'] }])
})

test('property: the order of reports and refunds changes nothing, and never more refunds failed than is possible', () => {
  const refunds = [first, second, retry, refund('r-3', { value: '12.00', begunAt: day(3) })]
  const anyReport = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('credit', 'payoutfailed'), fc.constantFrom('30.00', '12.00'))
    .map(([n, method, value]) => report(`${n} ${method} ${value}`, day(n), method, value))
  const anyReports = fc.uniqueArray(anyReport, { maxLength: 8, selector: ({ id }) => id })
  fc.assert(
    fc.property(anyReports, fc.shuffledSubarray(refunds), fc.boolean(), (reports, some, repeats) => {
      const more = repeats ? { countCertain: (all: readonly RefundReport[]) => Math.min(1, all.length) } : {}
      const found = match(some, reports, more)
      expect(match([...some].reverse(), [...reports].reverse(), more)).toEqual(found)
      expect(found.failed.length).toBeLessThanOrEqual(some.length)
      const named = found.failed.flatMap((one) => one.refund ?? [])
      expect(new Set(named).size).toBe(named.length)
      const explained = [...found.failed, ...found.reviews].flatMap(({ evidence }) => evidence)
      expect([...new Set(explained)].sort()).toEqual(reports.map(({ id }) => id).sort())
    }),
  )
})

describe('a refund whose call was refused', () => {
  const refusedRefund = refund('r-1', { begunAt: day(3), conclude: refused })
  const of = (
    refunds: readonly RecordedIntent[],
    reports: readonly RefundReport[],
    more: Partial<RefundsToMatch> = {},
  ) => match(refunds, reports, { type: 'refund.confirmed', refused: [refusedRefund], ...more })
  const repeats = { countCertain: (some: readonly RefundReport[]) => (some[0]?.method === 'listed' ? some.length : 1) }

  test('was sent all the same if nothing else explains the report', () => {
    const { confirmed, reviews } = of([], [report('a', day(5))])
    expect([confirmed, reviews]).toEqual([[{ refund: refOf(refusedRefund), evidence: ['a'] }], []])
  })

  test('matches only reports that no other refund explains', () => {
    expect(of([second], [report('a', day(5))]).confirmed).toEqual([{ refund: refOf(second), evidence: ['a'] }])
    const { confirmed, reviews } = of([second], [report('a', day(5)), report('b', day(6)), report('c', day(7))])
    expect(confirmed).toEqual([
      { refund: refOf(second), evidence: ['a'] },
      { refund: refOf(refusedRefund), evidence: ['b'] },
    ])
    expect(reviews).toEqual([{ reason: 'unexpected_payout', evidence: ['c'], money: sek('30.00') }])
  })

  test('may match a further report of a vendor that repeats reports, and its list decides', () => {
    const twice = [report('a', day(5), 'callback'), report('b', day(6), 'callback')]
    expect(of([second], twice, repeats).reviews).toMatchObject([{ reason: 'possible_duplicate', evidence: ['b'] }])
    const two = ['l', 'm'].map((id) => report(id, day(7), 'listed'))
    expect(of([second], [...twice, ...two], repeats).confirmed.map(({ refund: ref }) => ref)).toEqual([
      refOf(second),
      refOf(refusedRefund),
    ])
  })
})

import { type Fact, groupBy, type Money, type PaymentRef, sameMoney } from '@railswitch/core/provider'
import type { Credit } from './credits.ts'
import { type Listed, listedOf } from './listed-count.ts'
import { byContent, provenOf, type Reading, type Readings, timesOf, toBase, unrecognised, unsigned } from './reading.ts'

/**
 * The facts of chargebacks. An equal report at another time is either a second chargeback or a repetition: it counts once, and is a
 * review, until payabl's list shows how many there are. An unproven report counts if that list has it. What only the list has counts as
 * well: payabl notifies a chargeback at most once.
 */
export const chargebackFacts = (
  deposit: PaymentRef,
  readings: readonly Reading[],
  credits: readonly Credit[],
): readonly Fact[] => {
  const lists = readings.filter(({ channel }) => channel === 'listed')
  const groups = groupBy(
    readings.filter(({ channel }) => channel === 'callback'),
    ({ vendorId, errorcode, sum }) => `${vendorId} ${errorcode} ${sum}`,
  )
  const believed = groups.filter((same) => same[0].errorcode === '0' && isBelieved(same, lists))
  const known = [...believed.flatMap((same) => provenOf(same) ?? same), ...lists]
  return [
    ...groups.flatMap((same) =>
      same[0].errorcode === '0'
        ? believed.includes(same)
          ? []
          : [unsigned(deposit, same)]
        : [unrecognised(deposit, same)],
    ),
    ...byContent(known.filter(({ money }) => money === null)).map((same) => unreadable(deposit, same)),
    ...groupBy(
      known.filter(({ money }) => money !== null),
      ({ sum }) => sum,
    ).flatMap(([{ money }]) => (money ? equalChargebacks({ deposit, amount: money, credits, believed, lists }) : [])),
  ]
}

/** Proven by its token, or by payabl's list. */
const isBelieved = (same: Readings, lists: readonly Reading[]): boolean => {
  const [{ vendorId, money }] = same
  return provenOf(same) !== null || (money !== null && listedOf(lists, money, (id) => id === vendorId) !== null)
}

const unreadable = (deposit: PaymentRef, same: Readings): Fact => ({
  ...toBase(deposit, same, same[0].content),
  type: 'review',
  reason: 'amount_differs',
})

/** The chargebacks of one amount. */
interface Chargebacks {
  readonly deposit: PaymentRef
  readonly amount: Money
  readonly credits: readonly Credit[]
  /** The notifications, grouped by transactions. */
  readonly believed: readonly Readings[]
  readonly lists: readonly Reading[]
}

/**
 * What is listed under the id of a notification is its chargeback. The other notifications and what is listed under other ids can be
 * the same chargebacks: there are as many as the larger number of them.
 */
const equalChargebacks = (all: Chargebacks): readonly Fact[] => {
  const { amount, lists } = all
  const notified = all.believed.filter(([{ money }]) => money && sameMoney(money, amount))
  const named = new Set(notified.map(([{ vendorId }]) => vendorId))
  const listedAs = (same: Readings) => listedOf(lists, amount, (id) => id === same[0].vendorId)
  const unlisted = notified.filter((same) => !listedAs(same))
  const unnamed = listedOf(lists, amount, (id) => !named.has(id))
  const [first, ...others] = unlisted
  return [
    ...notified.flatMap((same) => {
      const listed = listedAs(same)
      return listed ? reversals(all, [same], listed) : []
    }),
    ...(unnamed && first
      ? reversals(all, [first, ...others], unnamed)
      : unlisted.flatMap((same) => reversals(all, [same], null))),
    ...(unnamed && !first ? groupBy(unnamed.readings, ({ vendorId }) => vendorId) : []).flatMap((same) =>
      reversals(all, [same], listedAs(same)),
    ),
    ...notified.flatMap((same) => repetitions(all, same, listedAs(same) ?? (unlisted.length === 1 ? unnamed : null))),
  ]
}

/** One fact for each of these groups, and one for each further chargeback that is listed. What a list counts is certainly separate. */
const reversals = (
  { deposit, amount, credits }: Chargebacks,
  groups: readonly [Readings, ...Readings[]],
  listed: Listed | null,
): readonly Fact[] => {
  const reported = groups.map((same) => provenOf(same) ?? same)
  const [first = groups[0]] = reported
  const times = [...new Set(reported.flat().map(({ at }) => at))].sort()
  const evidence = new Set([...reported.flat(), ...(listed?.readings ?? [])].map(({ id }) => id))
  return Array.from({ length: Math.max(groups.length, listed?.count ?? 0) }, (_, index): Fact => {
    const own = reported[index]
    const base = toBase(deposit, own ?? first, keyOf(own ?? first))
    return {
      ...base,
      vendorId: creditedOf(credits) ?? base.vendorId,
      at: own ? base.at : (times[index] ?? times.at(-1) ?? base.at),
      key: own ? base.key : `${base.key}|${index - groups.length + 2}`,
      evidence: [...evidence].sort(),
      type: 'deposit.reversed',
      amount,
      ...(listed && { separate: true }),
    }
  })
}

/** The review of repeated reports, whether each of them is proven or not. */
const repetitions = ({ deposit, amount }: Chargebacks, same: Readings, listed: Listed | null): readonly Fact[] => {
  const [first, ...others] = same.filter(({ at }) => at > (listed?.through ?? ''))
  const count = new Set(same.map(({ at }) => at)).size
  if (!first || count < 2) return []
  const { at } = others.at(-1) ?? first
  const base = toBase(deposit, [first, ...others], `${keyOf(same)}|${at}${count > 2 ? timesOf(same) : ''}`)
  return [{ ...base, at, type: 'review', reason: 'possible_duplicate', money: amount }]
}

/** Without the optional fields of a notification, which do not identify a chargeback. */
const keyOf = ([{ type, errorcode, sum }]: Readings): string => [type, errorcode, '', sum].join('|')

/** A chargeback takes the money of the credited transaction, whatever its own id. */
const creditedOf = (credits: readonly Credit[]): string | null => {
  const ids = new Set(credits.map(({ vendorId }) => vendorId))
  const [only] = ids
  return only !== undefined && ids.size === 1 ? only : null
}

import { type Fact, groupBy, type Money, type PaymentRef, sameMoney } from '@railswitch/core/provider'
import type { Credit } from './credits.ts'
import { type Listed, listedOf } from './listed-count.ts'
import { provenOf, type Reading, type Readings, timesOf, toBase, unrecognised, unsigned } from './reading.ts'

/**
 * The facts of chargebacks. An equal report at another time is either a second chargeback or a repetition: it counts once, and is a
 * review, until payabl's list shows how many there are. An unproven report counts if that list has it.
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
  return groups.flatMap((same): readonly Fact[] => {
    const [{ errorcode, content, money }] = same
    if (errorcode !== '0') return [unrecognised(deposit, same)]
    if (!believed.includes(same)) return [unsigned(deposit, same)]
    const proven = provenOf(same) ?? same
    if (!money) return [{ ...toBase(deposit, proven, content), type: 'review', reason: 'amount_differs' }]
    const listed = listedFor(proven, money, { lists, believed })
    return [
      ...reversals({ deposit, same: proven, amount: money, listed, credits }),
      ...repetitions(deposit, same, money, listed),
    ]
  })
}

/** Proven by its token, or by payabl's list. */
const isBelieved = (same: Readings, lists: readonly Reading[]): boolean => {
  const [{ vendorId, money }] = same
  return provenOf(same) !== null || (money !== null && listedOf(lists, money, (id) => id === vendorId) !== null)
}

interface ListsAndCallbacks {
  readonly lists: readonly Reading[]
  readonly believed: readonly Readings[]
}

/** What is listed under its own id, or under ids that no notification names if it can only be this chargeback. */
const listedFor = (same: Readings, amount: Money, { lists, believed }: ListsAndCallbacks): Listed | null => {
  const alike = believed.map(([first]) => first).filter(({ money }) => money && sameMoney(money, amount))
  const named = new Set(alike.map(({ vendorId }) => vendorId))
  const listedIds = new Set(lists.map(({ vendorId }) => vendorId))
  const [{ vendorId }] = same
  const unlisted = [...named].filter((id) => !listedIds.has(id))
  return (
    listedOf(lists, amount, (id) => id === vendorId) ??
    (unlisted.length === 1 ? listedOf(lists, amount, (id) => !named.has(id)) : null)
  )
}

interface Chargeback {
  readonly deposit: PaymentRef
  readonly same: Readings
  readonly amount: Money
  readonly listed: Listed | null
  readonly credits: readonly Credit[]
}

const reversals = ({ deposit, same, amount, listed, credits }: Chargeback): readonly Fact[] => {
  const times = [...new Set(same.map(({ at }) => at))].sort()
  const count = Math.max(1, listed?.count ?? 0)
  const base = toBase(deposit, same, keyOf(same))
  const evidence = [...new Set([...base.evidence, ...(listed?.readings ?? []).map(({ id }) => id)])].sort()
  return Array.from(
    { length: count },
    (_, index): Fact => ({
      ...base,
      vendorId: creditedOf(credits) ?? base.vendorId,
      at: times[index] ?? times.at(-1) ?? base.at,
      key: index === 0 ? base.key : `${base.key}|${index + 1}`,
      evidence,
      type: 'deposit.reversed',
      amount,
      ...(count > 1 && { separate: true }),
    }),
  )
}

/** The review of repeated reports, whether each of them is proven or not. */
const repetitions = (deposit: PaymentRef, same: Readings, amount: Money, listed: Listed | null): readonly Fact[] => {
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

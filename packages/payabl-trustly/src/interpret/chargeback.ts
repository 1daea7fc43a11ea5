import { type Fact, type Money, type PaymentRef, sameMoney } from '@railswitch/core'
import type { Credit } from './credits.ts'
import { type Listed, listedOf } from './listed.ts'
import { groupBy, provenOf, type Reading, type Readings, toBase, unrecognised, unsigned } from './reading.ts'

/**
 * What chargebacks took. The same one reported at another time may be a second one or the first once more: it counts once, and is
 * a review, until payabl's list shows how many there were. What came without proof counts when that list shows it.
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
  const believed = groups.flatMap((same) => (same[0].errorcode === '0' && isBelieved(same) ? [same[0]] : []))
  return groups.flatMap((same): readonly Fact[] => {
    const [{ errorcode, content, money }] = same
    if (errorcode !== '0') return [unrecognised(deposit, same)]
    if (!isBelieved(same)) return [unsigned(deposit, same)]
    const proven = provenOf(same) ?? same
    if (!money) return [{ ...toBase(deposit, proven, content), type: 'review', reason: 'amount_differs' }]
    const listed = listedFor(proven, money)
    return [
      ...reversals({ deposit, same: proven, amount: money, listed, credits }),
      ...repetitions(deposit, same, money, listed),
    ]
  })

  function isBelieved(same: Readings): boolean {
    const [{ vendorId, money }] = same
    return provenOf(same) !== null || (money !== null && listedOf(lists, money, (id) => id === vendorId) !== null)
  }

  /** Under its own id, or under ids that no notification names where only this one can be meant. */
  function listedFor(same: Readings, amount: Money): Listed | null {
    const alike = believed.filter(({ money }) => money && sameMoney(money, amount))
    const named = new Set(alike.map(({ vendorId }) => vendorId))
    const listedIds = new Set(lists.map(({ vendorId }) => vendorId))
    const [{ vendorId }] = same
    const unlisted = [...named].filter((id) => !listedIds.has(id))
    return (
      listedOf(lists, amount, (id) => id === vendorId) ??
      (unlisted.length === 1 ? listedOf(lists, amount, (id) => !named.has(id)) : null)
    )
  }
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

/** Whether or not each of them came with proof. */
const repetitions = (deposit: PaymentRef, same: Readings, amount: Money, listed: Listed | null): readonly Fact[] => {
  const [first, ...others] = same.filter(({ at }) => at > (listed?.through ?? ''))
  if (!first || new Set(same.map(({ at }) => at)).size < 2) return []
  const { at } = others.at(-1) ?? first
  const base = toBase(deposit, [first, ...others], `${keyOf(same)}|${at}`)
  return [{ ...base, at, type: 'review', reason: 'possible_duplicate', money: amount }]
}

/** Which optional fields a notification has may change: they tell no chargeback from another. */
const keyOf = ([{ type, errorcode, sum }]: Readings): string => [type, errorcode, '', sum].join('|')

/** What a chargeback takes is the credited transaction's money, whatever id the chargeback has. */
const creditedOf = (credits: readonly Credit[]): string | null => {
  const ids = new Set(credits.map(({ vendorId }) => vendorId))
  const [only] = ids
  return only !== undefined && ids.size === 1 ? only : null
}

import { type Fact, type Money, type PaymentRef, sameMoney } from '@railswitch/core'
import type { Credit } from './credits.ts'
import { type Listed, listedOf } from './listed.ts'
import { byContent, provenOf, type Reading, type Readings, toBase, unrecognised, unsigned } from './reading.ts'

/**
 * What chargebacks took. The same one reported at another time may be a second one or the first once more: it counts once, and is
 * a review, until payabl's list shows how many there were.
 */
export const chargebackFacts = (
  deposit: PaymentRef,
  readings: readonly Reading[],
  credits: readonly Credit[],
): readonly Fact[] => {
  const lists = readings.filter(({ channel }) => channel === 'listed')
  const groups = byContent(readings.filter(({ channel }) => channel === 'callback'))
  const believed = groups.flatMap((same) => (same[0].errorcode === '0' ? (provenOf(same) ?? []) : []))
  return groups.flatMap((same): readonly Fact[] => {
    const [{ errorcode, content, money }] = same
    if (errorcode !== '0') return [unrecognised(deposit, same)]
    const proven = provenOf(same)
    if (!proven) return [unsigned(deposit, same)]
    if (!money) return [{ ...toBase(deposit, proven, content), type: 'review', reason: 'amount_differs' }]
    return reversals({ deposit, same: proven, amount: money, listed: listedFor(proven, money), credits })
  })

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
  const base = toBase(deposit, same, same[0].content)
  const evidence = [...new Set([...base.evidence, ...(listed?.readings ?? []).map(({ id }) => id)])].sort()
  const facts = Array.from(
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
  const uncounted = same.filter(({ at }) => at > (listed?.through ?? ''))
  const latest = uncounted.at(-1)
  if (times.length < 2 || !latest) return facts
  const review: Fact = {
    ...base,
    at: latest.at,
    evidence: uncounted.map(({ id }) => id).sort(),
    key: `${base.key}|${latest.at}`,
    type: 'review',
    reason: 'possible_duplicate',
    money: amount,
  }
  return [...facts, review]
}

/** What a chargeback takes is the credited transaction's money, whatever id the chargeback has. */
const creditedOf = (credits: readonly Credit[]): string | null => {
  const ids = new Set(credits.map(({ vendorId }) => vendorId))
  const [only] = ids
  return only !== undefined && ids.size === 1 ? only : null
}

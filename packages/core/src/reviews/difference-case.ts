import type { Difference } from '../events/compare-emitted.ts'
import type { PaymentState } from '../state/payment-state.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../values/money.ts'
import type { Case } from './review.ts'

/** All differences are one review: it names both readings. */
export const differenceCase = (
  { ref: payment, at }: PaymentState,
  differences: readonly Difference[],
): readonly Case[] => {
  if (differences.length === 0) return []
  const emitted = differences.flatMap((one) => one.emitted ?? [])
  const derived = differences.flatMap((one) => one.derived ?? [])
  const readings = {
    emitted: emitted.map(({ type, money, refund }) => readingOf(type, money, refund)),
    derived: derived.map(({ event, money, refund }) => readingOf(event.type, money, refund)),
  }
  const detail = `emitted: ${listed(readings.emitted)}; reported now: ${listed(readings.derived)}; difference: ${differenceOf(differences)}`
  const cause = [...emitted.map(({ id }) => id), ...derived.map(({ event }) => event.id)].sort().join(' ')
  return [
    { reason: 'reinterpreted', payment, vendorId: '', at, cause: `${cause} ${readings.derived.join(' ')}`, detail },
  ]
}

const readingOf = (type: string, money: Money | undefined, refund: string | null | undefined): string =>
  [type, ...(money ? [money.value, money.currency] : []), ...(refund ? [`of ${refund}`] : [])].join(' ')

const listed = (readings: readonly string[]): string => (readings.length === 0 ? 'nothing' : readings.join(', '))

/** What the application has too much (+) or too little (−), by these events. */
const differenceOf = (differences: readonly Difference[]): string => {
  const sums = new Map<string, bigint>()
  const add = (type: string, money: Money | undefined, factor: bigint): void => {
    if (!money) return
    const signed = toMinorUnits(money) * factor * (takesAway.has(type) ? -1n : 1n)
    sums.set(money.currency, (sums.get(money.currency) ?? 0n) + signed)
  }
  for (const { emitted, derived } of differences) {
    if (emitted) add(emitted.type, emitted.money, 1n)
    if (derived) add(derived.event.type, derived.money, -1n)
  }
  return [...sums]
    .map(([currency, sum]) => {
      const { value } = fromMinorUnits(sum < 0n ? -sum : sum, currency)
      return `${sum < 0n ? '-' : '+'}${value} ${currency}`
    })
    .join(', ')
}

/** Events by which the application has less; the others say that it has more, or gives back. */
const takesAway: ReadonlySet<string> = new Set(['deposit.reversed', 'withdrawal.requested'])

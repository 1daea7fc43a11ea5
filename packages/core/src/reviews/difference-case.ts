import type { EventDifference } from '../events/compare-emitted.ts'
import type { PaymentState } from '../state/payment-state.ts'
import { fromMinorUnits, type Money, toMinorUnits } from '../values/money.ts'
import type { Case } from './review.ts'

/** One review for all differences. Its detail contains the emitted and the derived events. */
export const differenceCase = (
  { ref: payment, at }: PaymentState,
  differences: readonly EventDifference[],
): readonly Case[] => {
  if (differences.length === 0) return []
  const emitted = differences.flatMap((one) => one.emitted ?? [])
  const derived = differences.flatMap((one) => one.derived ?? [])
  const descriptions = {
    emitted: emitted.map(({ type, money, refund }) => describe(type, money, refund)),
    derived: derived.map(({ event, money, refund }) => describe(event.type, money, refund)),
  }
  const detail = `emitted: ${listed(descriptions.emitted)}; reported now: ${listed(descriptions.derived)}; difference: ${differenceOf(differences)}`
  const cause = [...emitted.map(({ id }) => id), ...derived.map(({ event }) => event.id)].sort().join(' ')
  return [
    { reason: 'reinterpreted', payment, vendorId: '', at, cause: `${cause} ${descriptions.derived.join(' ')}`, detail },
  ]
}

const describe = (type: string, money: Money | undefined, refund: string | null | undefined): string =>
  [type, ...(money ? [money.value, money.currency] : []), ...(refund ? [`of ${refund}`] : [])].join(' ')

const listed = (events: readonly string[]): string => (events.length === 0 ? 'nothing' : events.join(', '))

/** How much too much (+) or too little (−) the application has recorded because of these events. */
const differenceOf = (differences: readonly EventDifference[]): string => {
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

/** Events that reduce the money that the application has recorded. The other events increase it. */
const takesAway: ReadonlySet<string> = new Set(['deposit.reversed', 'withdrawal.requested'])

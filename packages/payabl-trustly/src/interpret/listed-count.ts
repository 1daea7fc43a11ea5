import { type Money, sameMoney } from '@railswitch/core/provider'
import type { Reading } from './reading.ts'

/** The entries with one type and amount in payabl's list, over all look-ups. */
export interface Listed {
  readonly count: number
  /** ISO 8601: the list includes all reports up to this time. Empty: unknown. */
  readonly through: string
  readonly readings: readonly Reading[]
}

/** The entries with this amount under these transactions, or null. */
export const listedOf = (
  lists: readonly Reading[],
  amount: Money,
  isMeant: (vendorId: string) => boolean,
): Listed | null => {
  const readings = lists.filter(({ money, vendorId }) => money && sameMoney(money, amount) && isMeant(vendorId))
  if (readings.length === 0) return null
  const counts = new Map<string, number>()
  for (const { vendorId, members } of readings)
    counts.set(vendorId, Math.max(counts.get(vendorId) ?? 0, Number(members.count ?? '1')))
  return {
    count: [...counts.values()].reduce((sum, count) => sum + count, 0),
    through: readings.reduce((last, { members: { through = '' } }) => (through > last ? through : last), ''),
    readings,
  }
}

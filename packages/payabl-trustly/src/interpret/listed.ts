import { type Money, sameMoney } from '@railswitch/core'
import type { Reading } from './reading.ts'

/** What payabl's own list shows of one type and amount, in all look-ups of it. */
export interface Listed {
  readonly count: number
  /** ISO 8601: reports up to this time are all accounted for. Empty: none was compared. */
  readonly through: string
  readonly readings: readonly Reading[]
}

/** How often payabl lists this amount under these transactions; null where it was not listed. */
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

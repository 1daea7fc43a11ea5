import type { SettingsChange } from './action.ts'
import type { Random } from './random.ts'
import type { Add, Has } from './swarm.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** What operators, deployments and machines do. */
export const drawOperations = (random: Random, shops: number, has: Has, add: Add): void => {
  const some = (most: number): number => random.integer(1, most)
  const shop = () => random.integer(1, shops)
  const when = () => random.integer(0, random.pick([3 * hour, day, 8 * day]))
  if (has('crashes'))
    for (let left = some(4); left > 0; left -= 1)
      add(when(), { does: 'restart', shop: shop(), downMs: random.pick([second, minute, hour]), settings: null })
  if (has('deployments'))
    for (const settings of drawChanges(random)) {
      if (random.chance(0.7)) add(when(), { does: 'deploy everywhere', settings })
      else add(when(), { does: 'restart', shop: shop(), downMs: 2 * second, settings })
    }
  if (has('deployments') && random.chance(0.4)) add(when(), { does: 'rotate payabl secret' })
  if (has('deployments') && random.chance(0.3)) add(when(), { does: 'rotate Trustly key' })
  if (has('removed rails')) {
    const start = when()
    const end = start + random.pick([10 * minute, day])
    add(start, { does: 'deploy everywhere', settings: 'rail removed' })
    add(end, { does: 'deploy everywhere', settings: 'rail returned' })
    const migration = random.stream('migration')
    // Otherwise the removed rail is one on which no payment has begun.
    if (migration.chance(0.7)) {
      add(Math.max(0, start - 3 * minute), { does: 'deploy everywhere', settings: 'other active rail' })
      add(migration.integer(start + 2 * minute, end), { does: 'try again', of: 'order-1', attempt: 2 })
    }
  }
  if (has('skewed clocks'))
    for (let left = some(2); left > 0; left -= 1)
      add(when(), {
        does: 'skew clock',
        shop: shop(),
        ms: random.pick([-2 * minute, -5 * second, 5 * second, 90 * second]),
      })
  if (has('outages'))
    for (let left = some(2); left > 0; left -= 1)
      add(when(), { does: 'store outage', ms: random.pick([3 * second, minute, 10 * minute]) })
  if (has('unreachable shop')) add(when(), { does: 'shop unreachable', ms: random.pick([hour, day, 12 * day]) })
  if (has('lost data')) {
    const start = random.integer(0, random.pick([2 * hour, day]))
    add(start, { does: 'back up' })
    drawLostAttempt(random.stream('lost attempt'), start, add)
    const end = start + random.integer(hour, random.pick([4 * hour, 2 * day]))
    add(end, { does: 'restore backup', activeChanges: random.chance(0.4) })
    drawLateEnd(random.stream('late end'), start + 5 * minute, end, add)
  }
  if (has('people'))
    for (let left = some(3); left > 0; left -= 1) add(random.integer(hour, 12 * day), { does: 'people review' })
}

/** The customer leaves a lost deposit after the restore and before people import it. */
const drawLateEnd = (random: Random, start: number, restore: number, add: Add): void => {
  if (!random.chance(0.5)) return
  const afterMs = restore - start + random.integer(5 * minute, 100 * minute)
  const visit = { afterMs, way: 'cancels' } as const
  add(start, { does: 'deposit', reference: 'order-lost', amount: '10.00', clicks: 1, visit })
}

/** A payout that fails, and its second attempt, within the hour after the backup. */
const drawLostAttempt = (random: Random, backup: number, add: Add): void => {
  if (!random.chance(0.5)) return
  const reference = 'payout-lost'
  const start = Math.max(0, backup + random.pick([-minute, 5 * minute]))
  add(start, { does: 'pay out', of: null, reference, amount: '10.00', clicks: 1 })
  add(start + random.integer(10 * minute, 15 * minute), { does: 'fail payout', of: reference })
  add(start + random.integer(20 * minute, 40 * minute), { does: 'try again', of: reference, attempt: 2 })
}

const drawChanges = (random: Random): readonly SettingsChange[] => {
  const changes: SettingsChange[] = ['other active rail', 'new callback secret']
  return changes.filter(() => random.chance(0.5))
}

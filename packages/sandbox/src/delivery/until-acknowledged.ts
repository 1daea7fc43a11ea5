import type { Clock } from '../platform/clock.ts'
import type { Delivery } from './delivery.ts'
import type { PendingWork } from './pending-work.ts'

/** How long to wait for callbacks, and what to do about those that are not acknowledged. */
export interface IdleOptions {
  /** Rejects after this many milliseconds of real time. */
  readonly withinMs?: number
  /** Moves the clock to each retry, until everything is acknowledged or given up. */
  readonly moveClock?: boolean
}

interface Dependencies {
  readonly work: PendingWork
  readonly clock: Pick<Clock, 'after' | 'moveToNext'>
  /** The jobs of `work` that wait for the clock. */
  readonly waiting: () => number
}

/** Waits for deliveries, and rejects with the names of those that were not acknowledged, each with the reason. */
export const createUntilAcknowledged = ({ work, clock, waiting }: Dependencies) => {
  const unfinished = new Set<Delivery>()
  const watchers = new Set<Set<Delivery>>()

  const untilIdle = async (moveClock: boolean, isOver: () => boolean): Promise<void> => {
    if (!moveClock) return work.idle()
    while (work.count() > 0 && !isOver()) {
      if (work.count() > waiting()) await work.oneEnds()
      else await clock.moveToNext()
    }
  }

  return {
    sent: (delivery: Delivery): void => {
      unfinished.add(delivery)
      for (const watcher of watchers) watcher.add(delivery)
    },
    /** It was acknowledged, or there is no further attempt. */
    finished: (delivery: Delivery): void => {
      unfinished.delete(delivery)
    },
    wait: async ({ withinMs, moveClock = false }: IdleOptions): Promise<void> => {
      const watched = new Set(unfinished)
      watchers.add(watched)
      let isOver = false
      let cancel = () => {}
      const timeout = new Promise<void>((resolve) => {
        if (withinMs === undefined) return
        cancel = clock.after(withinMs, () => {
          isOver = true
          resolve()
        })
      })
      await Promise.race([untilIdle(moveClock, () => isOver), timeout])
      cancel()
      watchers.delete(watched)
      const missing = [...watched].filter(({ status, held }) => status === null && !held)
      if (missing.length > 0 || isOver) throw new Error(describe(missing, isOver ? withinMs : undefined))
    },
  }
}

const namedAtMost = 10

const describe = (missing: readonly Delivery[], withinMs: number | undefined): string => {
  const named = missing.slice(0, namedAtMost).map((delivery) => `\n  ${nameOf(delivery)}`)
  const rest = missing.length > namedAtMost ? `\n  and ${missing.length - namedAtMost} more` : ''
  const limit = withinMs === undefined ? '' : ` within ${withinMs} ms`
  const count = missing.length === 1 ? '1 callback was' : `${missing.length} callbacks were`
  return `${count} not acknowledged${limit}:${named.join('')}${rest}`
}

const nameOf = ({ what, subject, url, attempts }: Delivery): string => {
  const last = attempts.at(-1)
  const reason = last && !last.outcome.accepted ? last.outcome.reason : 'no attempt was finished'
  return `${what} of ${subject} to ${url}, ${attempts.length} attempts: ${reason}`
}

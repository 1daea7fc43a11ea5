import type { Clock } from '../platform/clock.ts'
import type { Delivery } from './delivery.ts'
import type { PendingWork } from './pending-work.ts'

interface Options {
  readonly clock: Clock
  /** The wait before each retry, in milliseconds of the clock. */
  readonly afterMs: readonly number[]
  readonly work: PendingWork
}

/** The retries that wait for their time. */
export const createRetrySchedule = ({ clock, afterMs, work }: Options) => {
  const waits = new Map<Delivery, { readonly cancel: () => void; readonly run: () => Promise<void> }>()
  const runNow = (delivery: Delivery): Promise<void> | undefined => {
    const wait = waits.get(delivery)
    wait?.cancel()
    return wait?.run()
  }
  return {
    /** Schedules the retry of that number, from 0. Gives false after the last one. */
    schedule: (delivery: Delivery, retry: number, job: () => Promise<void>): boolean => {
      const wait = afterMs[retry]
      if (wait === undefined) return false
      const run = work.start(job)
      waits.set(delivery, { cancel: clock.at(new Date(clock.now().getTime() + wait), run), run })
      return true
    },
    forget: (delivery: Delivery): void => {
      waits.delete(delivery)
    },
    count: (): number => waits.size,
    runNow,
    runAllNow: () => Promise.all([...waits.keys()].map(runNow)),
  }
}

import type { StartTimer } from './platform.ts'
import { startTimer } from './process-platform.ts'

/** The milliseconds of a day. */
export const dayMs = 86_400_000

/** The clock of a sandbox: the platform's time, which can be moved forward. Everything except network delays uses it. */
export interface Clock {
  readonly now: () => Date
  /** Runs the job when the clock reaches the moment, by itself or because it is moved. Gives the function that cancels
   *  the job. */
  readonly at: (moment: Date, job: () => unknown) => () => void
  /** Moves forward by milliseconds. Jobs that fall due on the way run at their own times, one after the other. The
   *  promise resolves when they have run. Moves wait for each other. */
  readonly move: (ms: number) => Promise<void>
  /** A timer of the platform, for delays on the network: `move` does not shift it, and `close` does not cancel it. */
  readonly after: StartTimer
  /** Cancels all jobs. */
  readonly close: () => void
}

interface Job {
  readonly due: number
  readonly run: () => unknown
}

// A timer takes no more milliseconds than this, about 24 days.
const longestTimer = 2 ** 31 - 1

export const createClock = (platformTime: () => Date = () => new Date(), after: StartTimer = startTimer): Clock => {
  let ahead = 0
  let moves: Promise<void> = Promise.resolve()
  const timers = new Map<Job, () => void>()
  const now = () => new Date(platformTime().getTime() + ahead)

  const start = (job: Job) => {
    const wait = Math.max(0, job.due - now().getTime())
    const onTimer = () => (wait > longestTimer ? start(job) : void run(job))
    timers.set(job, after(Math.min(wait, longestTimer), onTimer))
  }
  const stop = (job: Job) => {
    timers.get(job)?.()
    timers.delete(job)
  }
  const run = (job: Job) => {
    stop(job)
    return job.run()
  }

  const moveTo = async (target: number): Promise<void> => {
    const next = earliest([...timers.keys()].filter(({ due }) => due <= target))
    ahead += Math.max(0, (next?.due ?? target) - now().getTime())
    if (!next) return
    await run(next)
    return moveTo(target)
  }

  return {
    now,
    at: (moment, run) => {
      const job = { due: moment.getTime(), run }
      start(job)
      return () => stop(job)
    },
    after,
    move: (ms) => {
      const move = moves.then(async () => {
        await moveTo(now().getTime() + ms)
        for (const job of [...timers.keys()]) {
          stop(job)
          start(job)
        }
      })
      moves = move.catch(() => {})
      return move
    },
    close: () => {
      for (const job of [...timers.keys()]) stop(job)
    },
  }
}

const earliest = (jobs: readonly Job[]): Job | undefined =>
  jobs.reduce<Job | undefined>((first, job) => (first && first.due <= job.due ? first : job), undefined)

/** Waits in the platform's time: delays on the network do not follow the sandbox's clock. */
export const pause = ({ after }: Pick<Clock, 'after'>, ms: number, closing?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const cancel = after(ms, resolve)
    closing?.addEventListener('abort', () => {
      cancel()
      resolve()
    })
  })

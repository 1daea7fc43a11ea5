import TinyQueue from 'tinyqueue'
import type { StartTimer } from './platform.ts'
import { startTimer } from './process-platform.ts'

/** The milliseconds of a day. */
export const dayMs = 86_400_000

/** The clock of a sandbox: the platform's time, which can be moved forward. Everything except network delays uses it. */
export interface Clock {
  readonly now: () => Date
  /** Milliseconds by which the clock is ahead of the platform's time. */
  readonly ahead: () => number
  /** Runs the job when the clock reaches the moment, by itself or because it is moved. Gives the function that cancels
   *  the job. */
  readonly at: (moment: Date, job: () => unknown) => () => void
  /** The moment of the earliest job; undefined without one. */
  readonly next: () => Date | undefined
  /** Moves forward by milliseconds. Jobs that fall due on the way run at their own times, one after the other. The
   *  promise resolves when they have run. Moves wait for each other. */
  readonly move: (ms: number) => Promise<void>
  /** Moves forward to the earliest job and runs it, with all others of that moment. Does nothing without a job. */
  readonly moveToNext: () => Promise<void>
  /** Sets the clock back to the platform's time. Jobs keep their moments. */
  readonly reset: () => Promise<void>
  /** A timer of the platform, for delays on the network: `move` does not shift it, and `close` does not cancel it. */
  readonly after: StartTimer
  /** Cancels all jobs. */
  readonly close: () => void
}

interface Job {
  readonly due: number
  /** Jobs of one moment run in the order in which they were added. */
  readonly order: number
  readonly run: () => unknown
}

const inOrder = (one: Job, other: Job): number => one.due - other.due || one.order - other.order

// A timer takes no more milliseconds than this, about 24 days.
const longestTimer = 2 ** 31 - 1

/** A clock that starts `ahead` milliseconds ahead of the platform's time. */
export const createClock = (
  platformTime: () => Date = () => new Date(),
  after: StartTimer = startTimer,
  startAhead = 0,
): Clock => {
  let ahead = startAhead
  let added = 0
  let moves: Promise<unknown> = Promise.resolve()
  const timers = new Map<Job, () => void>()
  // Cancelled jobs stay in the queue until they are the earliest.
  const queue = new TinyQueue<Job>([], inOrder)
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
  const restartAll = () => {
    for (const job of [...timers.keys()]) {
      stop(job)
      start(job)
    }
  }
  const run = (job: Job) => {
    stop(job)
    return job.run()
  }
  const earliest = (): Job | undefined => {
    let first = queue.peek()
    while (first && !timers.has(first)) {
      queue.pop()
      first = queue.peek()
    }
    return first
  }

  const moveTo = async (target: () => number): Promise<void> => {
    const advanceTo = (moment: number) => {
      ahead += Math.max(0, moment - now().getTime())
    }
    for (let job = earliest(); job && job.due <= target(); job = earliest()) {
      advanceTo(job.due)
      await run(job)
    }
    advanceTo(target())
  }
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const turn = moves.then(change).then(restartAll)
    moves = turn.catch(() => {})
    return turn
  }

  return {
    now,
    ahead: () => ahead,
    at: (moment, run) => {
      const job = { due: moment.getTime(), order: added, run }
      added += 1
      queue.push(job)
      start(job)
      return () => stop(job)
    },
    next: () => {
      const job = earliest()
      return job && new Date(job.due)
    },
    move: (ms) =>
      inTurn(() => {
        // The platform's time goes on during the move, and the clock ends that many milliseconds further ahead.
        const goal = ahead + ms
        return moveTo(() => platformTime().getTime() + goal)
      }),
    moveToNext: () =>
      inTurn(async () => {
        const job = earliest()
        if (job) await moveTo(() => job.due)
      }),
    reset: () =>
      inTurn(async () => {
        ahead = 0
      }),
    after,
    close: () => {
      for (const job of [...timers.keys()]) stop(job)
    },
  }
}

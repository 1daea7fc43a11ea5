/** The milliseconds of a day. */
export const dayMs = 86_400_000

/** The clock of a sandbox: real time that can be moved forward. Everything except network delays uses it. */
export interface Clock {
  readonly now: () => Date
  /** Runs the job when the clock reaches the moment, by itself or because it is moved. Gives the function that cancels
   *  the job. */
  readonly at: (moment: Date, job: () => unknown) => () => void
  /** Moves forward by milliseconds. Jobs that fall due on the way run at their own times, one after the other. The
   *  promise resolves when they have run. Moves wait for each other. */
  readonly move: (ms: number) => Promise<void>
  /** Cancels all jobs. */
  readonly close: () => void
}

interface Job {
  readonly due: number
  readonly run: () => unknown
}

// A timer takes no more milliseconds than this, about 24 days.
const longestTimer = 2 ** 31 - 1

export const createClock = (realTime: () => Date = () => new Date()): Clock => {
  let ahead = 0
  let moves: Promise<void> = Promise.resolve()
  const timers = new Map<Job, NodeJS.Timeout>()
  const now = () => new Date(realTime().getTime() + ahead)

  const start = (job: Job) => {
    const wait = Math.max(0, job.due - now().getTime())
    const onTimer = () => (wait > longestTimer ? start(job) : void run(job))
    timers.set(job, setTimeout(onTimer, Math.min(wait, longestTimer)).unref())
  }
  const stop = (job: Job) => {
    clearTimeout(timers.get(job))
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

/** Waits in real time: delays on the network do not follow the sandbox's clock. */
export const pause = (ms: number, closing?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref()
    closing?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

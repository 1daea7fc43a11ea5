/** The virtual time of one world, in milliseconds since 1970. Nothing happens but the jobs that are due. */
export interface WorldClock {
  readonly now: () => number
  /** Runs the job after `ms` milliseconds; jobs of one moment run in the order in which they were given. Returns the function that cancels it. */
  readonly after: (ms: number, job: () => unknown) => () => void
  /** Runs all jobs up to this time, one after the other, each with everything that it causes at that moment. */
  readonly runUntil: (time: number) => Promise<void>
}

interface Job {
  readonly due: number
  readonly run: () => unknown
}

/** `onFailure`: what a job threw, which is a fault of the simulator and never of the library. */
export const createWorldClock = (start: number, onFailure: (error: unknown) => void): WorldClock => {
  let time = start
  const waiting: Job[] = []

  const insert = (job: Job): void => {
    let low = 0
    let high = waiting.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((waiting[middle]?.due ?? 0) <= job.due) low = middle + 1
      else high = middle
    }
    waiting.splice(low, 0, job)
  }

  /** A job that continues later is not waited for: it may need the time to go on. */
  const begin = async ({ run }: Job): Promise<void> => {
    try {
      await run()
    } catch (error) {
      onFailure(error)
    }
  }

  return {
    now: () => time,
    after: (ms, run) => {
      const job: Job = { due: time + Math.max(0, ms), run }
      insert(job)
      return () => {
        const index = waiting.indexOf(job)
        if (index >= 0) waiting.splice(index, 1)
      }
    },
    async runUntil(target) {
      // What was begun at this moment goes on before the time does.
      await allPromises()
      for (let next = waiting[0]; next && next.due <= target; next = waiting[0]) {
        waiting.shift()
        time = Math.max(time, next.due)
        void begin(next)
        await allPromises()
      }
      time = Math.max(time, target)
    },
  }
}

/** Every promise that can continue without a timer has continued. */
const allPromises = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

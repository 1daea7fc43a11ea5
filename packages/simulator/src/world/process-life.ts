import type { WorldClock } from '../time/world-clock.ts'

/** One run of a shop's process. After it has ended, none of its code continues: what it waits for never comes. */
export interface ProcessLife {
  readonly name: string
  readonly isAlive: () => boolean
  readonly end: () => void
  /** Continues after `ms` milliseconds, if the process is still alive. */
  readonly pause: (ms: number) => Promise<void>
  /** The result of the work, if the process is still alive then. */
  readonly outlive: <A>(work: Promise<A>) => Promise<A>
  /** Calls this when the process ends. */
  readonly onEnd: (job: () => void) => void
}

export const createProcessLife = (name: string, clock: WorldClock): ProcessLife => {
  let alive = true
  const ending: (() => void)[] = []
  return {
    name,
    isAlive: () => alive,
    end: () => {
      if (!alive) return
      alive = false
      for (const job of ending) job()
    },
    pause: (ms) => new Promise((resolve) => clock.after(ms, () => alive && resolve())),
    outlive: (work) =>
      new Promise((resolve, reject) => {
        work.then(
          (value) => alive && resolve(value),
          (error) => alive && reject(error),
        )
      }),
    onEnd: (job) => void ending.push(job),
  }
}

/** What never comes. */
export const never = <A>(): Promise<A> => new Promise(() => {})

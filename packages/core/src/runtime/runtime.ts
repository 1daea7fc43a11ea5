import { randomUUID } from 'node:crypto'

/** The time, the timers and the randomness that the library uses. A simulation replaces all three. */
export interface Runtime {
  readonly now: () => Date
  /**
   * Runs the job once after `ms` milliseconds, and returns the function that cancels it. The timer keeps the process alive, unless it is
   * in the background.
   */
  readonly after: (ms: number, job: () => void, options?: { readonly isBackground?: boolean }) => () => void
  readonly randomUUID: () => string
}

export type Timers = Pick<Runtime, 'after'>

/** The clock, the timers and the random numbers of this process. */
export const systemRuntime: Runtime = {
  now: () => new Date(),
  after: (ms, job, { isBackground = false } = {}) => {
    const timer = setTimeout(job, ms)
    if (isBackground) timer.unref()
    return () => clearTimeout(timer)
  },
  randomUUID,
}

/** Resolves or rejects like the work, or rejects with the error of `late` after `ms` milliseconds. The work itself is not stopped. */
export const withTimeLimit = async <A>(
  { after }: Timers,
  work: () => Promise<A>,
  { ms, late }: { readonly ms: number; readonly late: () => Error },
): Promise<A> => {
  let cancel = (): void => {}
  const timeLimit = new Promise<never>((_, reject) => {
    cancel = after(ms, () => reject(late()))
  })
  try {
    return await Promise.race([work(), timeLimit])
  } finally {
    cancel()
  }
}

/** Calls the work with a signal that is aborted after `ms` milliseconds. */
export const withTimeoutSignal = async <A>(
  { after }: Timers,
  ms: number,
  work: (signal: AbortSignal) => Promise<A>,
): Promise<A> => {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new DOMException('The time limit has passed.', 'TimeoutError'))
  const cancel = after(ms, abort, { isBackground: true })
  try {
    return await work(controller.signal)
  } finally {
    cancel()
  }
}

/** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
export const pause = ({ after }: Timers, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = (): void => {
      cancel()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const cancel = after(ms, end)
    signal?.addEventListener('abort', end)
  })

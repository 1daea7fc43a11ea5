export interface PendingWork {
  /** Counts a job from now on, and gives the function that runs it. */
  readonly start: <Result>(job: () => Promise<Result>) => () => Promise<Result>
  /** Resolves when every job that was started has ended. */
  readonly idle: () => Promise<void>
}

/** Counts jobs from the moment they are announced until they end. */
export const createPendingWork = (): PendingWork => {
  let open = 0
  let waiting: Array<() => void> = []
  const finish = () => {
    open -= 1
    if (open > 0) return
    for (const resume of waiting) resume()
    waiting = []
  }
  return {
    start: (job) => {
      open += 1
      return () => job().finally(finish)
    },
    idle: () => (open === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}

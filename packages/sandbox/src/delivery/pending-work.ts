export interface PendingWork {
  /** Counts a job from now on, and gives the function that runs it. */
  readonly start: <Result>(job: () => Promise<Result>) => () => Promise<Result>
  /** The jobs that were started and have not ended. */
  readonly count: () => number
  /** Resolves when the next job ends. */
  readonly oneEnds: () => Promise<void>
  /** Resolves when every job that was started has ended. */
  readonly idle: () => Promise<void>
}

/** Counts jobs from the moment they are announced until they end. */
export const createPendingWork = (): PendingWork => {
  let open = 0
  let atEnd: Array<() => void> = []
  let atIdle: Array<() => void> = []
  const finish = () => {
    open -= 1
    const resumed = open === 0 ? [...atEnd, ...atIdle] : atEnd
    atEnd = []
    if (open === 0) atIdle = []
    for (const resume of resumed) resume()
  }
  return {
    start: (job) => {
      open += 1
      return () => job().finally(finish)
    },
    count: () => open,
    oneEnds: () => new Promise<void>((resolve) => atEnd.push(resolve)),
    idle: () => (open === 0 ? Promise.resolve() : new Promise<void>((resolve) => atIdle.push(resolve))),
  }
}

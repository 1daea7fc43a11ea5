import pLimit from 'p-limit'

type Setting = { readonly atOnce: number; readonly withinMs: number }

/**
 * Runs at most so many jobs at once. Each gets a signal that aborts when its time, counted from its own start, is over.
 * The timers are our own: Node 20 may collect a composed `AbortSignal.timeout` as garbage before it fires.
 */
export const createInFlight = ({ atOnce, withinMs }: Setting) => {
  const limit = pLimit(atOnce)
  const running = new Set<AbortController>()
  let closed = false
  return {
    run: <Result>(job: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
      limit(async () => {
        const controller = new AbortController()
        if (closed) controller.abort()
        running.add(controller)
        const timer = setTimeout(() => controller.abort(new Error(`nothing came within ${withinMs} ms`)), withinMs)
        try {
          return await job(controller.signal)
        } finally {
          clearTimeout(timer)
          running.delete(controller)
        }
      }),
    /** Aborts what runs, and what has yet to start. */
    close: () => {
      closed = true
      for (const controller of running) controller.abort()
    },
  }
}

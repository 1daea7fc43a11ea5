import pLimit from 'p-limit'
import type { StartTimer } from '../platform/platform.ts'

interface Limits {
  readonly atOnce: number
  readonly withinMs: number
  readonly after: StartTimer
}

/** Runs at most `atOnce` jobs at a time. Each gets a signal that aborts `withinMs` milliseconds after its start.
 *  `AbortSignal.timeout` is not used: Node 20 may collect a composed signal before it fires. */
export const createInFlight = ({ atOnce, withinMs, after }: Limits) => {
  const limit = pLimit(atOnce)
  const running = new Set<AbortController>()
  let closed = false
  return {
    run: <Result>(job: (signal: AbortSignal) => Promise<Result>): Promise<Result> =>
      limit(async () => {
        const controller = new AbortController()
        if (closed) controller.abort()
        running.add(controller)
        const cancel = after(withinMs, () => controller.abort(new Error(`nothing came within ${withinMs} ms`)))
        try {
          return await job(controller.signal)
        } finally {
          cancel()
          running.delete(controller)
        }
      }),
    /** Aborts the running jobs, and later ones when they start. */
    close: () => {
      closed = true
      for (const controller of running) controller.abort()
    },
  }
}

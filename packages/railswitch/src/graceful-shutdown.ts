import { AsyncLocalStorage } from 'node:async_hooks'

/** Tracks the running work, so that a process can end without interrupting it. */
export interface GracefulShutdown {
  /** Starts the work. Null after `close()`, except for work that is started by running work, so that a handler can finish. */
  run<A>(work: () => Promise<A>): Promise<A> | null
  isClosed(): boolean
  /** Stops starting work, and resolves when all running work has ended. */
  close(): Promise<void>
}

export const createGracefulShutdown = (): GracefulShutdown => {
  const running = new Set<Promise<unknown>>()
  const within = new AsyncLocalStorage<{ ended: boolean }>()
  let isClosed = false
  return {
    run(work) {
      if (isClosed && within.getStore()?.ended !== false) return null
      const state = { ended: false }
      const promise = within.run(state, work)
      running.add(promise)
      const end = (): void => {
        state.ended = true
        running.delete(promise)
      }
      promise.then(end, end)
      return promise
    },
    isClosed: () => isClosed,
    async close() {
      isClosed = true
      while (running.size > 0) await Promise.allSettled(running)
      // Otherwise, Node.js would propagate the store through every later promise of the process.
      within.disable()
    },
  }
}

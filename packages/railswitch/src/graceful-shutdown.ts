import { AsyncLocalStorage } from 'node:async_hooks'

/** What is under way, so that a process can end without cutting it off. */
export interface GracefulShutdown {
  /** Null once closed: nothing is begun any more, except by what is under way, so that a handler can finish. */
  run<A>(work: () => Promise<A>): Promise<A> | null
  isClosed(): boolean
  /** Begins nothing any more, and resolves when all that was begun has ended. */
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
      // Node.js propagates a store that is never disabled through every promise of the process.
      within.disable()
    },
  }
}

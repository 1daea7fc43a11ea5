import { AsyncLocalStorage } from 'node:async_hooks'

/** Tracks the running work, so that a process can end without interrupting it. */
export interface GracefulShutdown {
  /** Starts the work. Null after `close()`, except for work that is started by running work, so that a handler can finish. */
  run<A>(work: () => Promise<A>): Promise<A> | null
  isClosed(): boolean
  /** Stops starting work, and resolves when all running work has ended. */
  close(): Promise<void>
}

interface Work {
  readonly of: GracefulShutdown
  /** The work of another object that started this one. */
  readonly within: Work | undefined
  ended: boolean
}

// One for all objects: Node.js copies each storage of a process into every promise.
const currentWork = new AsyncLocalStorage<Work>()
let open = 0

export const createGracefulShutdown = (): GracefulShutdown => {
  const running = new Set<Promise<unknown>>()
  let isClosed = false
  open += 1
  const shutdown: GracefulShutdown = {
    run(work) {
      if (isClosed && !isWithin(shutdown, currentWork.getStore())) return null
      const current: Work = { of: shutdown, within: currentWork.getStore(), ended: false }
      const promise = currentWork.run(current, work)
      running.add(promise)
      const end = (): void => {
        current.ended = true
        running.delete(promise)
      }
      promise.then(end, end)
      return promise
    },
    isClosed: () => isClosed,
    async close() {
      if (!isClosed) open -= 1
      isClosed = true
      while (running.size > 0) await Promise.allSettled(running)
      // Otherwise, Node.js would copy it into every later promise of the process.
      if (open === 0) currentWork.disable()
    },
  }
  return shutdown
}

const isWithin = (shutdown: GracefulShutdown, work: Work | undefined): boolean =>
  work !== undefined && ((work.of === shutdown && !work.ended) || isWithin(shutdown, work.within))

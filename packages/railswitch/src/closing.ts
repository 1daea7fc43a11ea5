import { PaymentError } from '@railswitch/core'

/** What is under way, so that a process can end without cutting it off. */
export interface Closing {
  /** Null once closed: nothing is begun any more. */
  run<A>(work: () => Promise<A>): Promise<A> | null
  isClosed(): boolean
  /** Begins nothing any more, and resolves when all that was begun has ended. */
  close(): Promise<void>
}

export const createClosing = (): Closing => {
  const running = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    run(work) {
      if (isClosed) return null
      const promise = work()
      running.add(promise)
      const end = (): boolean => running.delete(promise)
      promise.then(end, end)
      return promise
    },
    isClosed: () => isClosed,
    async close() {
      isClosed = true
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

export const closed = (): PaymentError =>
  new PaymentError({
    code: 'closed',
    effect: 'not_sent',
    again: 'same_attempt',
    message: 'payments.close() was called.',
    hint: 'Nothing was sent: repeat the call in another process.',
  })

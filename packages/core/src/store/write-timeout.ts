import { systemRuntime, type Timers, withTimeLimit } from '../runtime/runtime.ts'

/** Resolves like `work`, or rejects with `WriteTimeout` after `ms` milliseconds. What `work` has started is not stopped. */
export const withTimeout = <A>(work: Promise<A>, ms: number, timers: Timers = systemRuntime): Promise<A> =>
  withTimeLimit(timers, () => work, {
    ms,
    late: () => new WriteTimeout(`The write of a commit() took longer than ${ms} ms.`),
  })

/** The application's `write` took too long: nothing of it is stored. */
export class WriteTimeout extends Error {
  override readonly name = 'WriteTimeout'
}

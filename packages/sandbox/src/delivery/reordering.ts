import type { Clock } from '../platform/clock.ts'
import type { PendingWork } from './pending-work.ts'

// A delivery that waits to be overtaken is sent after this time if no later one comes.
const longestWaitMs = 5000

/** Deliveries that wait until a later one of the same subject was sent: at most one per subject. */
export const createReordering = (clock: Clock, work: PendingWork) => {
  const waiting = new Map<string, () => Promise<void>>()
  return {
    count: (): number => waiting.size,
    isWaiting: (subject: string): boolean => waiting.has(subject),
    wait: (subject: string, job: () => Promise<void>): void => {
      const run = work.start(job)
      const runOnce = () => {
        cancel()
        waiting.delete(subject)
        return run()
      }
      const cancel = clock.at(new Date(clock.now().getTime() + longestWaitMs), runOnce)
      waiting.set(subject, runOnce)
    },
    proceed: (subject: string): Promise<void> | undefined => waiting.get(subject)?.(),
    proceedAll: () => Promise.all([...waiting.values()].map((run) => run())),
  }
}

import type { StartTimer } from '../platform/platform.ts'

/** Waits in the platform's time, because delays on the network do not follow the sandbox's clock. */
export const createPauses = (after: StartTimer) => {
  const waiting = new Set<() => void>()
  return {
    pause: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const end = () => {
          cancel()
          waiting.delete(end)
          resolve()
        }
        const cancel = after(ms, end)
        waiting.add(end)
      }),
    /** Ends all waits. */
    endAll: (): void => {
      for (const end of [...waiting]) end()
    },
  }
}

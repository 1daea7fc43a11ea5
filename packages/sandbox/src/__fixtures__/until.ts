import { setImmediate as turn } from 'node:timers/promises'

/** Waits for a condition, which must come true by itself. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await turn()
}

/** What the shell learns: the work is done; it is not, and stderr says why; the command line asks for something that
 *  does not exist. */
export const exitCode = { done: 0, notDone: 1, usage: 2 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** What the user wrote cannot be meant: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Exit codes: done; not done, with the reason on stderr; wrong usage. */
export const exitCode = { done: 0, notDone: 1, usage: 2 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The command line or a file that it names is not valid. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

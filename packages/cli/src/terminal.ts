/** Where a command reads and writes. Tests pass their own. */
export type Terminal = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** The complete standard input, as bytes. */
  readonly input: () => Promise<Uint8Array>
  /** Resolves when the user stops a running command: Ctrl+C, a termination signal, or a closed terminal. */
  readonly ended: () => Promise<void>
}

export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
  ended: () =>
    new Promise((resolve) => {
      // `once`: a second signal ends the process immediately, as without a listener.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    }),
}

/** Exit codes: done; not done, with the reason on stderr; wrong usage. */
export const exitCode = { done: 0, notDone: 1, usage: 2 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** The command line or a file that it names is not valid. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

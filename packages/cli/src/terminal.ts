/** Where a command reads and writes, so that tests can stand in for the process. */
export type Terminal = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Everything that stands on the standard input, as bytes. */
  readonly input: () => Promise<Uint8Array>
  /** Resolves when the user ends a command that runs on: Ctrl+C or a termination signal. */
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
      // `once`: a second signal ends the process at once, as if nobody listened.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    }),
}

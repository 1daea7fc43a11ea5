import { askInTerminal, type Prompts } from './prompts.ts'

/** Where a command reads and writes. Tests pass their own. */
export type Terminal = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** The complete standard input, as bytes. */
  readonly input: () => Promise<Uint8Array>
  /** Resolves when the user stops a running command: Ctrl+C, a termination signal, or a closed terminal. */
  readonly ended: () => Promise<void>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether the output is shown with colours: only in a terminal, and not with NO_COLOR. */
  readonly colours: boolean
  /** The width for tables and help. */
  readonly columns: number
  /** Asks the user. Null: nobody can answer, because the input or the output is not a terminal. */
  readonly prompts: Prompts | null
}

const { stdin, stdout } = process

export const processTerminal: Terminal = {
  out: (text) => stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
  ended: () =>
    new Promise((resolve) => {
      // `once`: a second signal ends the process immediately, as without a listener.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    }),
  env: process.env,
  colours: stdout.isTTY === true && stdout.hasColors(),
  columns: Math.max(60, Math.min(stdout.columns || 80, 120)),
  prompts: stdin.isTTY === true && stdout.isTTY === true ? askInTerminal : null,
}

/** Exit codes: done; failed, with the reason on stderr; wrong usage. */
export const exitCode = { done: 0, notDone: 1, usage: 2 } as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../bin/railswitch.js', import.meta.url))

export type Running = {
  readonly out: () => string
  readonly err: () => string
  /** Resolves when stdout matches; rejects if the command ends without a match. */
  readonly saw: (what: RegExp) => Promise<string>
  readonly firstLine: () => Promise<string>
  readonly exit: () => Promise<number | null>
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Runs the real command in a separate process with `input` as its standard input. */
export const startCommand = (
  words: readonly string[],
  script = command,
  input?: string | Uint8Array,
  { env, cwd }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Running => {
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env }, // the environment of the test: by default a child does not inherit its changes
    cwd,
  })
  child.stdin.end(input)
  const written = { out: '', err: '' }
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdout.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  const saw = (what: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [found] = what.exec(written.out) ?? []
        if (found !== undefined) resolve(found)
      }
      child.stdout.on('data', look)
      void exit.then(() => reject(new Error(`The command ended: ${written.err}`)))
      look()
    })
  return {
    out: () => written.out,
    err: () => written.err,
    saw,
    firstLine: () => saw(/^[^\n]*\n/),
    exit: () => exit,
    end: (signal) => {
      child.kill(signal)
      return exit
    },
  }
}

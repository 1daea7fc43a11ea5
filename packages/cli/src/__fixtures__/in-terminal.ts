import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../bin/railswitch.js', import.meta.url))

/** Debian's `script`, which runs a command in a pseudo-terminal. */
export const hasScript = spawnSync('script', ['--version']).status === 0

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

interface Conditions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Typed after the terminal has shown `after`, one after the other. */
  readonly keys?: readonly { readonly after: RegExp; readonly press: string }[]
}

const { PATH, HOME } = process.env

/** Nothing else of our own environment: with CI or NO_COLOR in it, Node shows no colours. */
const environment = { PATH, HOME, TERM: 'xterm-256color' }

/** Runs the command in a pseudo-terminal of 80 columns. Resolves with everything that it showed, and its exit code. */
export const runInTerminal = async (words: readonly string[], { cwd, env = {}, keys = [] }: Conditions = {}) => {
  // `exec`: otherwise Ctrl+C would also end the shell, whose exit code would be seen.
  const line = ['stty cols 80 rows 40 && exec', process.execPath, command, ...words.map(quoted)].join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd,
    env: { ...environment, ...env },
  })
  const waiting = [...keys]
  let shown = ''
  let seen = 0
  child.stdout.on('data', (chunk) => {
    shown += chunk
    const [next] = waiting
    const found = next?.after.exec(shown.slice(seen))
    if (!next || !found) return
    waiting.shift()
    seen = shown.length
    child.stdin.write(next.press)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { shown, code }
}

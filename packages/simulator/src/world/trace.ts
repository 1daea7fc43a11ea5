import { createHash } from 'node:crypto'

/** Everything that happened, one line each. The same seed gives the same lines. */
export interface Trace {
  readonly add: (actor: string, what: string) => void
  readonly lines: () => readonly string[]
  /** SHA-256 of all lines. */
  readonly digest: () => string
}

export const createTrace = (now: () => number, start: number): Trace => {
  const lines: string[] = []
  return {
    add: (actor, what) => void lines.push(`${sinceStart(now() - start)} ${actor}: ${what}`),
    lines: () => lines,
    digest: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  }
}

/** `3d 04:05:06.789`. */
const sinceStart = (ms: number): string => {
  const days = Math.floor(ms / 86_400_000)
  return `${days}d ${new Date(ms % 86_400_000).toISOString().slice(11, 23)}`
}

import { createHash } from 'node:crypto'
import type { Ports } from '../../for-testing.ts'

interface Timer {
  readonly at: number
  readonly job: () => void
}

/** Time that only moves when a test moves it. Each timer, UUID and token is recorded in the trace. */
export const createVirtualTime = (trace: (line: string) => void) => {
  const timers = new Set<Timer>()
  let time = Date.parse('2026-01-05T10:00:00.000Z')
  let uuids = 0

  const ports: Ports = {
    runtime: {
      now: () => new Date(time),
      after: (ms, job) => {
        trace(`timer of ${ms} ms`)
        const timer = { at: time + ms, job }
        timers.add(timer)
        return () => {
          if (timers.delete(timer)) trace(`timer of ${ms} ms cancelled`)
        }
      },
      randomUUID: () => {
        uuids += 1
        trace(`UUID ${uuids}`)
        return `00000000-0000-4000-8000-${String(uuids).padStart(12, '0')}`
      },
    },
    createTokens: ([secret]) => ({
      sign: async ({ kind, reference, attempt, rail }) => {
        const claims = Buffer.from(JSON.stringify({ kind, reference, attempt, rail })).toString('base64url')
        trace(`token for ${reference}`)
        return `${claims}.${signatureOf(secret, claims)}`
      },
      open: async (rail, token) => {
        const [claims = '', signature] = token.split('.')
        trace('token opened')
        if (signature !== signatureOf(secret, claims)) return null
        const opened = JSON.parse(Buffer.from(claims, 'base64url').toString())
        return opened.rail === rail ? opened : null
      },
    }),
  }

  const runNextTimer = (): void => {
    const [first] = [...timers].sort((a, b) => a.at - b.at)
    if (!first) throw new Error('Nothing waits for the time.')
    timers.delete(first)
    time = Math.max(time, first.at)
    trace(`time ${new Date(time).toISOString()}`)
    first.job()
  }

  return {
    ports,
    /** Runs what can run without the time, and moves the time only when nothing can. */
    async during<A>(work: Promise<A>): Promise<A> {
      let isSettled = false
      const end = (): void => {
        isSettled = true
      }
      work.then(end, end)
      await nothingRuns()
      while (!isSettled) {
        runNextTimer()
        await nothingRuns()
      }
      return work
    },
    move: (ms: number): void => {
      time += ms
    },
  }
}

/** Promises that wait for nothing outside have run when the event loop turns. */
const nothingRuns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const signatureOf = (secret: string, text: string): string =>
  createHash('sha256').update(secret + text).digest('base64url').slice(0, 16)

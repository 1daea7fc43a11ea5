import type { PaymentEvent } from '@railswitch/core'
import type { ProcessLife } from './process-life.ts'

/** What was recorded for the judge while the world ran, and what was wrong at once. */
export interface Journal {
  /** Returns the function to call when the handler ends. */
  readonly handlerBegins: (event: PaymentEvent, life: ProcessLife, now: number) => () => void
  readonly logged: (line: string) => void
  readonly violated: (rule: string, what: string) => void
  readonly violations: () => readonly Violation[]
}

/** A rule that was broken, and how. */
export interface Violation {
  readonly rule: string
  readonly what: string
}

/** A handler that takes too long keeps its lease this long: twice the time limit of a handler. */
const leaseMs = 20_000

interface Running {
  readonly event: string
  readonly life: ProcessLife
  readonly since: number
}

/** `secrets`: texts that no log line may contain. */
export const createJournal = (secrets: () => readonly string[]): Journal => {
  const violations: Violation[] = []
  const running = new Map<string, Set<Running>>()
  const violated = (rule: string, what: string): void => void violations.push({ rule, what })
  return {
    handlerBegins: (event, life, now) => {
      const payment = event.reference
      if (payment === null) return () => {}
      const others = running.get(payment) ?? new Set()
      for (const other of others) {
        if (!other.life.isAlive() || now - other.since >= leaseMs) others.delete(other)
        else violated('handlers of one payment overlap', `${payment}: ${event.id} begins while ${other.event} runs`)
      }
      const entry = { event: event.id, life, since: now }
      running.set(payment, others.add(entry))
      return () => void others.delete(entry)
    },
    logged: (line) => {
      for (const secret of secrets()) if (line.includes(secret)) violated('a log line contains a secret', line)
    },
    violated,
    violations: () => violations,
  }
}

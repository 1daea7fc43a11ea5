import { type Outcome, PaymentError } from '@railswitch/core'
import type { Random } from '../seed/random.ts'
import type { WorldClock } from '../time/world-clock.ts'
import type { Journal } from './journal.ts'
import type { Shop } from './shop-process.ts'
import type { Trace } from './trace.ts'

/** A call of the application that is repeated, as its error says, until it has a result. */
export interface Job {
  readonly name: string
  readonly call: (shop: Shop, attempt: number) => Promise<JobResult>
  /** What may follow a refusal or a failed attempt: the application decides whether another attempt is worth it. */
  readonly triesNextAttempt: boolean
  /** 1 unless given. */
  readonly firstAttempt?: number
  readonly onResult?: (result: JobResult, attempt: number) => void
}

export type JobResult = { readonly payment: string; readonly redirectUrl?: string; readonly status?: Outcome['status'] }

/** What became of a job. `given up`: its error says that no call can help, or the simulation has ended. */
export type JobEnd = {
  readonly job: string
  readonly attempt: number
  readonly at: number
  /** How many callback secrets the process knew. */
  readonly secrets: number
} & Ending

type Ending = { readonly state: 'done'; readonly status: string } | { readonly state: 'refused'; readonly code: string }

export interface Jobs {
  readonly start: (job: Job) => void
  /** Jobs without an end. */
  readonly open: () => readonly string[]
  readonly ended: () => readonly JobEnd[]
  /** Calls again what has had its result since then: the application does not know it any more. */
  readonly repeatEnded: (since: number, isRepeated: (name: string) => boolean) => void
  /** When a job of this name was started first, in milliseconds since 1970. */
  readonly startedAt: (name: string) => number | undefined
}

interface Dependencies {
  readonly clock: WorldClock
  readonly random: Random
  readonly trace: Trace
  readonly journal: Journal
  /** A process of the shop that runs; null if none does. */
  readonly pickShop: (draws: Random) => Shop | null
}

const second = 1_000

export const createJobs = ({ clock, random, trace, journal, pickShop }: Dependencies): Jobs => {
  const open = new Map<string, number>()
  const ended: JobEnd[] = []
  const started = new Map<string, number>()
  const results: { readonly job: Job; readonly attempt: number; readonly at: number }[] = []
  let runs = 0

  const run = (job: Job, attempt: number, tries: number): void => {
    const draws = random.stream('job', ++runs)
    const shop = pickShop(draws)
    const later = (ms: number, next = attempt) =>
      clock.after(ms, () => run(job, next, next === attempt ? tries + 1 : 0))
    if (!shop) return void later(10 * second)
    let isSettled = false
    const once = (then: () => void) => {
      if (isSettled) return
      isSettled = true
      then()
    }
    // A process that ends never reports: the application's queue then runs the call again.
    shop.life.onEnd(() => once(() => later(draws.integer(second, 60 * second))))
    const end = (ending: Ending) => {
      open.delete(job.name)
      const secrets = shop.settings.callbackSecrets.length
      ended.push({ job: job.name, attempt, at: clock.now(), secrets, ...ending })
    }
    trace.add(shop.life.name, `calls ${job.name}, attempt ${attempt}`)
    shop.life.outlive(job.call(shop, attempt)).then(
      (result) =>
        once(() => {
          const status = result.status ?? 'started'
          trace.add(shop.life.name, `${job.name}: ${status}`)
          job.onResult?.(result, attempt)
          if (status === 'unknown' && tries < 40) later(waitFor(tries))
          else {
            results.push({ job, attempt, at: clock.now() })
            end({ state: 'done', status })
          }
        }),
      (error: unknown) =>
        once(() => {
          if (!(error instanceof PaymentError))
            return journal.violated('a call rejects with a PaymentError', String(error))
          const { code, effect, retry } = error
          trace.add(shop.life.name, `${job.name}: ${code}, ${effect}, ${retry}: ${error.message.replaceAll('\n', ' ')}`)
          if (retry === 'next_attempt' && job.triesNextAttempt && attempt < 4)
            later(draws.integer(second, 60 * second), attempt + 1)
          else if ((retry === 'same_attempt' || retry === 'after_lookup') && tries < 60) later(waitFor(tries))
          else end({ state: 'refused', code })
        }),
    )
  }

  return {
    start: (job) => {
      open.set(job.name, (open.get(job.name) ?? 0) + 1)
      if (!started.has(job.name)) started.set(job.name, clock.now())
      run(job, job.firstAttempt ?? 1, 0)
    },
    open: () => [...open.keys()],
    repeatEnded: (since, isRepeated) => {
      for (const { job, attempt, at } of [...results])
        if (at >= since && isRepeated(job.name)) {
          open.set(job.name, (open.get(job.name) ?? 0) + 1)
          run(job, attempt, 0)
        }
    },
    ended: () => ended,
    startedAt: (name) => started.get(name),
  }
}

/** Longer after every try, up to half a day. */
const waitFor = (tries: number): number => Math.min(5 * second * 2 ** tries, 12 * 60 * 60 * second)

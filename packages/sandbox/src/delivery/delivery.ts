import type { CallbackCourse, Copy } from '../chaos/callback-plan.ts'
import type { Interference } from '../chaos/vendor-chaos.ts'
import type { Clock } from '../platform/clock.ts'
import { dayMs } from '../platform/day.ts'
import { pause } from '../platform/pause.ts'
import { createKeptBack } from './held-deliveries.ts'
import { createInFlight } from './in-flight.ts'
import { createWorkCount } from './pending-work.ts'
import { postLetter, refused } from './post-delivery.ts'

/** What the merchant answered to a notification: its status, or why the answer does not count. */
export type Verdict =
  | { readonly accepted: true; readonly status: string }
  | { readonly accepted: false; readonly reason: string }

export type Reply = { readonly status: number; readonly body: Uint8Array }

/** A notification on its way to a merchant: every attempt sends the same bytes. */
export type Letter = {
  /** What it is about: such letters have their first attempts in the order in which they were sent. */
  readonly subject: string
  readonly url: string
  readonly contentType: string
  readonly body: string
  readonly written: Date
  readonly attempts: Attempt[]
  readonly judge: (reply: Reply) => Verdict
  readonly onStatus: (status: string) => void
  /** The first accepted status; null until then. */
  status: string | null
  /** Kept back until it is released. */
  held?: boolean
}

/** Without a reply nothing was sent, or nothing came back. */
export type Attempt = { readonly at: Date; readonly verdict: Verdict; readonly reply?: Reply }

export type Delivery = {
  /** Sends after the subject's earlier letters had their first attempt, then again until acknowledged. */
  readonly send: (letter: Letter) => void
  /** Resolves when all letters so far, or the subject's, had their first attempt or are held. */
  readonly told: (subject?: string) => Promise<unknown>
  /** One more attempt now, whatever came before, and without chaos. */
  readonly sendAgain: (letter: Letter) => Promise<Verdict>
  /** Keeps back every attempt from now on, of all letters or of one subject's, but those of `sendAgain`. */
  readonly hold: (subject?: string) => void
  /** Ends every `hold`, or one subject's, and makes the attempts that were kept back. */
  readonly release: (subject?: string) => void
  /** Resolves when nothing is in flight and nothing is waiting for its next attempt. What is held waits for nobody. */
  readonly idle: () => Promise<void>
  /** Breaks off what is in flight and forgets what is waiting. */
  readonly close: () => Promise<void>
}

type Setting = {
  readonly clock: Clock
  /** Waits before each further attempt, in milliseconds of the clock. After the last, the twin gives up. */
  readonly redeliverAfterMs: readonly number[]
  readonly allowRemote: boolean
  readonly interference: Pick<Interference, 'meetCallback' | 'takeBack'>
}

// What is to be overtaken goes after this when nothing comes that could overtake it.
const overtakenWithinMs = 5000

// How long the vendor waits for an acknowledgement, and how many it has open, is published nowhere.
const patience = { atOnce: 64, withinMs: 30_000 }

export const createDelivery = ({ clock, redeliverAfterMs, allowRemote, interference }: Setting): Delivery => {
  const closing = new AbortController()
  const inFlight = createInFlight(patience)
  const waits = new Map<Letter, { readonly callOff: () => void; readonly run: () => Promise<void> }>()
  const overtaken = new Map<string, () => Promise<void>>()
  const kept = createKeptBack()
  const queues = new Map<string, Promise<unknown>>()
  const work = createWorkCount()

  const isSettled = ({ status }: Letter) => status !== null || closing.signal.aborted
  const later = (ms: number) => new Date(clock.now().getTime() + ms)

  const endWait = (letter: Letter) => {
    const wait = waits.get(letter)
    wait?.callOff()
    return wait?.run()
  }

  const attempt = async (letter: Letter, copy: Copy): Promise<Verdict> => {
    const { at, verdict, reply } = await inFlight.run(async (signal) => {
      const at = clock.now()
      return { at, ...(await postLetter(letter, copy, { allowRemote, signal })) }
    })
    letter.attempts.push({ at, verdict, ...(reply && { reply }) })
    if (verdict.accepted && letter.status === null) {
      letter.status = verdict.status
      letter.onStatus(verdict.status)
      await endWait(letter)
    }
    return verdict
  }

  const goThrough = async (letter: Letter, course: CallbackCourse): Promise<void> => {
    const { copies, atOnce, delayMs, takenBackAfterDays } = course
    if (delayMs > 0) await pause(delayMs, closing.signal)
    if (copies.length === 0) letter.attempts.push({ at: clock.now(), ...refused('chaos: lost on the way') })
    if (atOnce) await Promise.all(copies.map((copy) => attempt(letter, copy)))
    else for (const copy of copies) await attempt(letter, copy)
    if (takenBackAfterDays !== undefined)
      clock.at(later(takenBackAfterDays * dayMs), () => interference.takeBack(letter.subject))
  }

  const attemptUntilAccepted = async (letter: Letter, retries: number): Promise<void> => {
    waits.delete(letter)
    if (isSettled(letter)) return
    if (kept.keep(letter, () => work.start(() => attemptUntilAccepted(letter, retries))())) return
    const { subject } = letter
    const course = interference.meetCallback(letter.body)
    const goOn = async () => {
      await goThrough(letter, course)
      planNext(letter, retries)
    }
    if (course.overtaken && !overtaken.has(subject)) return setAside(subject, goOn)
    await goOn()
    await overtaken.get(subject)?.()
  }

  const planNext = (letter: Letter, retries: number): void => {
    const wait = redeliverAfterMs[retries]
    if (isSettled(letter) || wait === undefined) return
    const run = work.start(() => attemptUntilAccepted(letter, retries + 1))
    waits.set(letter, { callOff: clock.at(later(wait), run), run })
  }

  const setAside = (subject: string, goOn: () => Promise<void>): void => {
    const go = work.start(goOn)
    const goOnce = () => {
      callOff()
      overtaken.delete(subject)
      return go()
    }
    const callOff = clock.at(later(overtakenWithinMs), goOnce)
    overtaken.set(subject, goOnce)
  }

  return {
    send: (letter) => {
      const before = queues.get(letter.subject) ?? Promise.resolve()
      const first = work.start(() => before.then(() => attemptUntilAccepted(letter, 0)))
      queues.set(letter.subject, first())
    },
    told: (subject) => (subject === undefined ? Promise.all(queues.values()) : Promise.resolve(queues.get(subject))),
    sendAgain: (letter) => work.start(() => attempt(letter, { body: letter.body, is: 'genuine' }))(),
    hold: kept.hold,
    release: kept.release,
    idle: work.idle,
    close: async () => {
      closing.abort()
      inFlight.close()
      await Promise.all([...waits.keys()].map(endWait))
      await Promise.all([...overtaken.values()].map((go) => go()))
      await work.idle()
    },
  }
}

import type { Clock } from './clock.ts'
import { isLoopback } from './web-address.ts'

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
  /** One more attempt now, whatever came before. */
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
}

// How long the vendor waits for an acknowledgement is published nowhere.
const answerWithinMs = 30_000

export const createDelivery = ({ clock, redeliverAfterMs, allowRemote }: Setting): Delivery => {
  const closing = new AbortController()
  const waits = new Map<Letter, { readonly callOff: () => void; readonly run: () => Promise<void> }>()
  const kept = createKeptBack()
  const queues = new Map<string, Promise<unknown>>()
  const work = createWorkCount()

  const isSettled = ({ status }: Letter) => status !== null || closing.signal.aborted

  const endWait = (letter: Letter) => {
    const wait = waits.get(letter)
    wait?.callOff()
    return wait?.run()
  }

  const attempt = async (letter: Letter): Promise<Verdict> => {
    const at = clock.now()
    const { verdict, reply } = await post(letter, { allowRemote, closing: closing.signal })
    letter.attempts.push({ at, verdict, ...(reply && { reply }) })
    if (verdict.accepted && letter.status === null) {
      letter.status = verdict.status
      letter.onStatus(verdict.status)
      await endWait(letter)
    }
    return verdict
  }

  const attemptUntilAccepted = async (letter: Letter, retries: number): Promise<void> => {
    waits.delete(letter)
    if (isSettled(letter)) return
    if (kept.keep(letter, () => work.start(() => attemptUntilAccepted(letter, retries))())) return
    await attempt(letter)
    const wait = redeliverAfterMs[retries]
    if (isSettled(letter) || wait === undefined) return
    const run = work.start(() => attemptUntilAccepted(letter, retries + 1))
    waits.set(letter, { callOff: clock.at(new Date(clock.now().getTime() + wait), run), run })
  }

  return {
    send: (letter) => {
      const before = queues.get(letter.subject) ?? Promise.resolve()
      const first = work.start(() => before.then(() => attemptUntilAccepted(letter, 0)))
      queues.set(letter.subject, first())
    },
    sendAgain: (letter) => work.start(() => attempt(letter))(),
    hold: kept.hold,
    release: kept.release,
    idle: work.idle,
    close: async () => {
      closing.abort()
      await Promise.all([...waits.keys()].map(endWait))
      await work.idle()
    },
  }
}

/** What is kept back, and what to do about it when it is released. */
const createKeptBack = () => {
  const everything = Symbol('every subject')
  const holds = new Set<string | symbol>()
  const kept = new Map<Letter, () => void>()
  const isHeld = ({ subject }: Letter) => holds.has(everything) || holds.has(subject)
  return {
    keep: (letter: Letter, resume: () => void): boolean => {
      letter.held = isHeld(letter)
      if (letter.held) kept.set(letter, resume)
      return letter.held
    },
    hold: (subject: string | symbol = everything) => {
      holds.add(subject)
    },
    release: (subject?: string) => {
      if (subject === undefined) holds.clear()
      else holds.delete(subject)
      for (const [letter, resume] of kept) {
        if (isHeld(letter)) continue
        kept.delete(letter)
        letter.held = false
        resume()
      }
    },
  }
}

/** Counts what was promised but is not done, from the moment it is promised. */
const createWorkCount = () => {
  let open = 0
  let waiting: Array<() => void> = []
  const finish = () => {
    open -= 1
    if (open > 0) return
    for (const resume of waiting) resume()
    waiting = []
  }
  return {
    start: <Result>(job: () => Promise<Result>) => {
      open += 1
      return () => job().finally(finish)
    },
    idle: () => (open === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}

const post = async (
  { body, contentType, judge, url }: Letter,
  { allowRemote, closing }: { readonly allowRemote: boolean; readonly closing: AbortSignal },
): Promise<Omit<Attempt, 'at'>> => {
  if (!allowRemote && !isLoopback(url)) return refused('not sent: the address is not on loopback')
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': contentType, Connection: 'close' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(answerWithinMs)]),
    })
    const reply = { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
    return { verdict: judge(reply), reply }
  } catch (error) {
    return refused(`no answer: ${reasonOf(error)}`)
  }
}

const refused = (reason: string): Omit<Attempt, 'at'> => ({ verdict: { accepted: false, reason } })

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return error.cause instanceof Error ? error.cause.message : error.message
}

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
}

/** Without a reply nothing was sent, or nothing came back. */
export type Attempt = { readonly at: Date; readonly verdict: Verdict; readonly reply?: Reply }

export type Delivery = {
  /** Sends after the subject's earlier letters had their first attempt, then again until acknowledged. */
  readonly send: (letter: Letter) => void
  /** One more attempt now, whatever came before. */
  readonly sendAgain: (letter: Letter) => Promise<Verdict>
  /** Resolves when nothing is in flight and nothing is waiting for its next attempt. */
  readonly idle: () => Promise<void>
  /** Breaks off what is in flight and forgets what is waiting. */
  readonly close: () => Promise<void>
}

type Setting = {
  readonly now: () => Date
  /** Waits before each further attempt, in milliseconds. After the last, the twin gives up. */
  readonly redeliverAfterMs: readonly number[]
  readonly allowRemote: boolean
}

// How long the vendor waits for an acknowledgement is published nowhere.
const answerWithinMs = 30_000

export const createDelivery = ({ now, redeliverAfterMs, allowRemote }: Setting): Delivery => {
  const closing = new AbortController()
  const waits = new Map<Letter, { readonly timer: NodeJS.Timeout; readonly run: () => Promise<void> }>()
  const queues = new Map<string, Promise<unknown>>()
  const work = createWorkCount()

  const isSettled = ({ status }: Letter) => status !== null || closing.signal.aborted

  const endWait = (letter: Letter) => {
    const wait = waits.get(letter)
    clearTimeout(wait?.timer)
    return wait?.run()
  }

  const attempt = async (letter: Letter): Promise<Verdict> => {
    const at = now()
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
    await attempt(letter)
    const wait = redeliverAfterMs[retries]
    if (isSettled(letter) || wait === undefined) return
    const run = work.start(() => attemptUntilAccepted(letter, retries + 1))
    waits.set(letter, { timer: setTimeout(run, wait), run })
  }

  return {
    send: (letter) => {
      const before = queues.get(letter.subject) ?? Promise.resolve()
      const first = work.start(() => before.then(() => attemptUntilAccepted(letter, 0)))
      queues.set(letter.subject, first())
    },
    sendAgain: (letter) => work.start(() => attempt(letter))(),
    idle: work.idle,
    close: async () => {
      closing.abort()
      await Promise.all([...waits.keys()].map(endWait))
      await work.idle()
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

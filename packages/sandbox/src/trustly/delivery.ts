import { judgeReply, type Verdict } from './acknowledgement.ts'
import type { Account } from './merchant.ts'
import { isLoopback } from './merchant-urls.ts'

/** A signed notification: every attempt sends the same bytes, so the same notificationid and uuid. */
export type Notification = {
  readonly id: string
  readonly method: string
  readonly uuid: string
  readonly orderId: string
  readonly account: Account
  readonly url: string
  readonly body: string
  readonly attempts: Attempt[]
  readonly onStatus: (status: string) => void
  /** The first accepted status; null until then. */
  status: string | null
}

export type Attempt = { readonly at: Date; readonly verdict: Verdict }

export type Delivery = {
  /** Sends after the order's earlier notifications had their first attempt, then again until acknowledged. */
  readonly send: (notification: Notification) => void
  /** One more attempt now, whatever came before. */
  readonly sendAgain: (notification: Notification) => Promise<Verdict>
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
  const waits = new Map<Notification, { readonly timer: NodeJS.Timeout; readonly run: () => Promise<void> }>()
  const queues = new Map<string, Promise<unknown>>()
  const work = createWorkCount()

  const isSettled = ({ status }: Notification) => status !== null || closing.signal.aborted

  const endWait = (notification: Notification) => {
    const wait = waits.get(notification)
    clearTimeout(wait?.timer)
    return wait?.run()
  }

  const attempt = async (notification: Notification): Promise<Verdict> => {
    const at = now()
    const verdict = sameStatus(notification, await post(notification, { allowRemote, closing: closing.signal }))
    notification.attempts.push({ at, verdict })
    if (verdict.accepted && notification.status === null) {
      notification.status = verdict.status
      notification.onStatus(verdict.status)
      await endWait(notification)
    }
    return verdict
  }

  const attemptUntilAccepted = async (notification: Notification, retries: number): Promise<void> => {
    waits.delete(notification)
    if (isSettled(notification)) return
    await attempt(notification)
    const wait = redeliverAfterMs[retries]
    if (isSettled(notification) || wait === undefined) return
    const run = work.start(() => attemptUntilAccepted(notification, retries + 1))
    waits.set(notification, { timer: setTimeout(run, wait), run })
  }

  return {
    send: (notification) => {
      const before = queues.get(notification.orderId) ?? Promise.resolve()
      const first = work.start(() => before.then(() => attemptUntilAccepted(notification, 0)))
      queues.set(notification.orderId, first())
    },
    sendAgain: (notification) => work.start(() => attempt(notification))(),
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
  { account, body, method, url, uuid }: Notification,
  { allowRemote, closing }: { readonly allowRemote: boolean; readonly closing: AbortSignal },
): Promise<Verdict> => {
  if (!allowRemote && !isLoopback(url)) return { accepted: false, reason: 'not sent: the address is not on loopback' }
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(answerWithinMs)]),
    })
    const { publicKey } = account
    return judgeReply(
      { method, uuid, publicKey },
      { status: reply.status, body: new Uint8Array(await reply.arrayBuffer()) },
    )
  } catch (error) {
    return { accepted: false, reason: `no answer: ${reasonOf(error)}` }
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** "Process once; repeat the same status": another status for a duplicate does not count. */
const sameStatus = ({ status }: Notification, verdict: Verdict): Verdict =>
  !verdict.accepted || status === null || status === verdict.status
    ? verdict
    : { accepted: false, reason: `the status was ${status} before and is ${verdict.status} now` }

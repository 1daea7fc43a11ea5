import type { Faults } from '../seed/fault-strikes.ts'
import type { FaultName } from '../seed/fault-table.ts'
import type { Random } from '../seed/random.ts'
import type { WorldClock } from '../time/world-clock.ts'
import type { Delivered, Reply } from './delivered.ts'
import { withOddMembers } from './odd-members.ts'
import { tamper } from './tamper.ts'
import type { Trace } from './trace.ts'
import { readNotification, type TrustlyNotification } from './trustly-notification.ts'
import type { Post } from './vendors.ts'

/** The load balancer of the shop: gives a request to one of its processes. Rejects if none of them answers. */
export type Receive = (delivered: Delivered, subject: string) => Promise<Reply>

interface Dependencies {
  readonly clock: WorldClock
  readonly random: Random
  readonly faults: Faults
  readonly trace: Trace
  readonly receive: Receive
  /** Whether this is the order of a deposit of ours at Trustly. */
  readonly isDeposit: (orderId: string) => boolean
}

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

/** The network between the vendors and the shops, in the direction of the shops. */
export interface CallbackNetwork {
  readonly post: Post
  /** Nothing reaches the shop for `ms` milliseconds. */
  readonly block: (ms: number) => void
  readonly repair: () => void
}

export const createCallbackNetwork = ({
  clock,
  random,
  faults,
  trace,
  receive,
  isDeposit,
}: Dependencies): CallbackNetwork => {
  let count = 0
  let blockedUntil = 0
  const addresses = new Set<string>()
  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve))

  const firstCredits = new Map<string, string>()

  /** Trustly never delivers it, after the faults have ended as well. */
  const isGivenUp = ({ method, orderId, id }: TrustlyNotification): boolean => {
    if (method !== 'credit' || !isDeposit(orderId)) return false
    const first = firstCredits.get(orderId) ?? id
    firstCredits.set(orderId, first)
    return first === id && faults.persists('credit-given-up', id)
  }

  /** How Trustly has written a notification does not change when it delivers it again. */
  const asWritten = (sent: Delivered, { id }: TrustlyNotification): Delivered => {
    if (!faults.persists('callback-with-odd-members', id)) return sent
    trace.add('network', `callback-with-odd-members for notification ${id}`)
    return withOddMembers(sent, random.stream('odd members', id))
  }

  const post: Post = async (sent) => {
    const subject = `${++count}`
    const draws = random.stream('callback', subject)
    const strikes = (fault: FaultName): boolean => {
      if (!faults.strikes(fault, subject)) return false
      trace.add('network', `${fault} for callback ${subject}`)
      return true
    }
    const notification = sent.contentType.includes('json') ? readNotification(sent) : null
    if (notification && isGivenUp(notification)) throw new Error('stopped by hand')
    await pause(draws.integer(1, 60))
    if (clock.now() < blockedUntil) throw new Error('connection timed out')
    const delivered = notification ? asWritten(sent, notification) : sent
    if (strikes('callback-lost')) throw new Error('connection timed out')
    if (strikes('callback-tampered')) await quietly(receive(tamper(delivered, draws), `${subject} tampered`))
    if (strikes('callback-without-token'))
      await quietly(receive({ ...delivered, url: withoutToken(delivered.url, draws) }, `${subject} without token`))
    const others = [...addresses].filter((url) => isOfAnotherPayment(url, delivered.url))
    addresses.add(delivered.url)
    if (others.length > 0 && strikes('callback-at-another-address'))
      await quietly(receive({ ...delivered, url: draws.pick(others) }, `${subject} elsewhere`))
    if (strikes('callback-late')) {
      clock.after(draws.integer(minute, 6 * day), () => quietly(receive(delivered, `${subject} late`)))
      throw new Error('connection timed out')
    }
    if (strikes('callback-reordered')) await pause(draws.integer(second, 20 * second))
    const replies = [receive(delivered, subject)]
    if (strikes('callback-doubled')) replies.push(receive(delivered, `${subject} again`))
    const reply = (await Promise.all(replies)).at(-1)
    if (!reply || strikes('callback-reply-lost')) throw new Error('connection reset')
    return reply
  }

  return {
    post,
    block: (ms) => {
      blockedUntil = Math.max(blockedUntil, clock.now() + ms)
    },
    repair: () => {
      blockedUntil = 0
    },
  }
}

/** Nobody but the vendor and the shop knows the tokens: others leave them out, or make one up. */
const withoutToken = (url: string, draws: Random): string => {
  const base = url.replace(/(\/callbacks\/\w+).*/, '$1')
  return draws.chance(0.5) ? base : `${base}/WyJkZXBvc2l0Il0.made-up`
}

/** Two addresses with tokens, of one vendor. */
const isOfAnotherPayment = (url: string, own: string): boolean => {
  const [, vendor] = tokened.exec(own) ?? []
  return url !== own && vendor !== undefined && tokened.exec(url)?.[1] === vendor
}

const tokened = /\/callbacks\/(\w+)\/./

/** Nobody waits for the reply. */
const quietly = async (reply: Promise<unknown>): Promise<void> => {
  await reply.catch(() => {})
}

import type { Copy } from '../chaos/callback-plan.ts'
import { largestReply, type Post } from '../platform/platform.ts'
import { isLoopback } from '../platform/web-address.ts'
import { type Attempt, type Delivery, failedAttempt } from './delivery.ts'

interface Options {
  readonly post: Post
  readonly allowRemote: boolean
  readonly signal: AbortSignal
}

/** Posts a delivery once and checks the reply. Follows no redirect. */
export const postDelivery = async (
  delivery: Delivery,
  { body, is, kind }: Copy,
  { post, allowRemote, signal }: Options,
): Promise<Omit<Attempt, 'at'>> => {
  const { checkReply, contentType, url } = delivery
  if (!allowRemote && !isLoopback(url)) return failedAttempt('not sent: the address is not on loopback')
  try {
    const content = body ?? delivery.body
    const message = { url, contentType, body: typeof content === 'string' ? Buffer.from(content) : content }
    const reply = await Promise.race([post(message, signal), abortOf(signal)])
    if (reply.body.length > largestReply) throw new Error(`it is longer than ${largestReply} bytes`)
    if (is === 'probe') return { ...failedAttempt(`chaos: ${kind}, answered with HTTP status ${reply.status}`), reply }
    const outcome = checkReply(reply)
    if (is === 'forgery' && outcome.accepted)
      return { ...failedAttempt(`chaos: ${kind}, and the answer acknowledges it all the same`), reply }
    return { outcome, reply }
  } catch (error) {
    return failedAttempt(`no answer: ${reasonOf(error)}`)
  }
}

const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return error.cause instanceof Error ? error.cause.message : error.message
}

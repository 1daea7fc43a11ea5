import type { Copy } from '../chaos/callback-plan.ts'
import { isLoopback } from '../platform/web-address.ts'
import { type Attempt, type Delivery, failedAttempt } from './delivery.ts'

// An acknowledgement has some hundred bytes.
const largestReply = 64 * 1024

interface Options {
  readonly allowRemote: boolean
  readonly signal: AbortSignal
}

/** Posts a delivery once and checks the reply. Follows no redirect. */
export const postDelivery = async (
  { checkReply, contentType, url }: Delivery,
  { body, is, kind }: Copy,
  { allowRemote, signal }: Options,
): Promise<Omit<Attempt, 'at'>> => {
  if (!allowRemote && !isLoopback(url)) return failedAttempt('not sent: the address is not on loopback')
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': contentType, Connection: 'close' },
      body: typeof body === 'string' ? body : Buffer.from(body),
      redirect: 'manual',
      signal,
    })
    const reply = { status: response.status, body: await readReply(response) }
    if (is === 'probe') return { ...failedAttempt(`chaos: ${kind}, answered with HTTP status ${reply.status}`), reply }
    const verdict = checkReply(reply)
    if (is === 'forgery' && verdict.accepted)
      return { ...failedAttempt(`chaos: ${kind}, and the answer acknowledges it all the same`), reply }
    return { verdict, reply }
  } catch (error) {
    return failedAttempt(`no answer: ${reasonOf(error)}`)
  }
}

const readReply = async ({ body }: Response): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > largestReply) throw new Error(`it is longer than ${largestReply} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return error.cause instanceof Error ? error.cause.message : error.message
}

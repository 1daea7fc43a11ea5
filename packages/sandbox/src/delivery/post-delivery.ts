import type { Copy } from '../chaos/callback-plan.ts'
import { isLoopback } from '../platform/web-address.ts'
import type { Attempt, Letter } from './delivery.ts'

// An acknowledgement is some hundred bytes.
const largestReply = 64 * 1024

type Setting = { readonly allowRemote: boolean; readonly signal: AbortSignal }

/** Posts a letter once, and judges the reply. Goes nowhere but to the address that the order named. */
export const postLetter = async (
  { contentType, judge, url }: Letter,
  { body, is, kind }: Copy,
  { allowRemote, signal }: Setting,
): Promise<Omit<Attempt, 'at'>> => {
  if (!allowRemote && !isLoopback(url)) return refused('not sent: the address is not on loopback')
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': contentType, Connection: 'close' },
      body: typeof body === 'string' ? body : Buffer.from(body),
      redirect: 'manual',
      signal,
    })
    const reply = { status: response.status, body: await readReply(response) }
    if (is === 'probe') return { ...refused(`chaos: ${kind}, answered with HTTP status ${reply.status}`), reply }
    const verdict = judge(reply)
    if (is === 'forgery' && verdict.accepted)
      return { ...refused(`chaos: ${kind}, and the answer acknowledges it all the same`), reply }
    return { verdict, reply }
  } catch (error) {
    return refused(`no answer: ${reasonOf(error)}`)
  }
}

export const refused = (reason: string): Omit<Attempt, 'at'> => ({ verdict: { accepted: false, reason } })

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

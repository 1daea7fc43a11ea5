import { randomInt, sign, verify } from 'node:crypto'
import { largestReply, type Platform, type Post, type StartTimer } from './platform.ts'

/** The process's own timers. They do not keep the process alive. */
export const startTimer: StartTimer = (ms, job) => {
  const timer = setTimeout(job, ms).unref()
  return () => clearTimeout(timer)
}

/** The process's own time, randomness, network and cryptography. */
export const createProcessPlatform = (now: () => Date = () => new Date()): Platform => ({
  now,
  after: startTimer,
  random: () => randomInt(randomSteps) / randomSteps,
  post: postByFetch,
  sign,
  verify,
})

// The largest range of `randomInt`.
const randomSteps = 2 ** 48 - 1

const postByFetch: Post = async ({ url, contentType: sentAs, body }, signal) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': sentAs, Connection: 'close' },
    body: Buffer.from(body),
    redirect: 'manual',
    signal,
  })
  const contentType = response.headers.get('content-type') ?? undefined
  return { status: response.status, contentType, body: await readReply(response) }
}

/** Stops reading after the first bytes that are too many. */
const readReply = async ({ body }: Response): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    chunks.push(chunk)
    if (size > largestReply) break
  }
  return Buffer.concat(chunks)
}

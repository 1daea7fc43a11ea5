import type { KeyObject } from 'node:crypto'

/** Where a sandbox gets its time, randomness, network and signatures from. With the same answers it does the same, byte
 *  for byte. */
export interface Platform {
  readonly now: () => Date
  readonly after: StartTimer
  readonly random: Random
  readonly post: Post
  /** RSASSA-PKCS1-v1_5: every signature that the vendor makes. */
  readonly sign: (hash: Digest, bytes: Uint8Array, privateKey: KeyObject) => Buffer
  /** Checks every signature that the vendor receives. */
  readonly verify: (hash: Digest, bytes: Uint8Array, publicKey: KeyObject, signature: Uint8Array) => boolean
}

/** Runs the job once after that many milliseconds. Gives the function that cancels it. */
export type StartTimer = (ms: number, job: () => void) => () => void

/** A number from 0 up to, but not including, 1. Ids, secrets and one-time codes are made of it. */
export type Random = () => number

/** The names of hashes in `node:crypto`. */
export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** Sends a notification to a merchant and resolves with the reply; follows no redirect. Rejects without a reply: the
 *  message is the reason in the books. After an abort of the signal its result is ignored. */
export type Post = (message: PostedMessage, signal: AbortSignal) => Promise<PostReply>

export interface PostedMessage {
  readonly url: string
  readonly contentType: string
  readonly body: Uint8Array
}

export interface PostReply {
  readonly status: number
  readonly contentType?: string | undefined
  /** More than `largestReply` bytes do not count. */
  readonly body: Uint8Array
}

/** The largest reply to a notification. An acknowledgement has some hundred bytes. */
export const largestReply = 64 * 1024

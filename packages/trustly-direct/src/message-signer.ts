import type { KeyObject } from 'node:crypto'
import { types } from 'node:util'
import {
  type Either,
  errorName,
  isLeft,
  left,
  PaymentError,
  type Runtime,
  right,
  type Signer,
  withTimeoutSignal,
} from '@railswitch/core/provider'
import {
  hashNames,
  type SignatureHash,
  type Signed,
  type SigningKey,
  sign,
  signedBytes,
  signSync,
  verify,
  writtenSignature,
} from './wire/signature.ts'

/** Why there is no signature: this host refuses the private key, or the signer gave none, or not that of the registered key. */
export type SigningFault =
  | 'cannot_sign'
  | 'not_a_signature'
  | 'other_key'
  | { readonly reason: 'no_signature'; readonly cause: unknown }

/** Signs acknowledgements: at once with a private key, later with a signer. */
export type SignReply = (message: Signed) => Either<SigningFault, string> | Promise<Either<SigningFault, string>>

/** Signs the messages of one account. Never rejects. */
export interface MessageSigner {
  readonly sign: (message: Signed) => Promise<Either<SigningFault, string>>
  readonly signReply: SignReply
}

/** Signs acknowledgements on this thread, and requests on the thread pool if there are several at once. */
export const keySigner = (key: SigningKey): MessageSigner => ({
  sign: (message) => sign(message, key),
  signReply: (message) => signSync(message, key),
})

export interface RemoteOptions {
  readonly algorithm: SignatureHash
  /** The public keys one of which must verify each signature. Empty: they are not known. */
  readonly registered: readonly KeyObject[]
  readonly timeoutMs: number
  readonly runtime: Runtime
}

/** Signs requests and acknowledgements by the application's signer, each within the time limit. */
export const remoteSigner = (signer: Signer, options: RemoteOptions): MessageSigner => {
  const signByIt: MessageSigner['sign'] = async (message) => {
    const { algorithm, registered } = options
    try {
      const signature: unknown = await ask(signer, signedBytes(message), options)
      if (!types.isUint8Array(signature) || signature.byteLength < shortestSignature) return left('not_a_signature')
      const written = writtenSignature(signature, algorithm)
      const isOfOtherKey = registered.length > 0 && isLeft(verify(message, written, { keys: registered }))
      return isOfOtherKey ? left('other_key') : right(written)
    } catch (cause) {
      return left({ reason: 'no_signature', cause })
    }
  }
  return { sign: signByIt, signReply: signByIt }
}

/** In bytes: that of a key of 2048 bits. */
const shortestSignature = 256

const ask = (signer: Signer, bytes: Uint8Array, { algorithm, timeoutMs, runtime }: RemoteOptions): Promise<unknown> =>
  withTimeoutSignal(runtime, timeoutMs, (signal) =>
    Promise.race([signer.sign(bytes, { hash: hashNames[algorithm], signal }), lateAt(signal, timeoutMs)]),
  )

const lateAt = (signal: AbortSignal, timeoutMs: number): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new SignatureTimeout(`no signature after ${timeoutMs} ms`)))
  })

/** The signer took longer than `timeoutMs`. */
class SignatureTimeout extends Error {
  override readonly name = 'SignatureTimeout'
}

/**
 * `mayHaveHappened`: an earlier call of the same attempt may have reached Trustly. The message has the name of the signer's error, but
 * not its text, which may show what was signed.
 */
export const signingError = (fault: SigningFault, mayHaveHappened: boolean): PaymentError => {
  const shared = { effect: mayHaveHappened ? 'may_have_happened' : 'not_sent', retry: 'same_attempt' } as const
  if (typeof fault === 'string') return new PaymentError({ ...shared, code: 'misconfigured', ...texts[fault] })
  const text = {
    message: `\`signer\` gave no signature (${errorName(fault.cause)}).`,
    hint: 'This call sent nothing. Look into `cause`, and call again with the same attempt.',
  }
  return new PaymentError({ ...shared, code: 'unreachable', ...text }, { cause: fault.cause })
}

/** The configuration signs a probe with `privateKey`, so `cannot_sign` means that the host's OpenSSL policy has changed since the start. */
const texts = {
  cannot_sign: {
    message: 'This host cannot sign with `privateKey`.',
    hint: "Check the host's OpenSSL policy. This call sent nothing.",
  },
  not_a_signature: {
    message: '`signer` returned something other than an RSA signature of 2048 bits or more.',
    hint: 'Return the bytes of the signature. This call sent nothing.',
  },
  other_key: {
    message: 'The signature of `signer` does not belong to `registeredPublicKey`.',
    hint: 'Check the key, RSASSA-PKCS1-v1_5 and the hash that the signer uses. This call sent nothing.',
  },
} as const

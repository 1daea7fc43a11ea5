import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { type Either, either, type Issue, isLeft, left, pipe, right, type Signer } from '@railswitch/core/provider'
import { type KeyMistake, keyMistake } from './wire/key-mistake.ts'
import { isPublishedTestKey, isTrustlyKey, trustlyPublicKeys } from './wire/published-keys.ts'
import { readPrivateKey, readPublicKeys } from './wire/rsa-keys.ts'
import type { SignatureHash } from './wire/signature.ts'

/** The options that name keys. Each environment has its own key pairs. */
export interface KeyOptions {
  /** The account's environment. `local` is a sandbox on this machine, and takes its `url` and `publicKey`. */
  readonly environment: 'local' | 'test' | 'live'
  /**
   * The public key of this account that Trustly has. If given, the start fails unless it is the public half of `privateKey`. With a
   * `signer`, which cannot be tried at the start, each signature is verified with it before it is sent: recommended, because a wrong key
   * or a wrong algorithm is then found here and not by Trustly.
   */
  readonly registeredPublicKey?: string
  /**
   * Trustly's public key(s), as text or as the path of a file. If given, only these are trusted; while a key is being replaced:
   * `[trustlyPublicKeys.live, 'next-trustly-key.pem']`. Default: the published key of the environment, which is built in.
   */
  readonly publicKey?: string | readonly string[]
  /** The hash that signs requests: `sha1`, `rs256`, `rs384` or `rs512`. Any of them is verified. Default: `sha1`, which is what Trustly documents. */
  readonly signature?: SignatureHash
}

/** The merchant's key is read at the start. */
export interface PrivateKeyOptions {
  /** RSA, 2048 bits or more: PEM (PKCS#1 or PKCS#8, also encrypted) or a JWK, as text or as the path of a file. */
  readonly privateKey: string
  /** The passphrase of an encrypted private key. */
  readonly passphrase?: string
  readonly signer?: undefined
}

/** The merchant's key stays in a KMS or an HSM. */
export interface SignerOptions {
  /**
   * Signs requests and acknowledgements, each within `timeoutMs`. Without a signature nothing is sent, and notifications are delivered
   * again. A KMS that signs no SHA-1 needs `signature: 'rs256'` or stronger.
   */
  readonly signer: Signer
  readonly privateKey?: undefined
  readonly passphrase?: undefined
}

/** The merchant's key or signer with the public keys that it must have, if they are known, and the keys that are trusted. */
export interface TrustlyKeys {
  readonly own: KeyObject | Signer
  readonly registered: readonly KeyObject[]
  readonly trustly: readonly KeyObject[]
}

type AllKeyOptions = KeyOptions & (PrivateKeyOptions | SignerOptions)

/** Reads every key once and tries it, so that no later call can fail because of a key. Left: every mistake, without key material. */
export const readTrustlyKeys = (options: AllKeyOptions): Either<readonly Issue[], TrustlyKeys> => {
  const { environment, registeredPublicKey } = options
  const own = ownKey(options)
  const registered =
    registeredPublicKey === undefined ? right([]) : publicKeysAt('registeredPublicKey', registeredPublicKey)
  const half = isLeft(own) || 'sign' in own.right ? null : createPublicKey(own.right)
  const ours = half !== null ? [half] : isLeft(registered) ? [] : registered.right
  const trustly = trustlyKeyTexts(options).map(([field, text]) =>
    pipe(
      publicKeysAt(field, text),
      either.flatMap((keys) => allSound(keys, mistakenKeyIssues(environment, field, keys, ours))),
    ),
  )
  const issues = [
    ...[own, ...trustly, registered].flatMap((read) => (isLeft(read) ? read.left : [])),
    ...(registeredPublicKey !== undefined && half !== null && !isLeft(registered)
      ? pairIssues(half, registered.right)
      : []),
    ...(environment === 'live' && ours.some(isPublishedTestKey)
      ? [publishedKey(half ? 'privateKey' : 'registeredPublicKey')]
      : []),
  ]
  return isLeft(own) || isLeft(registered) || issues.length > 0
    ? left(issues)
    : right({
        own: own.right,
        registered: registered.right,
        trustly: trustly.flatMap((read) => (isLeft(read) ? [] : read.right)),
      })
}

/** Exactly one of the two. A signer is not tried here: that would need a promise. */
const ownKey = (options: AllKeyOptions): Read<KeyObject | Signer> => {
  const { privateKey, passphrase, signer } = options
  if (signer === undefined)
    return privateKey === undefined
      ? left([noKey])
      : reading('privateKey', privateKey, (text) => readPrivateKey(text, passphrase, hashOf(options)))
  const issues = [
    ...(privateKey === undefined ? [] : [twoKeys]),
    ...(passphrase === undefined ? [] : [passphraseOfSigner]),
    ...(typeof (signer as Partial<Signer> | null)?.sign === 'function' ? [] : [notASigner]),
  ]
  return issues.length > 0 ? left(issues) : right(signer)
}

const noKey: Issue = {
  field: 'privateKey',
  rule: 'is required, unless there is a `signer`',
  fix: 'give the private key, or a signer if a KMS or an HSM has it',
}
const twoKeys: Issue = { field: 'signer', rule: 'must not stand beside `privateKey`', fix: 'remove one of the two' }
const passphraseOfSigner: Issue = {
  field: 'passphrase',
  rule: 'belongs to `privateKey`, not to `signer`',
  fix: 'remove it',
}
const notASigner: Issue = {
  field: 'signer',
  rule: 'must be an object with a function `sign`',
  fix: 'write { sign: async (bytes, { hash, signal }) => … }',
}

/** The schema of the configuration reports any other word. */
export const hashOf = ({ signature }: KeyOptions): SignatureHash =>
  signature === 'rs256' || signature === 'rs384' || signature === 'rs512' ? signature : 'sha1'

type Read<A> = Either<readonly Issue[], A>

const reading = <A>(field: string, given: unknown, read: (text: string) => Either<KeyMistake, A>): Read<A> =>
  typeof given !== 'string'
    ? left([]) // The schema of the configuration reports what is no text.
    : pipe(
        keyText(given),
        either.flatMap(read),
        either.mapLeft(({ rule, fix }) => [{ field, rule, fix }]),
      )

/** A key is about 2 KiB; several keys and a certificate fit. */
const largestFile = 64 * 1024

/**
 * The text of a key that is given as text or as the path of a file. A path is one line that begins neither a PEM block nor a JWK. A
 * mistake never repeats what was given: it may be the key.
 */
const keyText = (given: string): Either<KeyMistake, string> => {
  if (!isPath(given.trim())) return right(given)
  try {
    const file = statSync(given.trim())
    // Anything but a regular file may be a device or a pipe that never ends.
    if (file.isFile() && file.size <= largestFile) return right(readFileSync(given.trim(), 'utf8'))
  } catch {}
  return left(keyMistake('file_unreadable'))
}

const isPath = (text: string): boolean => text.length > 0 && text.length <= 1_024 && !/^\{|-----BEGIN|[\r\n]/.test(text)

const publicKeysAt = (field: string, given: unknown): Read<readonly KeyObject[]> =>
  reading(field, given, readPublicKeys)

const trustlyKeyTexts = ({ environment, publicKey }: KeyOptions): readonly [string, unknown][] => {
  if (Array.isArray(publicKey)) return publicKey.map((text, index) => [`publicKey.${index}`, text])
  if (publicKey !== undefined) return [['publicKey', publicKey]]
  return environment === 'test' || environment === 'live' ? [['publicKey', trustlyPublicKeys[environment]]] : []
}

const allSound = (keys: readonly KeyObject[], issues: readonly Issue[]): Read<readonly KeyObject[]> =>
  issues.length > 0 ? left(issues) : right(keys)

const pairIssues = (half: KeyObject, registered: readonly KeyObject[]): readonly Issue[] =>
  registered.some((key) => key.equals(half))
    ? []
    : [
        {
          field: 'registeredPublicKey',
          rule: 'is not the public half of `privateKey`',
          fix: 'compare it with `openssl pkey -in private.pem -pubout`, and send Trustly that one',
        },
      ]

const publishedKey = (field: string): Issue => ({
  field,
  rule: 'was published for tests: anybody can sign with it',
  fix: 'make one with `openssl genrsa -out private.pem 2048` and send Trustly the public half',
})

/**
 * Public test keys protect nothing, and keys of the other environment never verify. A sandbox can have any key. The schema of the
 * configuration reports a wrong environment.
 */
const mistakenKeyIssues = (
  environment: KeyOptions['environment'],
  field: string,
  keys: readonly KeyObject[],
  ours: readonly KeyObject[],
): readonly Issue[] => {
  if (environment !== 'test' && environment !== 'live') return []
  const fix = `leave it out: Trustly's key for ${environment} is built in`
  return keys.flatMap((key) => {
    if (ours.some((own) => own.equals(key)))
      return [{ field, rule: "is the public half of your own key, not of Trustly's", fix }]
    const other = environment === 'live' ? 'test' : 'live'
    if (isTrustlyKey(key, other)) return [{ field, rule: `is the key that Trustly published for ${other}`, fix }]
    return environment === 'live' && isPublishedTestKey(key) ? [{ field, rule: 'was published for tests', fix }] : []
  })
}

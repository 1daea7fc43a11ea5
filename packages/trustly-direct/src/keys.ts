import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { type Either, either, type Issue, isLeft, left, pipe, right } from '@railswitch/core/provider'
import { type KeyMistake, keyMistake } from './wire/key-mistake.ts'
import { isPublishedTestKey, isTrustlyKey, trustlyPublicKeys } from './wire/published-keys.ts'
import { readPrivateKey, readPublicKeys } from './wire/rsa-keys.ts'
import type { SignatureHash } from './wire/signature.ts'

/** The options that name keys. Each environment has its own key pairs. */
export interface KeyOptions {
  /** `local` is a sandbox on this machine, and takes its `publicKey`. */
  readonly environment: 'local' | 'test' | 'live'
  /** RSA, 2048 bits or more: PEM (PKCS#1 or PKCS#8, also encrypted) or a JWK, as text or as the path of a file. */
  readonly privateKey: string
  /** Of an encrypted private key. */
  readonly passphrase?: string
  /** The public key of this account that Trustly has: if given, the start fails unless it is the public half of `privateKey`. */
  readonly registeredPublicKey?: string
  /**
   * Trustly's public key(s), as text or as the path of a file. Default: the published key of the environment, which is built in.
   * If given, only these are trusted; while a key is being replaced: `[trustlyPublicKeys.live, 'next-trustly-key.pem']`.
   */
  readonly publicKey?: string | readonly string[]
  /** The hash that signs requests. Default `sha1`, which is what Trustly documents. Any of the four is verified. */
  readonly signature?: SignatureHash
}

/** The merchant's signing key, and the keys that are trusted. */
export interface TrustlyKeys {
  readonly own: KeyObject
  readonly trustly: readonly KeyObject[]
}

/** Reads every key once and tries it, so that no later call can fail because of a key. Left: every mistake, without key material. */
export const readTrustlyKeys = (options: KeyOptions): Either<readonly Issue[], TrustlyKeys> => {
  const { privateKey, passphrase, registeredPublicKey } = options
  const own = reading('privateKey', privateKey, (text) => readPrivateKey(text, passphrase, hashOf(options)))
  const half = isLeft(own) ? null : createPublicKey(own.right)
  const registered = registeredPublicKey === undefined ? null : publicKeysAt('registeredPublicKey', registeredPublicKey)
  const trustly = trustlyKeyTexts(options).map(([field, text]) =>
    pipe(
      publicKeysAt(field, text),
      either.flatMap((keys) => allSound(keys, mistakenKeyIssues(options.environment, field, keys, half))),
    ),
  )
  const issues = [
    ...[own, ...trustly].flatMap((read) => (isLeft(read) ? read.left : [])),
    ...(registered !== null && isLeft(registered) ? registered.left : []),
    ...(registered !== null && !isLeft(registered) && half !== null ? pairIssues(half, registered.right) : []),
    ...(options.environment === 'live' && half !== null && isPublishedTestKey(half) ? [publishedKey] : []),
  ]
  return isLeft(own) || issues.length > 0
    ? left(issues)
    : right({ own: own.right, trustly: trustly.flatMap((read) => (isLeft(read) ? [] : read.right)) })
}

/** The schema of the configuration reports any other word. */
const hashOf = ({ signature }: KeyOptions): SignatureHash =>
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

const publishedKey: Issue = {
  field: 'privateKey',
  rule: 'was published for tests: anybody can sign with it',
  fix: 'make one with `openssl genrsa -out private.pem 2048` and send Trustly the public half',
}

/**
 * Public test keys protect nothing, and keys of the other environment never verify. A sandbox can have any key. The schema of the
 * configuration reports a wrong environment.
 */
const mistakenKeyIssues = (
  environment: KeyOptions['environment'],
  field: string,
  keys: readonly KeyObject[],
  half: KeyObject | null,
): readonly Issue[] => {
  if (environment !== 'test' && environment !== 'live') return []
  const fix = `leave it out: Trustly's key for ${environment} is built in`
  return keys.flatMap((key) => {
    if (half?.equals(key)) return [{ field, rule: "is the public half of your own `privateKey`, not Trustly's", fix }]
    const other = environment === 'live' ? 'test' : 'live'
    if (isTrustlyKey(key, other)) return [{ field, rule: `is the key that Trustly published for ${other}`, fix }]
    return environment === 'live' && isPublishedTestKey(key) ? [{ field, rule: 'was published for tests', fix }] : []
  })
}

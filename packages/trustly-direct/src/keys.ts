import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Either, either, type Issue, isLeft, left, pipe, right } from '@railswitch/core'
import type { TrustlyDirectOptions } from './config.ts'
import { keyText } from './wire/key-text.ts'
import { isPublishedTestKey, isTrustlyKey, trustlyPublicKeys } from './wire/published-keys.ts'
import { type KeyMistake, readPrivateKey, readPublicKeys } from './wire/rsa-keys.ts'
import type { SignatureHash } from './wire/signature.ts'

/** What signs for the merchant, and whom to believe. */
export interface TrustlyKeys {
  readonly own: KeyObject
  readonly trustly: readonly KeyObject[]
}

/** Reads every key once, and tries it, so that no later call can fail on one. Left: every mistake, without key material. */
export const readTrustlyKeys = (options: TrustlyDirectOptions): Either<readonly Issue[], TrustlyKeys> => {
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
    ...(options.environment === 'live' && half !== null && isPublishedTestKey(half) ? [everybodysKey] : []),
  ]
  return isLeft(own) || issues.length > 0
    ? left(issues)
    : right({ own: own.right, trustly: trustly.flatMap((read) => (isLeft(read) ? [] : read.right)) })
}

/** The schema names any other word. */
const hashOf = ({ signature }: TrustlyDirectOptions): SignatureHash =>
  signature === 'rs256' || signature === 'rs384' || signature === 'rs512' ? signature : 'sha1'

type Read<A> = Either<readonly Issue[], A>

const reading = <A>(field: string, given: unknown, read: (text: string) => Either<KeyMistake, A>): Read<A> =>
  typeof given !== 'string'
    ? left([]) // The schema names what is no text.
    : pipe(
        keyText(given),
        either.flatMap(read),
        either.mapLeft(({ rule, fix }) => [{ field, rule, fix }]),
      )

const publicKeysAt = (field: string, given: unknown): Read<readonly KeyObject[]> =>
  reading(field, given, readPublicKeys)

const trustlyKeyTexts = ({ environment, publicKey }: TrustlyDirectOptions): readonly [string, unknown][] => {
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

const everybodysKey: Issue = {
  field: 'privateKey',
  rule: 'was published for tests: anybody can sign with it',
  fix: 'make one with `openssl genrsa -out private.pem 2048` and send Trustly the public half',
}

/**
 * Keys that everybody has protect nothing, and the other environment's never verify. A sandbox may have any. What is no environment,
 * the schema names; it is not repeated here.
 */
const mistakenKeyIssues = (
  environment: TrustlyDirectOptions['environment'],
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

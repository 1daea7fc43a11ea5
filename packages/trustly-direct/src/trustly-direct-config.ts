import {
  axiosTransport,
  type Either,
  type Issue,
  isLeft,
  left,
  right,
  rule,
  type Transport,
  toIssues,
} from '@railswitch/core'
import * as z from 'zod'
import type { TrustlyAccount } from './wire/call.ts'
import { type KeyMistake, readPrivateKey, readPublicKey } from './wire/keys.ts'
import { isPublishedTestKey, trustlyPublicKeys } from './wire/published-keys.ts'
import { type SignatureHash, sign, signSync, verify } from './wire/signature.ts'

/** One merchant account at Trustly. Each environment has its own username, password and key pair. */
export interface TrustlyDirectOptions {
  /** `local` is a twin on this machine, and takes its `url` and `publicKey`. */
  readonly environment: 'local' | 'test' | 'live'
  readonly username: string
  readonly password: string
  /** RSA, 2048 bits or more: PEM (PKCS#1 or PKCS#8) or a JWK, as text. */
  readonly privateKey: string
  /** Of an encrypted private key. */
  readonly passphrase?: string
  /** Default: Trustly's own address of the environment. */
  readonly url?: string
  /** Trustly's public key(s); the published one of the environment is built in. */
  readonly publicKey?: string | readonly string[]
  /** How requests are signed; `sha1`, the default, is what Trustly documents. Any of the four is verified. */
  readonly signature?: SignatureHash
  /** For one exchange, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number
  /** The pauses before an unanswered request is repeated, in milliseconds. Default 250 and 1 000. */
  readonly replayAfterMs?: readonly number[]
}

/** @see https://docs.trustly.com/api/api-protocol (read 2026-11-21) */
const urls = { test: 'https://test.trustly.com/api/1', live: 'https://api.trustly.com/1' }

const credential = z
  .string()
  .refine(
    (value) => value.length > 0 && value.trim() === value,
    rule('must not be empty or have white space around it', 'paste it again without the line break'),
  )
const milliseconds = z
  .number()
  .refine((value) => Number.isInteger(value) && value >= 0, rule('must be whole milliseconds', 'write 30000 for 30 s'))

const schema = z.strictObject({
  environment: z
    .string()
    .refine(
      (value) => ['local', 'test', 'live'].includes(value),
      rule('is no environment', 'write local, test or live'),
    ),
  username: credential,
  password: credential,
  privateKey: z.string(),
  passphrase: z.string().optional(),
  url: z
    .string()
    .refine(
      (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
      rule('must be an http(s) address', "leave it out for Trustly's own"),
    )
    .optional(),
  publicKey: z.union([z.string(), z.array(z.string())]).optional(),
  signature: z
    .string()
    .refine(
      (value) => ['sha1', 'rs256', 'rs384', 'rs512'].includes(value),
      rule('is no signature algorithm', 'write sha1, rs256, rs384 or rs512'),
    )
    .optional(),
  timeoutMs: milliseconds.optional(),
  replayAfterMs: z.array(milliseconds).optional(),
})

/** Reads the keys once, so that no later call can fail on them. Left: every mistake. */
export const readTrustlyConfig = (
  options: TrustlyDirectOptions,
  transport: Transport = axiosTransport(),
): Either<readonly Issue[], TrustlyAccount> => {
  const parsed = schema.safeParse(options)
  const issues: Issue[] = parsed.success ? [] : [...toIssues(parsed.error)]
  const { environment, privateKey, passphrase, signature = 'sha1' } = options
  const own = typeof privateKey === 'string' ? readPrivateKey(privateKey, passphrase) : null
  if (own && isLeft(own)) issues.push(keyIssue('privateKey', own.left))
  const theirs = [options.publicKey ?? builtIn(environment)].flat().map((text) => readPublicKey(text))
  issues.push(
    ...theirs.flatMap((key) => (isLeft(key) ? [keyIssue('publicKey', key.left)] : [])),
    ...localIssues(options),
    ...(environment === 'live' ? publishedKeyIssues(own, theirs) : []),
  )
  if (issues.length > 0 || own === null || isLeft(own)) return left(issues)
  const signer = { key: own.right, hash: signature }
  const publicKeys = theirs.flatMap((key) => (isLeft(key) ? [] : [key.right]))
  return right({
    url: options.url ?? urls[environment === 'live' ? 'live' : 'test'],
    username: options.username,
    password: options.password,
    transport,
    timeoutMs: options.timeoutMs ?? 30_000,
    replayAfterMs: options.replayAfterMs ?? [250, 1_000],
    sign: (message) => sign(message, signer),
    signSync: (message) => signSync(message, signer),
    verify: (message, given) => !isLeft(verify(message, given, { keys: publicKeys })),
  })
}

type ReadKey = ReturnType<typeof readPublicKey>

const builtIn = (environment: TrustlyDirectOptions['environment']): readonly string[] =>
  environment === 'test' || environment === 'live' ? [trustlyPublicKeys[environment]] : []

/** Keys that everybody has protect nothing. */
const publishedKeyIssues = (own: ReadKey | null, theirs: readonly ReadKey[]): readonly Issue[] => {
  const isPublished = (key: ReadKey | null): boolean => key !== null && !isLeft(key) && isPublishedTestKey(key.right)
  const rule = 'was published for tests'
  return [
    ...(isPublished(own)
      ? [
          {
            field: 'privateKey',
            rule: `${rule}: anybody can sign with it`,
            fix: 'make one with `openssl genrsa -out private.pem 2048` and send Trustly the public half',
          },
        ]
      : []),
    ...(theirs.some(isPublished)
      ? [{ field: 'publicKey', rule, fix: "leave it out: Trustly's key for live is built in" }]
      : []),
  ]
}

const keyIssue = (field: string, { rule: broken, fix }: KeyMistake): Issue => ({ field, rule: broken, fix })

/** A twin has its own address and key; real money never travels in the clear. */
const localIssues = ({ environment, url, publicKey }: TrustlyDirectOptions): readonly Issue[] => {
  if (environment !== 'local')
    return url?.startsWith('http:')
      ? [{ field: 'url', rule: 'must be https', fix: "leave it out for Trustly's own" }]
      : []
  return [
    ...(url === undefined
      ? [{ field: 'url', rule: 'is required where environment is local', fix: "give the twin's address" }]
      : []),
    ...(publicKey === undefined
      ? [{ field: 'publicKey', rule: 'is required where environment is local', fix: "give the twin's public key" }]
      : []),
  ]
}

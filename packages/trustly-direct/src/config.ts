import {
  axiosTransport,
  type Either,
  type Issue,
  isLeft,
  left,
  type ObjectSchema,
  type Runtime,
  right,
  systemRuntime,
  type Transport,
  toIssues,
  validationRule,
} from '@railswitch/core/provider'
import * as z from 'zod'
import type { TrustlyAccount } from './client/call.ts'
import {
  hashOf,
  type KeyOptions,
  type PrivateKeyOptions,
  readTrustlyKeys,
  type SignerOptions,
} from './configured-keys.ts'
import { keySigner, remoteSigner } from './message-signer.ts'
import { verify } from './wire/signature.ts'

/** One merchant account at Trustly, with a private key or a signer. Each environment has its own username, password and key pair. */
export type TrustlyDirectOptions = AccountOptions & (PrivateKeyOptions | SignerOptions)

/** The options of an account, except its private key or signer. */
export interface AccountOptions extends KeyOptions {
  /** The username of the API, from Trustly: not that of the back office. */
  readonly username: string
  /** The password of the API, from Trustly. */
  readonly password: string
  /** The address of the API. Required where `environment` is `local`. Default: Trustly's own address of the environment. */
  readonly url?: string
  /** The time limit of one exchange, in milliseconds. Default: 30000. */
  readonly timeoutMs?: number
  /** The pauses before a request without a valid response is repeated, in milliseconds. Default: 250, 1000. */
  readonly replayAfterMs?: readonly number[]
}

/** @see https://docs.trustly.com/api/api-protocol (read 2026-11-21) */
const urls = { test: 'https://test.trustly.com/api/1', live: 'https://api.trustly.com/1' }

/** What `railswitch sandbox` prints. */
const example = "such as 'http://127.0.0.1:4270/api/1'"

const credential = (what: string) =>
  z
    .string()
    .describe(what)
    .refine(
      (value) => value.length > 0 && value.trim() === value,
      validationRule('must not be empty or have white space around it', 'paste it again without the line break'),
    )
const milliseconds = z
  .number()
  .refine(
    (value) => Number.isInteger(value) && value >= 0,
    validationRule('must be whole milliseconds', 'write 30000 for 30 s'),
  )

const schema = z.strictObject({
  environment: z
    .string()
    .refine(
      (value) => ['local', 'test', 'live'].includes(value),
      validationRule('is no environment', 'write local, test or live'),
    )
    .describe('local, test or live'),
  username: credential('the username of the API, from Trustly'),
  password: credential('the password of the API, from Trustly'),
  privateKey: z.string().optional(),
  signer: z.unknown().optional(),
  passphrase: z.string().optional(),
  url: z
    .string()
    .refine(
      (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
      validationRule(
        'must be an http(s) address',
        `leave it out for Trustly's own, or give that of a sandbox, ${example}`,
      ),
    )
    .optional(),
  registeredPublicKey: z.string().optional(),
  publicKey: z
    .union([
      z.string(),
      z
        .array(z.string())
        .refine((keys) => keys.length > 0, validationRule('must not be empty', "leave it out for Trustly's own key")),
    ])
    .optional(),
  signature: z
    .string()
    .refine(
      (value) => ['sha1', 'rs256', 'rs384', 'rs512'].includes(value),
      validationRule('is no signature algorithm', 'write sha1, rs256, rs384 or rs512'),
    )
    .default('sha1'),
  timeoutMs: milliseconds.default(30_000),
  replayAfterMs: z.array(milliseconds).default([250, 1_000]),
})

/** Every option, with its default. */
export const trustlyDirectSchema: ObjectSchema = schema

/** What an account uses instead of this process's own. */
interface AccountPorts {
  readonly transport?: Transport | undefined
  readonly runtime?: Runtime | undefined
  readonly verify?: TrustlyAccount['verify'] | undefined
  readonly rail?: string | undefined
}

/** Checks the options, and reads and tries the keys. Left: every mistake. */
export const readConfig = (
  options: TrustlyDirectOptions,
  { transport = axiosTransport(), runtime = systemRuntime, verify: replacement, rail }: AccountPorts = {},
): Either<readonly Issue[], TrustlyAccount> => {
  const parsed = schema.safeParse(options)
  const keys = readTrustlyKeys(options)
  const issues = [
    ...(parsed.success ? [] : toIssues(parsed.error, schema)),
    ...(isLeft(keys) ? keys.left : []),
    ...addressIssues(options),
  ]
  if (issues.length > 0 || !parsed.success || isLeft(keys)) return left(issues)
  const { environment, username, password, timeoutMs, replayAfterMs } = parsed.data
  const signature = hashOf(options)
  const { own, registered, trustly } = keys.right
  return right({
    ...('sign' in own
      ? remoteSigner(own, { algorithm: signature, registered, timeoutMs, runtime })
      : keySigner({ key: own, hash: signature })),
    url: options.url ?? urls[environment === 'live' ? 'live' : 'test'],
    rail,
    environment,
    username,
    password,
    transport,
    runtime,
    timeoutMs,
    replayAfterMs,
    trustedKeys: trustly,
    verify: replacement ?? ((message, given) => !isLeft(verify(message, given, { keys: trustly }))),
  })
}

/**
 * A sandbox has its own address and key. Requests with real money need https, and go to no other environment. Issues never repeat
 * what was given: a wrong `environment` may be a secret that was pasted into the wrong field.
 */
const addressIssues = ({ environment, url, publicKey }: TrustlyDirectOptions): readonly Issue[] => {
  if (environment === 'local')
    return [
      ...(url === undefined
        ? [
            {
              field: 'url',
              rule: 'is required where environment is local',
              fix: `give the sandbox's address, ${example}`,
            },
          ]
        : []),
      ...(publicKey === undefined
        ? [{ field: 'publicKey', rule: 'is required where environment is local', fix: "give the sandbox's public key" }]
        : []),
    ]
  if (typeof url !== 'string' || !URL.canParse(url) || (environment !== 'test' && environment !== 'live')) return []
  const { protocol, hostname } = new URL(url)
  const fix = "leave it out for Trustly's own"
  if (protocol === 'http:') return [{ field: 'url', rule: 'must be https', fix }]
  const belongsTo = environmentOf.get(hostname)
  const other = environment === 'live' ? 'test' : 'live'
  return belongsTo === other
    ? [{ field: 'url', rule: `is Trustly's address of ${other}, and environment is not`, fix }]
    : []
}

const environmentOf: ReadonlyMap<string, 'test' | 'live'> = new Map([
  ['test.trustly.com', 'test'],
  ['api.trustly.com', 'live'],
  ['trustly.com', 'live'],
])

import {
  axiosTransport,
  type Either,
  type Issue,
  left,
  minuteMs,
  type ObjectSchema,
  right,
  type Transport,
  toIssues,
  validationRule,
} from '@railswitch/core/provider'
import * as z from 'zod'
import type { PayablAccount } from './client/call.ts'

/** One merchant account at payabl. Each environment has its own merchant id and secret. */
export interface PayablTrustlyOptions {
  /** The account's environment. `local` is a sandbox on this machine, and takes its `url`. */
  readonly environment: 'local' | 'test' | 'live'
  /** The account's merchant id, from payabl's back office. */
  readonly merchantId: string
  /** The account's secret. Several for rotation: the first signs requests, callbacks are verified with each. */
  readonly secret: string | readonly string[]
  /**
   * The address of the gateway, up to and including `/pay/backoffice`. Required for `live`: payabl sends it at the end of the onboarding.
   * Default: payabl's sandbox, for `test`.
   */
  readonly url?: string
  /** The encoding of requests. Default: `iso-8859-1`, which is what payabl documents. */
  readonly charset?: 'iso-8859-1' | 'utf-8'
  /** What to do with letters that ISO-8859-1 does not have, such as ł. Default: `transliterate`. */
  readonly onUnencodable?: 'transliterate' | 'refuse'
  /** The merchant's business: payabl lets gambling merchants pay out to the account of a deposit only. Default: `other`. */
  readonly business?: 'gambling' | 'other'
  /** The time limit of one exchange, in milliseconds; a query can take twice as long. Default: 60000. */
  readonly timeoutMs?: number
}

const secret = z
  .string()
  .describe("the account's secret")
  .refine(
    (value) => value.length > 0 && value.trim() === value && /^[\x20-\x7e]+$/.test(value),
    validationRule('must be printable ASCII without white space around it', 'paste it again without the line break'),
  )
const oneOf = <Value extends string>(...values: readonly Value[]) =>
  z
    .string()
    .refine(
      (value) => (values as readonly string[]).includes(value),
      validationRule('is not a known value', `write ${values.join(' or ')}`),
    ) as unknown as z.ZodType<Value>

const schema = z.strictObject({
  environment: oneOf('local', 'test', 'live').describe('local, test or live'),
  merchantId: z
    .string()
    .describe("the account's merchant id, from payabl's back office")
    .refine(
      (value) => /^[\x21-\x7e]{1,40}$/.test(value),
      validationRule('must be 1 to 40 characters without white space', "copy it from payabl's back office"),
    ),
  secret: z.union([
    secret,
    z
      .array(secret)
      .describe('a list of secrets')
      .refine((secrets) => secrets.length > 0, validationRule('must not be empty', 'write the secret of the account')),
  ]),
  url: z
    .string()
    .refine(
      (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && !/[?#]/.test(value),
      validationRule('must be an http(s) address', "write it such as 'https://sandbox.payabl.com/pay/backoffice'"),
    )
    .optional(),
  charset: oneOf('iso-8859-1', 'utf-8').default('iso-8859-1'),
  onUnencodable: oneOf('transliterate', 'refuse').default('transliterate'),
  business: oneOf('gambling', 'other').default('other'),
  timeoutMs: z
    .number()
    .refine(
      (value) => Number.isInteger(value) && value > 0,
      validationRule('must be whole milliseconds', 'write 60000 for 60 s'),
    )
    .default(minuteMs),
})

/** Every option, with its default. */
export const payablTrustlySchema: ObjectSchema = schema

const sandboxUrl = 'https://sandbox.payabl.com/pay/backoffice'

/** What an account uses instead of this process's own. */
interface AccountPorts {
  readonly transport?: Transport | undefined
  readonly rail?: string | undefined
}

/** Checks the options. Left: every mistake. */
export const readConfig = (
  options: PayablTrustlyOptions,
  { transport = axiosTransport(), rail }: AccountPorts = {},
): Either<readonly Issue[], PayablAccount> => {
  const parsed = schema.safeParse(options)
  const issues = [...(parsed.success ? [] : toIssues(parsed.error, schema)), ...urlIssues(options)]
  const [first, ...older] = [options.secret].flat()
  if (issues.length > 0 || !parsed.success || first === undefined) return left(issues)
  const { merchantId, charset, onUnencodable, timeoutMs } = parsed.data
  return right({
    url: (options.url ?? sandboxUrl).replace(/\/+$/, ''),
    rail,
    environment: options.environment,
    merchantId,
    secrets: [first, ...older],
    encoding: { charset, onUnencodable },
    transport,
    timeoutMs,
  })
}

/** Issues never repeat what was given: a wrong `environment` may be a secret that was pasted into the wrong field. */
const urlIssues = ({ environment, url }: PayablTrustlyOptions): readonly Issue[] => {
  if (url === undefined)
    return environment === 'local' || environment === 'live' ? [{ field: 'url', ...withoutUrl[environment] }] : []
  const inClear = (environment === 'test' || environment === 'live') && /^http:/i.test(String(url))
  return inClear ? [{ field: 'url', rule: 'must be https', fix: 'write the https address' }] : []
}

const withoutUrl = {
  local: {
    rule: 'is required where environment is local',
    fix: "give the sandbox's address, such as 'http://127.0.0.1:4270/pay/backoffice'",
  },
  live: {
    rule: 'is required where environment is live',
    fix: 'payabl sends the live address at the end of the onboarding',
  },
}

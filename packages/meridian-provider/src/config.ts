import { type Either, type Issue, left, right, toIssues, validationRule } from '@railswitch/core/provider'
import * as z from 'zod'

/** The options of a rail with `use: meridian`. */
export interface MeridianOptions {
  /** The account's environment. `local` is a Meridian on this machine, and takes its `url`. */
  readonly environment: 'local' | 'test' | 'live'
  /** The account's id: `mk_…`. */
  readonly apiKey: string
  /** The account's secret. While it is being replaced: the new one and the old one, as a list or separated by a comma. The first one signs. */
  readonly secret: string | readonly string[]
  /** The address of the API. Required for `local`. */
  readonly url?: string
}

/** Options that were checked. */
export interface Config {
  readonly apiKey: string
  /** The first one signs. */
  readonly secrets: readonly [string, ...string[]]
  /** Without a slash at its end. */
  readonly url: string
}

const addresses = { test: 'https://api.test.meridian.example/v1', live: 'https://api.meridian.example/v1' } as const

const secretsOf = (secret: string | readonly string[]): readonly string[] =>
  typeof secret === 'string' ? secret.split(',').map((one) => one.trim()) : secret

const areSecrets = (value: string | readonly string[]): boolean => {
  const secrets = secretsOf(value)
  return secrets.length > 0 && secrets.every((one) => /^[\x21-\x7e]{24,200}$/.test(one) && !one.includes(','))
}

const optionsSchema = z.strictObject({
  environment: z.enum(['local', 'test', 'live'], { error: "must be 'local', 'test' or 'live'" }),
  apiKey: z
    .string()
    .describe("the account's id")
    .refine(
      (value) => /^mk_[A-Za-z0-9]{4,60}$/.test(value),
      validationRule('must be an id of an account', 'copy the id that begins with mk_'),
    ),
  secret: z
    .union([z.string(), z.array(z.string())])
    .refine(
      areSecrets,
      validationRule('must be one or several secrets of 24 to 200 characters', 'copy it from the page of the account'),
    ),
  url: z
    .string()
    .refine(
      (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && !/[?#]/.test(value),
      validationRule('must be an absolute http(s) address', "write it such as 'https://api.meridian.example/v1'"),
    )
    .optional(),
})

/** Checks every option. Left: all mistakes. */
export const readConfig = (options: Readonly<Record<string, unknown>>): Either<readonly Issue[], Config> => {
  const parsed = optionsSchema.safeParse(options)
  const issues = [...(parsed.success ? [] : toIssues(parsed.error, optionsSchema)), ...urlIssues(options)]
  if (!parsed.success || issues.length > 0) return left(issues)
  const { environment, apiKey, secret, url = environment === 'local' ? '' : addresses[environment] } = parsed.data
  const [first = '', ...others] = secretsOf(secret)
  return right({ apiKey, secrets: [first, ...others], url: url.replace(/\/+$/, '') })
}

/** What depends on the environment. */
const urlIssues = ({ environment, url }: Readonly<Record<string, unknown>>): readonly Issue[] => {
  if (environment === 'local' && url === undefined)
    return [{ field: 'url', rule: 'is required for local', fix: 'pass the address of the Meridian on this machine' }]
  if (environment !== 'local' && typeof url === 'string' && /^http:/i.test(url))
    return [{ field: 'url', rule: 'must be https', fix: 'leave it out, or write the https address' }]
  return []
}

import {
  consoleLogger,
  createRecordRules,
  type Either,
  type Issue,
  invalid,
  isLeft,
  left,
  type PaymentProvider,
  type ProviderPorts,
  prefixIssues,
  type Runtime,
  right,
  silentLogger,
  toIssues,
  trimmedTextRule,
  withoutErrors,
} from '@railswitch/core'
import { createPayablTrustly } from '@railswitch/payabl-trustly'
import { createTrustlyDirect } from '@railswitch/trustly-direct'
import * as z from 'zod'
import { callbackUrlIssues } from './callback-url.ts'
import { issuesBySources } from './config-sources.ts'
import { createDefinedRail, isDefinedRail } from './defined-rail.ts'
import type { PaymentsConfig, RailConfig, ReadyConfig } from './payments-config.ts'
import { isProviderObject, providerObjectIssues } from './provider-object.ts'
import {
  addressIssues,
  type NamedRail,
  namedRails,
  type ReadyRail,
  railIssues,
  requirementIssues,
} from './rail-issues.ts'
import { withStoreErrors } from './store-errors.ts'
import { storeIssues } from './store-issues.ts'

/** Checks the configuration and creates its providers. Throws `invalid_configuration` with all mistakes at once. */
export const readConfig = <Tx>(config: PaymentsConfig<Tx>, runtime: Runtime): ReadyConfig<Tx> => {
  const named = isObject(config) ? namedRails(config.providers) : []
  const top = paymentsSchema.safeParse(isObject(config) ? withDisplayNames(config, named) : config)
  const issues: Issue[] = top.success ? [] : [...toIssues(top.error, paymentsSchema)]
  if (!isObject(config)) throw invalid('invalid_configuration', [noConfiguration])
  const rails: ReadyRail[] = []
  for (const { name, displayName, rail } of named.filter((one) => isObject(one.rail))) {
    const provider = createRail(rail, { transport: config.transport, runtime, rail: displayName })
    if (isLeft(provider)) issues.push(...prefixIssues(`providers.${displayName}`, provider.left))
    else rails.push({ name, displayName, provider: provider.right })
  }
  issues.push(
    ...railIssues(config, named),
    ...requirementIssues(config.requires, rails),
    ...addressIssues(config.callbacks?.url, rails),
    ...callbackUrlIssues(config),
    ...storeIssues(config),
    ...clockIssues(config.clock),
  )
  const allIssues = issuesBySources(config, issues)
  if (allIssues.length > 0 || !top.success) throw invalid('invalid_configuration', allIssues)
  const [first = '', ...older] = config.callbacks.secrets
  const byName = new Map(rails.map(({ name, provider }) => [name, provider]))
  return {
    active: config.active,
    rails: byName,
    store: withStoreErrors(config.store),
    rules: createRecordRules(byName),
    callbacks: {
      url: config.callbacks.url.replace(/\/+$/, ''),
      secrets: [first, ...older],
      handlerTimeoutMs: Number(top.data.callbacks.handlerTimeoutMs),
    },
    ...(config.statement !== undefined && { statement: config.statement }),
    crossCheck: top.data.crossCheck,
    reconciled: top.data.reconciled,
    logger: withoutErrors(config.logger === false ? silentLogger : (config.logger ?? consoleLogger)),
    onError: config.onError,
    ...runtime,
  }
}

const noConfiguration: Issue = {
  field: 'config',
  rule: 'must be an object',
  fix: 'write createPayments({ active, providers, store, callbacks })',
}

/** A clock that fails later would fail every call. */
const clockIssues = (clock: unknown): readonly Issue[] => {
  if (typeof clock !== 'function') return []
  try {
    const now: unknown = clock()
    if (now instanceof Date && !Number.isNaN(now.getTime())) return []
  } catch {}
  return [{ field: 'clock', rule: 'must return a valid Date', fix: 'write () => new Date()' }]
}

/** One hour. The lease is twice as long. */
const longestHandlerMs = 3_600_000

const custom = (accepts: (value: unknown) => boolean, message: string, fix: string) =>
  z.unknown().refine(accepts, {
    error: ({ input }) => (input === undefined || input === '' ? 'is required' : message),
    params: { fix },
  })

const isFunction = (name: string) =>
  custom((value) => typeof value === 'function', 'must be a function', `leave it out for the default ${name}`)

const flag = z.boolean().describe('true or false').default(true)

/** Every option, with its default. The options of a rail are checked by its provider. */
export const paymentsSchema = z.strictObject({
  active: custom(
    (value) => typeof value === 'function' || typeof value === 'string',
    "must be a rail's name, or a function that returns it",
    'write the name of a rail',
  ).optional(), // `railIssues` checks the name
  providers: z
    .record(z.string(), custom(isObject, 'must be options or a provider', "set `use`, such as 'trustly-direct'"))
    .describe('an object with the options of each rail'),
  store: z.unknown().optional(), // checked by `storeIssues`
  callbacks: z.strictObject({
    url: custom(
      (value) => typeof value === 'string' && isPlainUrl(value),
      'must be an absolute http(s) address in ASCII without ? and #, which Trustly forbids',
      "write it such as 'https://shop.example/callbacks'",
    ),
    secrets: z
      .array(
        custom(
          (value) => typeof value === 'string' && value.trim() === value && value.length >= 32,
          'must be at least 32 characters without white space around them',
          'create one with `openssl rand -base64 32`',
        ),
      )
      .refine((secrets) => secrets.length > 0, {
        error: 'must contain at least one secret',
        params: { fix: 'create one with `openssl rand -base64 32`' },
      })
      .describe('a list of secrets'),
    handlerTimeoutMs: custom(
      (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestHandlerMs,
      `must be whole milliseconds from 1 to ${longestHandlerMs}`,
      'write 10000 for 10 s',
    ).default(10_000),
  }),
  statement: z
    .string()
    .refine(...trimmedTextRule(100))
    .optional(),
  crossCheck: flag,
  reconciled: flag,
  requires: z.array(z.string().describe('the name of a capability')).describe('a list of capabilities').optional(),
  logger: custom(
    (value) => value === false || isLogger(value),
    'must be false or have the functions info, warn and error',
    'pass a logger such as console or pino',
  ).optional(),
  onError: isFunction('onError').optional(),
  transport: isFunction('transport').optional(),
  clock: isFunction('clock').optional(),
})

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

const isLogger = (value: unknown): boolean =>
  (['info', 'warn', 'error'] as const).every(
    (level) => typeof (value as Partial<Record<string, unknown>> | null)?.[level] === 'function',
  )

const isPlainUrl = (value: string): boolean =>
  /^https?:\/\/[\x21-\x7e]+$/.test(value) && URL.canParse(value) && !/[?#]/.test(value)

/** The configuration with the display names of its rails, because zod's issues contain these names. */
const withDisplayNames = <Tx>(config: PaymentsConfig<Tx>, rails: readonly NamedRail[]): object =>
  rails.length === 0
    ? config
    : { ...config, providers: Object.fromEntries(rails.map(({ displayName, rail }) => [displayName, rail])) }

const createRail = (rail: RailConfig, dependencies: ProviderPorts): Either<readonly Issue[], PaymentProvider> => {
  if (isProviderObject(rail)) {
    const issues = providerObjectIssues(rail)
    return issues.length > 0 ? left(issues) : right(rail)
  }
  if (isDefinedRail(rail)) return createDefinedRail(rail, dependencies)
  switch (rail.use) {
    case 'trustly-direct': {
      const { use, ...options } = rail
      return createTrustlyDirect(options, dependencies)
    }
    case 'payabl-trustly': {
      const { use, ...options } = rail
      return createPayablTrustly(options, dependencies)
    }
    default:
      return left([
        {
          field: 'use',
          rule:
            (rail as { readonly use?: unknown }).use === undefined ? 'is required' : 'is not a provider of railswitch',
          fix: "write 'trustly-direct' or 'payabl-trustly', or pass the definition of another provider",
        },
      ])
  }
}

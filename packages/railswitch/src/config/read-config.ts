import {
  consoleLogger,
  createRecordRules,
  type Either,
  type Issue,
  invalid,
  isLeft,
  left,
  type PaymentProvider,
  prefixIssues,
  type Runtime,
  right,
  type Store,
  silentLogger,
  type Transport,
  toIssues,
  trimmedText,
  withoutErrors,
} from '@railswitch/core'
import { createPayablTrustly } from '@railswitch/payabl-trustly'
import { createTrustlyDirect } from '@railswitch/trustly-direct'
import * as z from 'zod'
import type { PaymentsConfig, RailConfig, ReadyConfig } from './payments-config.ts'
import {
  addressIssues,
  type NamedRail,
  namedRails,
  type ReadyRail,
  railIssues,
  requirementIssues,
} from './rail-issues.ts'
import { withStoreErrors } from './store-errors.ts'

/** Checks the configuration and creates its providers. Throws `invalid_configuration` with all mistakes at once. */
export const readConfig = <Tx>(config: PaymentsConfig<Tx>, runtime: Runtime): ReadyConfig<Tx> => {
  const named = isObject(config) ? namedRails(config.providers) : []
  const top = shape.safeParse(isObject(config) ? withDisplayNames(config, named) : config)
  const issues: Issue[] = top.success ? [] : [...toIssues(top.error)]
  if (!isObject(config)) throw invalid('invalid_configuration', issues)
  const rails: ReadyRail[] = []
  for (const { name, displayName, rail } of named.filter((one) => isObject(one.rail))) {
    const provider = createRail(rail, { transport: config.transport, runtime })
    if (isLeft(provider)) issues.push(...prefixIssues(`providers.${displayName}`, provider.left))
    else rails.push({ name, displayName, provider: provider.right })
  }
  issues.push(
    ...railIssues(config.active, named),
    ...requirementIssues(config.requires, rails),
    ...addressIssues(config.callbacks?.url, rails),
    ...liveIssues(config),
  )
  if (issues.length > 0) throw invalid('invalid_configuration', issues)
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
      handlerTimeoutMs: config.callbacks.handlerTimeoutMs ?? 10_000,
    },
    ...(config.statement !== undefined && { statement: config.statement }),
    crossCheck: config.crossCheck ?? true,
    reconciled: config.reconciled ?? true,
    logger: withoutErrors(config.logger === false ? silentLogger : (config.logger ?? consoleLogger)),
    onError: config.onError,
    ...runtime,
  }
}

/** One hour. The lease is twice as long. */
const longestHandlerMs = 3_600_000

const custom = (accepts: (value: unknown) => boolean, message: string, fix: string) =>
  z.unknown().refine(accepts, { error: message, params: { fix } })

const isFunction = (name: string) =>
  custom((value) => typeof value === 'function', 'must be a function', `leave it out for the default ${name}`)

const shape = z.strictObject({
  active: custom(
    (value) => typeof value === 'function' || (typeof value === 'string' && value !== ''),
    "must be a rail's name or a function",
    'write the name of one of `providers`',
  ),
  providers: z.record(z.string(), custom(isObject, 'must be options or a provider', 'set `use`')),
  store: custom(
    (value) => typeof (value as Partial<Store> | undefined)?.begin === 'function',
    'must be a store',
    'pass memoryStore() for tests',
  ),
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
      }),
    handlerTimeoutMs: custom(
      (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestHandlerMs,
      `must be whole milliseconds from 1 to ${longestHandlerMs}`,
      'write 10000 for 10 s',
    ).optional(),
  }),
  statement: trimmedText(100).optional(),
  crossCheck: z.boolean().optional(),
  reconciled: z.boolean().optional(),
  requires: z.array(z.string()).optional(),
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

const createRail = (
  rail: RailConfig,
  dependencies: { readonly transport: Transport | undefined; readonly runtime: Runtime },
): Either<readonly Issue[], PaymentProvider> => {
  if ('verifyCallback' in rail) return right(rail)
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
          rule: 'is not a provider of railswitch',
          fix: "write 'trustly-direct' or 'payabl-trustly'",
        },
      ])
  }
}

/** Mistakes that are allowed only in local development. */
const liveIssues = <Tx>({ providers, store, callbacks }: PaymentsConfig<Tx>): readonly Issue[] => {
  const environments = Object.values(providers ?? {}).map(
    (rail) => (rail as { readonly environment?: unknown } | null)?.environment,
  )
  const insecure = typeof callbacks?.url === 'string' && !callbacks.url.startsWith('https:')
  return [
    ...(insecure && environments.some((environment) => environment === 'live' || environment === 'test')
      ? [
          {
            field: 'callbacks.url',
            rule: 'must be https unless every rail is local',
            fix: 'write an https address',
          },
        ]
      : []),
    ...(environments.includes('live') && typeof store === 'object' && store?.durable !== true
      ? [
          {
            field: 'store',
            rule: 'loses its payments when the process ends',
            fix: 'pass a durable store for live rails',
          },
        ]
      : []),
  ]
}

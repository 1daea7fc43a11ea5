import {
  createRecordRules,
  type Either,
  type Issue,
  invalid,
  isLeft,
  left,
  type PaymentProvider,
  right,
  type Store,
  silentLogger,
  type Transport,
  text,
  toIssues,
  within,
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

/** Throws `invalid_configuration` with every mistake at once. */
export const readConfig = <Tx>(config: PaymentsConfig<Tx>): ReadyConfig<Tx> => {
  const given = isObject(config) ? namedRails(config.providers) : []
  const top = shape.safeParse(isObject(config) ? withShownNames(config, given) : config)
  const issues: Issue[] = top.success ? [] : [...toIssues(top.error)]
  if (!isObject(config)) throw invalid('invalid_configuration', issues)
  const rails: ReadyRail[] = []
  for (const { name, shown, rail } of given.filter((one) => isObject(one.rail))) {
    const made = createRail(rail, { transport: config.transport, clock: config.clock })
    if (isLeft(made)) issues.push(...within(`providers.${shown}`, made.left))
    else rails.push({ name, shown, provider: made.right })
  }
  issues.push(
    ...railIssues(config.active, given),
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
    store: config.store,
    rules: createRecordRules(byName),
    callbacks: {
      url: config.callbacks.url.replace(/\/+$/, ''),
      secrets: [first, ...older],
      handlerTimeoutMs: config.callbacks.handlerTimeoutMs ?? 10_000,
    },
    ...(config.statement !== undefined && { statement: config.statement }),
    crossCheck: config.crossCheck ?? true,
    reconciled: config.reconciled ?? true,
    logger: config.logger ?? silentLogger,
    now: config.clock ?? (() => new Date()),
  }
}

/** What a timer can wait for; the lease is twice that. */
const longestHandlerMs = 3_600_000

const custom = (accepts: (value: unknown) => boolean, message: string, fix: string) =>
  z.unknown().refine(accepts, { error: message, params: { fix } })

const isFunction = (name: string) =>
  custom((value) => typeof value === 'function', 'must be a function', `leave it out for the default ${name}`)

const shape = z.strictObject({
  active: custom(
    (value) => typeof value === 'function' || (typeof value === 'string' && value !== ''),
    "must be a rail's name or a function",
    'name one of `providers`',
  ),
  providers: z.record(z.string(), custom(isObject, 'must be options or a provider', 'give `use`')),
  store: custom(
    (value) => typeof (value as Partial<Store> | undefined)?.begin === 'function',
    'must be a store',
    'give memoryStore() for tests',
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
          'draw one with `openssl rand -base64 32`',
        ),
      )
      .refine((secrets) => secrets.length > 0, {
        error: 'must hold at least one secret',
        params: { fix: 'draw one with `openssl rand -base64 32`' },
      }),
    handlerTimeoutMs: custom(
      (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestHandlerMs,
      `must be whole milliseconds from 1 to ${longestHandlerMs}`,
      'write 10000 for 10 s',
    ).optional(),
  }),
  statement: text(100).optional(),
  crossCheck: z.boolean().optional(),
  reconciled: z.boolean().optional(),
  requires: z.array(z.string()).optional(),
  logger: z.unknown().optional(),
  transport: isFunction('transport').optional(),
  clock: isFunction('clock').optional(),
})

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

const isPlainUrl = (value: string): boolean =>
  /^https?:\/\/[\x21-\x7e]+$/.test(value) && URL.canParse(value) && !/[?#]/.test(value)

/** The configuration with the names that errors show: zod's issues hold the names of its members. */
const withShownNames = <Tx>(config: PaymentsConfig<Tx>, given: readonly NamedRail[]): object =>
  given.length === 0
    ? config
    : { ...config, providers: Object.fromEntries(given.map(({ shown, rail }) => [shown, rail])) }

const createRail = (
  rail: RailConfig,
  dependencies: { readonly transport?: Transport | undefined; readonly clock?: (() => Date) | undefined },
): Either<readonly Issue[], PaymentProvider> => {
  if ('receive' in rail) return right(rail)
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
          rule: 'is not a provider that ships with railswitch',
          fix: "write 'trustly-direct' or 'payabl-trustly'",
        },
      ])
  }
}

/** What only local development may do. */
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
            rule: 'must be https, except where every rail is local',
            fix: 'give an https address',
          },
        ]
      : []),
    ...(environments.includes('live') && typeof store === 'object' && store?.durable !== true
      ? [{ field: 'store', rule: 'forgets its payments with the process', fix: 'give a durable store for live rails' }]
      : []),
  ]
}

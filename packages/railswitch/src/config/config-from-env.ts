import { invalid, type ProviderDefinition } from '@railswitch/core'
import { type Variables, withSources, withValues } from './config-sources.ts'
import { defaultActiveRail } from './default-active-rail.ts'
import { type Environment, prefix } from './option-variables.ts'
import type { PaymentsConfig } from './payments-config.ts'
import { readVariables } from './read-variables.ts'
import { withStackAtCall } from './stack-at-call.ts'

/** The part of the configuration that environment variables can contain. The application adds the store. */
export type EnvironmentConfig = Pick<
  PaymentsConfig,
  'active' | 'providers' | 'callbacks' | 'statement' | 'crossCheck' | 'reconciled' | 'requires'
>

/**
 * Reads `RAILSWITCH_ACTIVE`, `_RAILS` (names, separated by commas), `_CALLBACK_URL`, `_CALLBACK_SECRETS` (separated by commas, the newest
 * first), `_STATEMENT`, and for each rail `RAILSWITCH_<RAIL>_USE`, `_ENVIRONMENT`, `_USERNAME`, … (write `_` for a dash of its name).
 * Every variable is in docs/configuration.md. `_ACTIVE` can be left out if there is one rail. Throws `invalid_configuration`
 * only if there is no variable. `createPayments` reports each unknown or unreadable variable, beside the mistakes in the values. A `signer` is an object, so no variable sets it: leave `_PRIVATE_KEY` out, and add it to the rail in `providers`.
 * `definitions`: the providers that are not part of railswitch, which `RAILSWITCH_<RAIL>_USE` may name.
 */
export const configFromEnv = (env: Environment, definitions: readonly ProviderDefinition[] = []): EnvironmentConfig =>
  withStackAtCall(configFromEnv, () => readEnvironment(env, definitions))

const readEnvironment = (env: Environment, definitions: readonly ProviderDefinition[]): EnvironmentConfig => {
  const { rails, options, set, issues } = readVariables(env, { definitions, fix: 'write configFromEnv(process.env)' })
  if (rails.length === 0 && set.size === 0 && issues.length === 0) throw invalid('invalid_configuration', [noVariables])
  const empty: EnvironmentConfig = {
    active: defaultActiveRail(rails),
    providers: {},
    callbacks: { url: '', secrets: [] },
  }
  const config = withValues(empty, set)
  // A missing option has a variable, too.
  const variables: Variables = new Map([
    ['providers', { variable: `${prefix}RAILS` }],
    ...options.map(({ field, variable }) => [field, { variable }] as const),
    ...set,
  ])
  return withSources(config, { variables, issues })
}

const noVariables = {
  field: 'env',
  rule: `has no variable that begins with ${prefix}`,
  fix: 'start with `node --env-file=.env`, or set the variables of node_modules/railswitch/docs/configuration.md',
}

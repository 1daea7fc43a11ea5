import {
  type Either,
  errorName,
  type Issue,
  isLeft,
  left,
  type PaymentProvider,
  type ProviderPorts,
  right,
} from '@railswitch/core'
import type { DefinedRail, RailConfig } from './payments-config.ts'
import { providerObjectIssues } from './provider-object.ts'

/** Whether a rail names the definition of its provider, and not a provider of railswitch. */
export const isDefinedRail = (rail: Exclude<RailConfig, PaymentProvider>): rail is DefinedRail =>
  typeof rail.use === 'object' && rail.use !== null

/** Creates the provider of a definition, which may be written without types. */
export const createDefinedRail = (
  { use: definition, ...options }: DefinedRail,
  ports: ProviderPorts,
): Either<readonly Issue[], PaymentProvider> => {
  if (typeof definition.create !== 'function')
    return left([{ field: 'use', rule: 'is no definition of a provider', fix: 'implement ProviderDefinition' }])
  try {
    const created: unknown = definition.create(options, ports)
    if (!isEither(created)) return left([failed('returned no Either')])
    if (isLeft(created)) return created
    const issues = providerObjectIssues(created.right)
    return issues.length > 0 ? left(issues) : right(created.right)
  } catch (error) {
    return left([failed(`threw ${errorName(error)}`)])
  }
}

/** The message of an error may contain an option, so only its name is repeated. */
const failed = (what: string): Issue => ({
  field: 'use',
  rule: `the definition of its provider ${what}`,
  fix: 'report it: this is a fault of the provider',
})

const isEither = (value: unknown): value is Either<readonly Issue[], PaymentProvider> => {
  const { _tag, left: issues, right: provider } = Object(value) as Readonly<Record<string, unknown>>
  if (_tag === 'Left') return Array.isArray(issues) && issues.length > 0
  return _tag === 'Right' && typeof provider === 'object' && provider !== null
}

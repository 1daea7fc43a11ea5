import type { FieldRequirements, Market, Operation } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

export interface RequirementsByRail {
  readonly rails: Readonly<Record<string, FieldRequirements>>
  /** The union over the rails. */
  readonly fields: readonly string[]
}

export const requirementsOf = <Tx>(
  { rails: configured }: ReadyConfig<Tx>,
  operation: Operation,
  market: Market,
): RequirementsByRail => {
  const rails = Object.fromEntries(
    [...configured].map(([name, provider]) => [name, provider.requirements?.(operation, market) ?? { fields: [] }]),
  )
  return { rails, fields: [...new Set(Object.values(rails).flatMap(({ fields }) => fields))] }
}

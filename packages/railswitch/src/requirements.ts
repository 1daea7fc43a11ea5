import type { Market, Operation } from '@railswitch/core'
import type { RailRequirements } from './payments.ts'
import type { ReadyConfig } from './payments-config.ts'

export const requirementsOf = <Tx>(
  { rails: configured }: ReadyConfig<Tx>,
  operation: Operation,
  market: Market,
): RailRequirements => {
  const rails = Object.fromEntries(
    [...configured].map(([name, provider]) => [name, provider.requirements?.(operation, market) ?? { fields: [] }]),
  )
  return { rails, fields: [...new Set(Object.values(rails).flatMap(({ fields }) => fields))] }
}

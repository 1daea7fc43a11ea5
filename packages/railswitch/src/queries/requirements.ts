import type { Market, Operation } from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'
import type { RailRequirements } from '../payments.ts'

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

import {
  type FieldRequirements,
  type Market,
  type Operation,
  type PaymentProvider,
  providerFailed,
} from '@railswitch/core'
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
    [...configured].map(([name, provider]) => [name, requirementsAt(provider, operation, market)]),
  )
  return { rails, fields: [...new Set(Object.values(rails).flatMap(({ fields }) => fields))] }
}

const requirementsAt = (provider: PaymentProvider, operation: Operation, market: Market): FieldRequirements => {
  try {
    return provider.requirements?.(operation, market) ?? { fields: [] }
  } catch (error) {
    throw providerFailed(provider.id, error, { effect: 'not_sent', retry: 'never' })
  }
}

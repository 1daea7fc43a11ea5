import {
  endOfCurrency,
  type FieldRequirements,
  type Issue,
  invalid,
  type Market,
  type Operation,
  operationCapabilities,
  type PaymentProvider,
  providerFailed,
  supportOf,
} from '@railswitch/core'
import type { ReadyConfig } from '../config/payments-config.ts'

export interface RequirementsByRail {
  readonly rails: Readonly<Record<string, FieldRequirements>>
  /** The union over the rails. */
  readonly fields: readonly string[]
}

export const requirementsOf = <Tx>(
  { rails: configured, now }: ReadyConfig<Tx>,
  operation: Operation,
  market: Market,
): RequirementsByRail => {
  const issues = argumentIssues(operation, market)
  if (issues.length > 0) throw invalid('invalid_input', issues)
  const rails = Object.fromEntries(
    [...configured].map(([name, provider]) => [
      name,
      withoutEndedCurrency(requirementsAt(provider, operation, market), operation, market, now()),
    ]),
  )
  return { rails, fields: [...new Set(Object.values(rails).flatMap(({ fields }) => fields))] }
}

const operations: readonly Operation[] = Object.keys({
  deposit: true,
  refund: true,
  payout: true,
  withdrawal: true,
  account: true,
  charge: true,
  mandate: true,
  importMandate: true,
} satisfies { readonly [O in Operation]: true }) as Operation[]

const argumentIssues = (operation: unknown, market: Partial<Market> | undefined): readonly Issue[] => [
  ...(operations.some((known) => known === operation)
    ? []
    : [{ field: 'operation', rule: 'is not an operation', fix: `pass one of ${operations.join(', ')}` }]),
  ...(typeof market?.country === 'string' && typeof market.currency === 'string'
    ? []
    : [
        { field: 'market', rule: 'must have a country and a currency', fix: "pass { country: 'SE', currency: 'SEK' }" },
      ]),
]

/** No rail begins a payment in a currency that has ended, even if its vendor still lists it. */
const withoutEndedCurrency = (
  own: FieldRequirements,
  operation: Operation,
  { currency }: Market,
  now: Date,
): FieldRequirements => {
  const end = operation === 'refund' ? null : endOfCurrency(currency, now)
  return end === null ? own : { refused: `${currency} ended on ${end.endedOn}: use ${end.successor}`, ...own }
}

/** An operation that the provider does not declare is refused, even if the provider says nothing about it. */
const requirementsAt = (provider: PaymentProvider, operation: Operation, market: Market): FieldRequirements => {
  const supports = operationCapabilities[operation].map((capability) => supportOf(provider.capabilities, capability))
  const [unsupported] = supports.some(({ yes }) => yes) ? [] : supports
  try {
    const own = provider.requirements?.(operation, market) ?? { fields: [] }
    return unsupported && !unsupported.yes ? { refused: unsupported.why, ...own } : own
  } catch (error) {
    throw providerFailed(provider.id, error, { effect: 'not_sent', retry: 'never' })
  }
}

import { type Capability, capabilityNames, type Operation, supportOf } from '@railswitch/core'
import type { Observations, Scenario } from './scenario.ts'

const markets = [
  { country: 'DE', currency: 'EUR' },
  { country: 'FR', currency: 'EUR' },
  { country: 'JP', currency: 'JPY' },
]

const operations: readonly Operation[] = ['deposit', 'refund', 'payout', 'withdrawal', 'account', 'charge', 'mandate', 'importMandate']

const requirementsOf = (operation: Operation): Scenario => ({
  name: `\`requirements('${operation}')\``,
  observe: async ({ shop }): Promise<Observations> => {
    const all = markets.map((market) => {
      const { rails } = shop.payments.requirements(operation, market)
      const { fields = [], refused } = rails.rail ?? {}
      const text = refused === undefined ? fields.join(', ') : `refused: ${refused}`
      return [`${market.country}, ${market.currency}`, text || 'no fields'] as const
    })
    return Object.fromEntries(all)
  },
})

const supported = (capability: Capability): Scenario => ({
  name: `\`${capability}\``,
  observe: async ({ provider }) => {
    const support = supportOf(provider.capabilities, capability)
    if (!support.yes) return { supported: `no: ${support.why}` }
    return { supported: support.needs === undefined ? 'yes' : `yes, needs ${support.needs}` }
  },
})

export const capabilityScenarios = capabilityNames.map(supported)
export const requirementScenarios = operations.map(requirementsOf)

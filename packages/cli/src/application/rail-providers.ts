import {
  type Either,
  type Issue,
  invalid,
  isLeft,
  type PaymentProvider,
  type ProviderPorts,
  systemRuntime,
} from '@railswitch/core'
import { createPayablTrustly, type PayablTrustlyOptions } from '@railswitch/payabl-trustly'
import { createTrustlyDirect, type TrustlyDirectOptions } from '@railswitch/trustly-direct'
import type { ConfigFile } from 'railswitch'

/** The provider of each rail. Throws `invalid_configuration`. */
export const railProviders = ({ providers, transport }: ConfigFile): ReadonlyMap<string, PaymentProvider> => {
  const issues: Issue[] = []
  const created = Object.entries(providers).flatMap(([name, rail]) => {
    const provider = createProvider(rail, { transport, runtime: systemRuntime, rail: name })
    if (!isLeft(provider)) return [[name, provider.right] as const]
    issues.push(...provider.left.map((issue) => ({ ...issue, field: `providers.${name}.${issue.field}` })))
    return []
  })
  if (issues.length > 0) throw invalid('invalid_configuration', issues)
  return new Map(created)
}

const createProvider = (
  rail: ConfigFile['providers'][string],
  ports: ProviderPorts,
): Either<readonly Issue[], PaymentProvider> => {
  if ('verifyCallback' in rail) return { _tag: 'Right', right: rail as PaymentProvider }
  const { use, ...options } = rail
  if (use === 'trustly-direct') return createTrustlyDirect(options as unknown as TrustlyDirectOptions, ports)
  if (use === 'payabl-trustly') return createPayablTrustly(options as unknown as PayablTrustlyOptions, ports)
  return use.create(options, ports)
}

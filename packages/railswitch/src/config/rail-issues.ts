import { longestToken } from '@railswitch/callbacks'
import {
  type Capability,
  type Issue,
  isCapability,
  type PaymentProvider,
  railPattern,
  supportOf,
} from '@railswitch/core'
import type { PaymentsConfig, RailConfig } from './payments-config.ts'

/** A rail as it was given. */
export interface NamedRail {
  readonly name: string
  /**
   * What errors call it. What does not have the form of a rail's name may be a secret, pasted into the wrong place: such a rail is
   * called by its position, from 1.
   */
  readonly shown: string
  readonly rail: RailConfig
}

/** A rail whose provider was made. */
export interface ReadyRail extends Pick<NamedRail, 'name' | 'shown'> {
  readonly provider: PaymentProvider
}

export const railNameRule = "a rail's name is 1 to 32 of a-z 0-9 - and begins with a letter"

export const namedRails = (providers: PaymentsConfig['providers'] | undefined): readonly NamedRail[] =>
  typeof providers === 'object' && providers !== null
    ? Object.entries(providers).map(([name, rail], index) => ({
        name,
        shown: railPattern.test(name) ? name : `(rail ${index + 1})`,
        rail,
      }))
    : []

export const railIssues = (active: unknown, given: readonly NamedRail[]): readonly Issue[] => {
  const named = given.filter(({ name }) => railPattern.test(name)).map(({ name }) => name)
  return [
    ...given
      .filter(({ name }) => !railPattern.test(name))
      .map(({ shown }) => ({
        field: `providers.${shown}`,
        rule: railNameRule,
        fix: 'rename it before payments are made with it',
      })),
    ...(given.length === 0 ? [{ field: 'providers', rule: 'must hold at least one rail', fix: 'add one' }] : []),
    ...(typeof active === 'string' && active !== '' && given.length > 0 && !named.includes(active)
      ? [
          {
            field: 'active',
            rule: 'names no configured rail',
            fix: named.length === 0 ? 'name one of `providers`' : `write one of ${named.join(', ')}`,
          },
        ]
      : []),
  ]
}

export const requirementIssues = (requires: unknown, rails: readonly ReadyRail[]): readonly Issue[] => {
  const wanted: readonly unknown[] = Array.isArray(requires) ? requires : []
  const known = wanted.filter((one): one is Capability => typeof one === 'string' && isCapability(one))
  return [
    ...wanted.flatMap((one, index) =>
      typeof one === 'string' && !isCapability(one)
        ? [{ field: `requires.${index}`, rule: 'is not a capability', fix: "write one such as 'refund.partial'" }]
        : [],
    ),
    ...rails.flatMap(({ shown, provider }) =>
      known.flatMap((capability) => {
        const support = supportOf(provider.capabilities, capability)
        return support.yes
          ? []
          : [
              {
                field: 'requires',
                rule: `rail ${shown} cannot do ${capability}: ${support.why}`,
                fix: 'drop the rail or the requirement',
              },
            ]
      }),
    ),
  ]
}

/** The longest reference and amount must still make an address that the vendor takes. */
export const addressIssues = (url: unknown, rails: readonly ReadyRail[]): readonly Issue[] =>
  rails.flatMap(({ name, shown, provider: { callbackUrlLimit = Number.POSITIVE_INFINITY } }) => {
    const longest = `${url}/${name}/`.length + longestToken
    return longest <= callbackUrlLimit
      ? []
      : [
          {
            field: 'callbacks.url',
            rule: `makes addresses of up to ${longest} characters, and rail ${shown} takes ${callbackUrlLimit}`,
            fix: `shorten it by ${longest - callbackUrlLimit}, or the rail's name`,
          },
        ]
  })

import { longestToken } from '@railswitch/callbacks'
import {
  type Capability,
  capabilityNames,
  closest,
  type Issue,
  isCapability,
  type PaymentProvider,
  railPattern,
  supportOf,
} from '@railswitch/core'
import type { PaymentsConfig, RailConfig } from './payments-config.ts'

/** A configured rail. */
export interface NamedRail {
  readonly name: string
  /**
   * The name in error messages. If the name does not have the form of a rail's name, it is the position instead (from 1), because it may
   * be a secret that was pasted into the wrong place.
   */
  readonly displayName: string
  readonly rail: RailConfig
}

/** A rail with its provider. */
export interface ReadyRail extends Pick<NamedRail, 'name' | 'displayName'> {
  readonly provider: PaymentProvider
}

export const railNameRule = "a rail's name is 1 to 32 of a-z 0-9 - and begins with a letter"

export const namedRails = (providers: PaymentsConfig['providers'] | undefined): readonly NamedRail[] =>
  typeof providers === 'object' && providers !== null && !Array.isArray(providers)
    ? Object.entries(providers).map(([name, rail], index) => ({
        name,
        displayName: railPattern.test(name) ? name : `(rail ${index + 1})`,
        rail,
      }))
    : []

export const railIssues = (
  { active, providers }: { readonly active?: unknown; readonly providers?: unknown },
  rails: readonly NamedRail[],
): readonly Issue[] => {
  const names = rails.filter(({ name }) => railPattern.test(name)).map(({ name }) => name)
  return [
    ...rails
      .filter(({ name }) => !railPattern.test(name))
      .map(({ displayName }) => ({
        field: `providers.${displayName}`,
        rule: railNameRule,
        fix: 'rename it before payments are made with it',
      })),
    ...(isEmpty(providers)
      ? [{ field: 'providers', rule: 'must contain at least one rail', fix: "add one, such as 'trustly'" }]
      : []),
    ...(active === undefined || active === '' ? [noActiveRail(names)] : []),
    ...(typeof active === 'string' && active !== '' && rails.length > 0 && !names.includes(active)
      ? [
          {
            field: 'active',
            rule: 'is not a configured rail',
            fix: names.length === 0 ? 'write the name of one of `providers`' : railFix(active, names),
          },
        ]
      : []),
  ]
}

/** The schema reports what is no object. */
const isEmpty = (providers: unknown): boolean =>
  typeof providers === 'object' && providers !== null && Object.keys(providers).length === 0

const noActiveRail = (names: readonly string[]): Issue => ({
  field: 'active',
  rule: 'is required',
  fix: names.length === 0 ? 'write the name of a rail' : `write ${names.join(' or ')}: new payments use it`,
})

/** The rails that can be written instead; the one that was probably meant comes first. */
export const railFix = (active: string, names: readonly string[]): string => {
  const meant = closest(active, names)
  return meant === null ? `write one of ${names.join(', ')}` : `write ${meant} (the rails are ${names.join(', ')})`
}

export const requirementIssues = (requires: unknown, rails: readonly ReadyRail[]): readonly Issue[] => {
  const wanted: readonly unknown[] = Array.isArray(requires) ? requires : []
  const known = wanted.filter((one): one is Capability => typeof one === 'string' && isCapability(one))
  return [
    ...wanted.flatMap((one, index) =>
      typeof one === 'string' && !isCapability(one)
        ? [
            {
              field: `requires.${index}`,
              rule: 'is not a capability',
              fix: `write one of ${capabilityNames.join(', ')}`,
            },
          ]
        : [],
    ),
    ...rails.flatMap(({ displayName, provider }) =>
      known.flatMap((capability) => {
        const support = supportOf(provider.capabilities, capability)
        return support.yes
          ? []
          : [
              {
                field: 'requires',
                rule: `rail ${displayName} cannot do ${capability}: ${support.why}`,
                fix: 'remove the rail or the requirement',
              },
            ]
      }),
    ),
  ]
}

/** The address must not be too long for the vendor, even with the longest token. */
export const addressIssues = (url: unknown, rails: readonly ReadyRail[]): readonly Issue[] =>
  rails.flatMap(({ name, displayName, provider: { callbackUrlLimit = Number.POSITIVE_INFINITY } }) => {
    const longest = (typeof url === 'string' ? url.length : 0) + `/${name}/`.length + longestToken
    return longest <= callbackUrlLimit
      ? []
      : [
          {
            field: 'callbacks.url',
            rule: `makes addresses of up to ${longest} characters, and rail ${displayName} accepts at most ${callbackUrlLimit}`,
            fix: `shorten it or the rail's name by ${longest - callbackUrlLimit} characters`,
          },
        ]
  })

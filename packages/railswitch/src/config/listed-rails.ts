import { closest, railPattern, railPrefix } from '@railswitch/core'
import type { VariableIssue } from './config-sources.ts'
import { type Environment, listOf, prefix, topVariables } from './option-variables.ts'
import { railNameRule } from './rail-issues.ts'

export interface ListedRails {
  /** The rails that `RAILSWITCH_RAILS` names, and those that it should name, so that the variables of all are read. */
  readonly rails: readonly string[]
  readonly issues: readonly VariableIssue[]
}

export interface ListedRailsContext {
  /** The rails of the file. */
  readonly configured: readonly string[]
  readonly variablesOf: (rail: string) => readonly string[]
}

const field = `${prefix}RAILS`
const activeVariable = `${prefix}ACTIVE`

export const readListedRails = (env: Environment, { configured, variablesOf }: ListedRailsContext): ListedRails => {
  const listed = listOf(env[field])
  const isSet = (rail: string): boolean =>
    variablesOf(rail).some((variable) => env[variable] !== undefined || env[`${variable}_FILE`] !== undefined)
  const isEmpty = (rail: string): boolean => !configured.includes(rail) && !isSet(rail)
  const named = [...new Set([...configured, ...listed.filter((name) => railPattern.test(name))])]
  const others = railsWithUse(env).filter((rail) => !named.includes(rail))
  /** The rails that were meant by a name that has no variables. */
  const meant = new Map(
    named.filter(isEmpty).flatMap((name) => {
      const other = closest(name, others)
      return other === null ? [] : [[name, other] as const]
    }),
  )
  // The misspelt name of a rail that has other variables is a mistake of its variable.
  const unlisted = others.filter(
    (rail) =>
      ![...meant.values()].includes(rail) &&
      closest(
        rail,
        named.filter((name) => !meant.has(name)),
      ) === null,
  )
  return {
    rails: [...new Set([...named.map((name) => meant.get(name) ?? name), ...unlisted])],
    issues: [
      ...listed.flatMap((name, index) => {
        const rail = displayNameOf(name, index)
        const issue = (rule: string, fix: string): readonly VariableIssue[] => [
          { field, rule, fix, leadsTo: env[activeVariable] === name ? [activeVariable] : [] },
        ]
        if (!railPattern.test(name)) return issue(`${rail}: ${railNameRule}`, 'correct the name')
        if (listed.indexOf(name) < index) return issue(`names ${rail} twice`, 'remove it')
        if (variablesOf(name).some((variable) => topVariables.some((top) => prefix + top.variable === variable)))
          return issue(`${rail}: one of its variables already has another meaning`, 'rename the rail')
        if (!isEmpty(name)) return []
        const other = meant.get(name)
        return issue(
          `no variable sets an option of ${rail}`,
          other === undefined
            ? `set ${rail === name ? railPrefix(name) : `${prefix}<RAIL>_`}USE and the others, or remove the name`
            : `write ${other}, which has variables`,
        )
      }),
      ...unlistedIssues(unlisted, named.length === 0),
    ],
  }
}

/** The names of the rails whose `_USE` is set. */
const railsWithUse = (env: Environment): readonly string[] => [
  ...new Set(
    Object.keys(env).flatMap((variable) => {
      const [, name = ''] = /^RAILSWITCH_(.+)_USE(?:_FILE)?$/.exec(variable) ?? []
      const rail = name.toLowerCase().replaceAll('_', '-')
      return railPattern.test(rail) ? [rail] : []
    }),
  ),
]

/** A name that is not made of words may be a secret that was put here by mistake, so errors contain its position (from 1) instead. */
const displayNameOf = (name: string, index: number): string =>
  name.length <= 20 && /^[a-z]+\d{0,2}(?:-[a-z]+\d{0,2})*$/.test(name) ? name : `rail ${index + 1}`

const unlistedIssues = (unlisted: readonly string[], isMissing: boolean): readonly VariableIssue[] =>
  isMissing && unlisted.length > 0
    ? [
        {
          field,
          rule: `is missing, and ${unlisted.join(', ')} ${unlisted.length === 1 ? 'has' : 'have'} variables`,
          fix: `write ${field}=${unlisted.join()}`,
        },
      ]
    : unlisted.map((rail) => ({
        field,
        rule: `does not name ${rail}, which has variables`,
        fix: `add ${rail}, or remove the variables that begin with ${railPrefix(rail)}`,
      }))

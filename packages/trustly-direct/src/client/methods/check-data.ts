import type { Issue } from '@railswitch/core/provider'
import { distance } from 'fastest-levenshtein'
import type { Field, FieldRule, Fields } from '../field-rules.ts'
import type { Description } from './method-schema.ts'

/** Every mistake in a request's Data: unknown and misplaced names, missing members, unfit values, broken conditions. */
export const checkData = (description: Description, data: object): readonly Issue[] => {
  const { Attributes: given, ...top } = data as Record<string, unknown>
  const attributes = isRecord(given) ? given : {}
  const issues = [
    ...unknownNames(top, description.data, '', description.attributes),
    ...(given === undefined || given === null || isRecord(given)
      ? []
      : [{ field: 'Attributes', rule: 'must be an object', fix: 'write its members in braces' }]),
    ...unknownNames(attributes, description.attributes, 'Attributes.', description.data),
    ...unfit(top, description.data, ''),
    ...unfit(attributes, description.attributes, 'Attributes.'),
  ]
  const broken = (description.conditions ?? []).filter((condition) => !condition.holds({ data: top, attributes }))
  const named = new Set(issues.map(({ field }) => field))
  return [
    ...issues,
    ...broken.filter(({ field }) => !named.has(field)).map(({ field, rule, fix }) => ({ field, rule, fix })),
  ]
}

/** Trustly ignores an attribute that it does not know, so a misspelt one would have no effect. */
const unknownNames = (
  given: Readonly<Record<string, unknown>>,
  fields: Fields,
  place: '' | 'Attributes.',
  elsewhere: Fields,
): readonly Issue[] =>
  Object.entries(given)
    .filter(([name, value]) => value !== undefined && !Object.hasOwn(fields, name))
    .map(([name]) => {
      const field = place + name
      if (Object.hasOwn(elsewhere, name)) return misplaced(field, name, place)
      const meant = nearestName(name, Object.keys(fields))
      if (meant) return { field, rule: 'is not a name that Trustly knows', fix: `write ${place}${meant}` }
      const meantThere = nearestName(name, Object.keys(elsewhere))
      if (meantThere) return misplaced(field, meantThere, place)
      return { field, rule: 'is not a name that Trustly knows', fix: 'leave it out, or use `call` for a new member' }
    })

const misplaced = (field: string, name: string, place: '' | 'Attributes.'): Issue =>
  place === ''
    ? { field, rule: 'belongs in Attributes', fix: `write Attributes.${name}` }
    : { field, rule: 'belongs in Data itself', fix: `write ${name} beside Attributes` }

const unfit = (given: Readonly<Record<string, unknown>>, fields: Fields, place: string): readonly Issue[] => {
  const issues: Issue[] = []
  // Runs before every call; most members of a method are optional and absent.
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name]
    if (value === undefined ? field.need === 'required' : field.rule.members || !field.rule.fits(value))
      issues.push(...unfitMember(value, field, place + name))
  }
  return issues
}

const unfitMember = (value: unknown, { need, rule }: Field, field: string): readonly Issue[] => {
  if (value === undefined)
    return need === 'required' ? [{ field, rule: 'is required', fix: `give ${rule.mustBe}` }] : []
  if (!rule.fits(value)) return [{ field, rule: `must be ${rule.mustBe}`, fix: fixOf(value) }]
  return rule.members ? unfitObject(value, rule.members, field) : []
}

const unfitObject = (value: unknown, members: NonNullable<FieldRule['members']>, field: string): readonly Issue[] => {
  const given = isRecord(value) ? value : {}
  const issues = Object.keys(given)
    .filter((name) => given[name] !== undefined && !Object.hasOwn(members, name))
    .map((name) => {
      const meant = nearestName(name, Object.keys(members))
      return {
        field: `${field}.${name}`,
        rule: 'is not a name that Trustly knows',
        fix: meant ? `write ${field}.${meant}` : 'leave it out',
      }
    })
  return [...issues, ...unfit(given, members, `${field}.`)]
}

const fixOf = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean'
    ? "write it as text: '100.00', '1' or '0'"
    : 'correct it; the documentation of this method shows the form'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The known name that was probably meant: it differs by case, by a missing or added part, or by at most a third of its letters. */
const nearestName = (given: string, known: readonly string[]): string | null => {
  const lower = given.toLowerCase()
  const ranked = known
    .map((name) => ({ name, off: offOf(lower, name.toLowerCase()) }))
    .sort((a, b) => a.off - b.off || a.name.length - b.name.length)
  const [best] = ranked
  return best && best.off <= Math.max(2, given.length / 3) ? best.name : null
}

const offOf = (given: string, name: string): number => {
  const off = distance(given, name)
  const contained = Math.min(given.length, name.length) >= 4 && (name.includes(given) || given.includes(name))
  return contained ? Math.min(off, 1) : off
}

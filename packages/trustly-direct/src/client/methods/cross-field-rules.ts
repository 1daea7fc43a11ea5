import { hasDecimals } from '../../wire/request-data.ts'
import type { Condition, GivenMembers } from './method-schema.ts'

type Place = 'data' | 'attributes'

const path = (place: Place, name: string): string => (place === 'data' ? name : `Attributes.${name}`)

export const decimalsFitCurrency = (place: Place): Condition => ({
  field: path(place, 'Amount'),
  rule: 'must have two decimals, and none in HUF',
  fix: "write '100.00', or '100' in HUF",
  holds: (given) => {
    const { Amount, Currency } = given[place]
    return typeof Amount !== 'string' || typeof Currency !== 'string' || Amount.includes('.') === hasDecimals(Currency)
  },
})

export const notBeside = (place: Place, name: string, others: readonly string[]): Condition => ({
  field: path(place, name),
  rule: `must not be given with ${others.join(', ')}`,
  fix: `leave ${name} or ${others.length > 1 ? 'these' : 'that'} out`,
  holds: (given) => !has(given, place, name) || !others.some((other) => has(given, place, other)),
})

export const onlyBeside = (place: Place, name: string, other: string): Condition => ({
  field: path(place, name),
  rule: `needs ${other} with it`,
  fix: `give ${other}, or leave ${name} out`,
  holds: (given) => !has(given, place, name) || has(given, place, other),
})

export const requiredWith = (place: Place, name: string, flag: string): Condition => ({
  field: path(place, name),
  rule: `is required where ${flag} is 1`,
  fix: `give ${name}`,
  holds: (given) => given[place][flag] !== '1' || has(given, place, name),
})

const has = (given: GivenMembers, place: Place, name: string): boolean =>
  given[place][name] !== undefined && given[place][name] !== null

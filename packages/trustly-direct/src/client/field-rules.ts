import { isIP } from 'node:net'
import { hasDecimals } from '../wire/request-data.ts'

/** What a value must be. `mustBe` completes "must be …" in errors and in the documentation. */
export interface FieldRule<T = unknown> {
  readonly mustBe: string
  readonly fits: (value: unknown) => value is T
  /** Of an object: its members. */
  readonly members?: Fields
}

/** A member of a request. */
export interface Field<T = unknown, N extends 'required' | 'optional' = 'required' | 'optional'> {
  readonly need: N
  readonly rule: FieldRule<T>
  /** Documentation that is not part of the rule. */
  readonly note?: string
}

export interface Fields {
  readonly [name: string]: Field
}

export const required = <T>(rule: FieldRule<T>, note?: string): Field<T, 'required'> => ({
  need: 'required',
  rule,
  ...(note !== undefined && { note }),
})

export const optional = <T>(rule: FieldRule<T>, note?: string): Field<T, 'optional'> => ({
  need: 'optional',
  rule,
  ...(note !== undefined && { note }),
})

/** Every scalar is sent as text: numbers and booleans would be signed differently from how they are written. */
const textRule = (mustBe: string, fits: RegExp | ((value: string) => boolean)): FieldRule<string> => ({
  mustBe,
  fits: (value): value is string =>
    typeof value === 'string' && (fits instanceof RegExp ? fits.test(value) : fits(value)),
})

export const oneOf = <const T extends string>(...words: readonly T[]): FieldRule<T> => ({
  mustBe: words.length === 1 ? `\`${words[0]}\`` : `one of ${words.map((word) => `\`${word}\``).join(' ')}`,
  fits: (value): value is T => words.some((word) => word === value),
})

export const orNull = <T>(rule: FieldRule<T>): FieldRule<T | null> => ({
  mustBe: `${rule.mustBe}, or null`,
  fits: (value): value is T | null => value === null || rule.fits(value),
})

type Required<F extends Fields> = { [N in keyof F]: F[N]['need'] extends 'required' ? N : never }[keyof F]
type ValueOf<F extends Field> = F['rule'] extends FieldRule<infer T> ? T : never
/** The TypeScript type of described members. */
export type MembersOf<F extends Fields> = { readonly [N in Required<F>]: ValueOf<F[N]> } & {
  readonly [N in Exclude<keyof F, Required<F>>]?: ValueOf<F[N]> | undefined
}

/** An object of named members, which are checked one by one. */
export const object = <F extends Fields>(members: F): FieldRule<MembersOf<F>> => ({
  mustBe: 'an object',
  fits: (value): value is MembersOf<F> => typeof value === 'object' && value !== null && !Array.isArray(value),
  members,
})

/** An object that Trustly does not describe further. */
export const anyObject: FieldRule<{ readonly [name: string]: string }> = {
  mustBe: 'an object of texts',
  fits: (value): value is { readonly [name: string]: string } =>
    typeof value === 'object' && value !== null && Object.values(value).every((member) => typeof member === 'string'),
}

export const text = textRule('text', /./s)
export const anyText = textRule('text, which may be empty', /^/)
export const pattern = (mustBe: string, shape: RegExp): FieldRule<string> => textRule(mustBe, shape)
export const currencies: readonly string[] = [
  'BGN',
  'CZK',
  'DKK',
  'EUR',
  'GBP',
  'HRK',
  'HUF',
  'NOK',
  'PLN',
  'RON',
  'SEK',
]
/** The currencies of Trustly's model; each account is enabled for some of them. */
export const currency: FieldRule<string> = oneOf(...currencies)
export const amount = textRule('above zero, with two decimals (HUF: none)', /^(?![0.]+$)(0|[1-9]\d{0,14})(\.\d\d)?$/)
export const flag = oneOf('0', '1')
export const vendorId = textRule('digits, as text', /^\d{1,20}$/)
export const ownId = textRule('1 to 200 characters', /^.{1,200}$/s)
export const country = textRule(
  'two capitals of ISO 3166-1 (`GB`, not `UK`)',
  (value) => /^[A-Z]{2}$/.test(value) && value !== 'UK',
)
export const locale = textRule('a language with an optional territory, such as `sv_SE`', /^[a-z]{2,3}(_[A-Z]{2})?$/)
export const email = textRule('one e-mail address', /^[^\s@]+@[^\s@]+$/)
export const telephone = textRule('a telephone number in international form', /^\+?[\d ()-]{6,20}$/)
export const ip = textRule('exactly one IP address', (value) => isIP(value) !== 0)
export const webAddress = textRule('an http(s) address', (value) => /^https?:/i.test(value) && URL.canParse(value))
export const notificationUrl = textRule(
  'an https address without `?`',
  (value) => !value.includes('?') && (/^https:/i.test(value) || onLoopback.test(value)) && URL.canParse(value),
)
/** An existing day. */
export const day = textRule(
  'a day as `YYYY-MM-DD`',
  (value) => /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00Z`).toJSON()?.startsWith(value) === true,
)

// A sandbox on this machine calls back without TLS. Trustly itself refuses http with 734.
const onLoopback = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?(\/|$)/i

/** A rule about several members. */
export interface Condition {
  /** Dotted path of the member that the error names. */
  readonly field: string
  /** Completes "`field` …". */
  readonly rule: string
  readonly fix: string
  readonly holds: (given: GivenMembers) => boolean
}

export interface GivenMembers {
  readonly data: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<string, unknown>>
}

type Place = 'data' | 'attributes'

const path = (place: Place, name: string): string => (place === 'data' ? name : `Attributes.${name}`)

export const decimalsFitCurrency = (place: Place): Condition => ({
  field: path(place, 'Amount'),
  rule: 'must have two decimals, or none in HUF',
  fix: "write '100.00', or '100' in HUF",
  holds: (given) => {
    const { Amount, Currency } = given[place]
    return typeof Amount !== 'string' || typeof Currency !== 'string' || Amount.includes('.') === hasDecimals(Currency)
  },
})

export const notBeside = (place: Place, name: string, others: readonly string[]): Condition => ({
  field: path(place, name),
  rule: `must not be combined with ${others.join(', ')}`,
  fix: `leave ${name} or ${others.length > 1 ? 'these' : 'that'} out`,
  holds: (given) => !has(given, place, name) || !others.some((other) => has(given, place, other)),
})

export const onlyBeside = (place: Place, name: string, other: string): Condition => ({
  field: path(place, name),
  rule: `requires ${other}`,
  fix: `give ${other}, or leave ${name} out`,
  holds: (given) => !has(given, place, name) || has(given, place, other),
})

export const requiredWith = (place: Place, name: string, flag: string): Condition => ({
  field: path(place, name),
  rule: `is required if ${flag} is 1`,
  fix: `give ${name}`,
  holds: (given) => given[place][flag] !== '1' || has(given, place, name),
})

const has = (given: GivenMembers, place: Place, name: string): boolean =>
  given[place][name] !== undefined && given[place][name] !== null

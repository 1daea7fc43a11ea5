import { createHash, createHmac } from 'node:crypto'
import { type Form, isMultibyte, toBytes, toText } from '../wire/form.ts'

type Variants<Value> = ReadonlyArray<readonly [value: Value, mistake: string | undefined]>
type Names = (names: readonly string[]) => readonly string[]
type ValueOf = (form: Form, name: string) => string
type WithSecret = (parts: readonly string[], secret: string) => readonly string[]
type Hash = (text: string, secret: string) => string

const decoded = ({ values }: Form, name: string): string => values.get(name) ?? ''

const orders: Variants<Names> = [
  [(names) => names.toSorted(), undefined],
  [(names) => names, 'parameters not sorted by name'],
  [(names) => names.toSorted(byLowerCase), 'names sorted without regard to case, not by bytes'],
  [
    (names) => names.toSorted((one, other) => one.localeCompare(other)),
    'names sorted by locale (localeCompare), not by bytes',
  ],
]
const readings: Variants<ValueOf> = [
  [decoded, undefined],
  [({ encoded }, name) => encoded.get(name) ?? '', 'percent-encoded values hashed: they are hashed decoded'],
  [(form, name) => toBytes(decoded(form, name), 'utf8'), 'hashed in UTF-8, sent in ISO-8859-1'],
  [(form, name) => toSingleBytes(decoded(form, name)), 'hashed in ISO-8859-1, sent in UTF-8'],
  [(form, name) => `${name}${decoded(form, name)}`, 'parameter names hashed too: only the values are'],
  [
    (form, name) => `&${name}=${decoded(form, name)}`,
    'hashed as name=value&…: only the values are, without separators',
  ],
]
const secrets: Variants<WithSecret> = [
  [(parts, secret) => [...parts, secret], undefined],
  [(parts) => parts, 'secret missing at the end'],
  [(parts, secret) => [secret, ...parts], 'secret before the values, not after them'],
]
const hashes: Variants<Hash> = [
  [(text) => plain('sha1', text), undefined],
  [(text) => plain('sha256', text), 'SHA-256, not SHA-1'],
  [(text) => plain('sha512', text), 'SHA-512, not SHA-1'],
  [(text) => plain('md5', text), 'MD5, not SHA-1'],
  [(text, secret) => createHmac('sha1', secret).update(text, 'latin1').digest('hex'), 'HMAC-SHA-1, not SHA-1'],
  [(text, secret) => createHmac('sha256', secret).update(text, 'latin1').digest('hex'), 'HMAC-SHA-256, not SHA-1'],
]

/** Why a signature does not verify, and the parts of the text that was hashed instead, where that is known. */
export interface SignatureMistake {
  readonly reason: string
  readonly signed?: readonly string[]
}

/** Finds the common mistake that reproduces a signature that did not verify. */
export const findMistake = (form: Form, secret: string): SignatureMistake => {
  const signature = form.values.get('signature') ?? ''
  if (signature === '') return { reason: 'signature is missing' }
  const found = guesses(form, secret)
    .filter((guess) => guess.made === signature.toLowerCase())
    .sort((one, other) => one.mistakes.length - other.mistakes.length)[0]
  if (found) {
    const mistakes = /[A-F]/.test(signature) ? [...found.mistakes, 'written in upper case'] : found.mistakes
    return { reason: mistakes.join('; '), signed: found.parts }
  }
  return {
    reason: /^[0-9a-f]{40}$/i.test(signature)
      ? 'made with another secret, or over other values'
      : 'not 40 hexadecimal digits',
  }
}

/** The mistake in words. */
export const explainSignature = (form: Form, secret: string): string => findMistake(form, secret).reason

interface Guess {
  readonly made: string
  readonly parts: readonly string[]
  readonly mistakes: readonly string[]
}

const guesses = (form: Form, secret: string): Guess[] =>
  selections(form).flatMap(([selected, leftOut]) =>
    orders.flatMap(([order, wrongOrder]) =>
      readings.flatMap(([reading, wrongReading]) => {
        const values = order(selected).map((name) => reading(form, name))
        const parts = values.map((value, index) => (index === 0 ? value.replace(/^&/, '') : value))
        const hashed = hashWithSecret(parts, secret)
        return hashed.map(({ mistakes, ...guess }) => ({
          ...guess,
          mistakes: named(leftOut, wrongOrder, wrongReading, ...mistakes),
        }))
      }),
    ),
  )

// Each parameter that may have been omitted costs hundreds of hashes over all others. All documented parameters at
// their longest stay far below this limit; a larger form would block all other callers.
const largestSizeToVary = 512 * 1024

/** All parameters, and all but one: a parameter that was added after signing. */
const selections = ({ values }: Form): Variants<readonly string[]> => {
  const names = [...values.keys()].filter((name) => name !== 'signature')
  const size = [...values].reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  const left = names.length * size > largestSizeToVary ? [] : names
  return [
    [names, undefined],
    ...left.map(
      (one) => [names.filter((name) => name !== one), `${toText(one)} left out: all that is sent is signed`] as const,
    ),
  ]
}

const hashWithSecret = (values: readonly string[], secret: string): Guess[] =>
  secrets.flatMap(([join, wrongSecret]) => {
    const parts = join(values, secret)
    const text = parts.join('')
    return hashes.map(([hash, wrongHash]) => ({
      made: hash(text, secret),
      parts,
      mistakes: named(wrongSecret, wrongHash),
    }))
  })

const plain = (algorithm: string, text: string): string => createHash(algorithm).update(text, 'latin1').digest('hex')

const toSingleBytes = (bytes: string): string => (isMultibyte(bytes) ? toBytes(toText(bytes), 'latin1') : bytes)

const byLowerCase = (one: string, other: string): number => {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()]
  if (left === right) return 0
  return left < right ? -1 : 1
}

const named = (...mistakes: readonly (string | undefined)[]): string[] =>
  mistakes.filter((mistake) => mistake !== undefined)

import { isJsonObject, type JsonObject, type JsonValue } from './json-text.ts'

/**
 * The text of `data` in Trustly's signature: member names, each followed by its value, names in byte order; lists in place;
 * `null`, `""`, `{}` and `[]` as nothing, with their name; no delimiters, so it proves no structure.
 * Booleans as `true`/`false`: undocumented, and Trustly sends none.
 * @see https://docs.trustly.com/api/authentication read 2026-11-21
 */
export const canonicalForm = (data: JsonValue): string => canonicalBytes('', data).toString('utf8')

/** The same in UTF-8, after `prefix`. Encoded piece by piece: as one string, a ledger of 12 MB takes 50 % longer. */
export const canonicalBytes = (prefix: string, data: JsonValue): Buffer => {
  const form: Form = { done: [], pending: prefix, orders: [] }
  collect(data, 0, form)
  return Buffer.concat([...form.done, Buffer.from(form.pending)])
}

/** `orders`: per depth, the names of the latest object and their order; rows of a list repeat them. */
interface Form {
  readonly done: Buffer[]
  pending: string
  readonly orders: Order[]
}
interface Order {
  readonly names: readonly string[]
  readonly sorted: readonly string[]
}

const collect = (value: JsonValue, depth: number, form: Form): void => {
  if (typeof value === 'string') form.pending += value
  else if (typeof value === 'boolean') form.pending += value ? 'true' : 'false'
  else if (isJsonObject(value)) {
    for (const name of sortedNames(value, depth, form.orders)) {
      const member = value[name]
      if (typeof member === 'string') form.pending += name + member
      else {
        form.pending += name
        collect(member ?? null, depth + 1, form)
      }
    }
    if (form.pending.length > 16_384) {
      form.done.push(Buffer.from(form.pending))
      form.pending = ''
    }
  } else if (value !== null) for (const item of value) collect(item, depth + 1, form)
}

const sortedNames = (value: JsonObject, depth: number, orders: Order[]): readonly string[] => {
  const names = Object.keys(value)
  const latest = orders[depth]
  if (latest !== undefined && sameNames(latest.names, names)) return latest.sorted
  const sorted = inByteOrder([...names])
  orders[depth] = { names, sorted }
  return sorted
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index])

// JavaScript compares UTF-16 units. Only for surrogates does their order differ from that of the UTF-8 bytes.
const inByteOrder = (names: string[]): readonly string[] =>
  names.some((name) => surrogate.test(name))
    ? names.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    : names.sort()

const surrogate = /[\ud800-\udfff]/

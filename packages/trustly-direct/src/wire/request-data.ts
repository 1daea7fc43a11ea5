import { type Either, isLeft, left, type Money, right } from '@railswitch/core/provider'

/** The values of a request. No numbers and no booleans: Trustly writes both as text (`"100.00"`, `"1"`). */
export type RequestValue = string | null | readonly RequestValue[] | RequestData
export interface RequestData {
  readonly [name: string]: RequestValue
}

/** The mistake and its path (`Attributes.Amount`). Holds no value. */
export interface RequestDataFault {
  readonly code: RequestDataFaultCode
  readonly path: string
}
export type RequestDataFaultCode = 'not_text' | 'numeric_name' | 'lone_surrogate' | 'too_deep'

/**
 * A copy of the caller's data in which signed text and JSON text cannot differ: text, null, lists and plain objects; no name that
 * is a number (Trustly's PHP sample leaves those out of the text).
 * @see https://docs.trustly.com/api/authentication read 2026-11-21
 */
export const readRequestData = (data: object): Either<RequestDataFault, RequestData> =>
  isPlainObject(data) ? copyObject(data, []) : left({ code: 'not_text', path: '' })

type Copied<V extends RequestValue> = Either<RequestDataFault, V>

const maxDepth = 32

const copyValue = (value: unknown, path: readonly string[]): Copied<RequestValue> => {
  if (value === null) return right(null)
  if (typeof value === 'string') return loneSurrogate.test(value) ? refused('lone_surrogate', path) : right(value)
  if (path.length > maxDepth) return refused('too_deep', path)
  if (Array.isArray(value)) return copyList(value, path)
  return isPlainObject(value) ? copyObject(value, path) : refused('not_text', path)
}

const copyList = (list: readonly unknown[], path: readonly string[]): Copied<readonly RequestValue[]> => {
  const copy: RequestValue[] = []
  // Not forEach, which skips holes; JSON writes them as null.
  for (let index = 0; index < list.length; index += 1) {
    const item = copyValue(list[index], [...path, String(index)])
    if (isLeft(item)) return item
    copy.push(item.right)
  }
  return right(copy)
}

const copyObject = (object: object, path: readonly string[]): Copied<RequestData> => {
  const members: [string, RequestValue][] = []
  for (const [name, value] of Object.entries(object)) {
    const here = [...path, name]
    if (loneSurrogate.test(name)) return refused('lone_surrogate', here)
    if (numeric.test(name)) return refused('numeric_name', here)
    const member = copyValue(value, here)
    if (isLeft(member)) return member
    members.push([name, member.right])
  }
  return right(Object.fromEntries(members))
}

const refused = (code: RequestDataFaultCode, path: readonly string[]) => left({ code, path: path.join('.') })

// Not by identity with Object.prototype: other realms (workers, test runners) have their own.
const isPlainObject = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const loneSurrogate = /\p{Surrogate}/u
// PHP's is_numeric, which that sample uses.
const numeric = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i

/** Trustly takes HUF without decimals, although ISO 4217 gives it two, and every other currency with exactly two. */
export const hasDecimals = (currency: string): boolean => currency !== 'HUF'

/** An amount as Trustly takes it: `2500` for `2500.00 HUF`. An amount with fillér stays as it is, and the method's rules refuse it. */
export const toAmount = ({ value, currency }: Money): string =>
  hasDecimals(currency) ? value : value.replace(/\.00$/, '')

import { type Either, left, right } from '@railswitch/core/provider'
import { type JsonFaultCode, peek, readNumber, readString, readWord, refuse, type Scan, unit } from './json-tokens.ts'

/**
 * JSON as received, without loss: a number is the text that was written (`5.00`, `1e3`), never a JavaScript number.
 * `"5"` and `5` are the same value, as in Trustly's signed text.
 */
export type JsonValue = string | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** What is wrong, and at which UTF-16 unit of the text. Holds no part of the text. */
export interface JsonFault {
  readonly code: JsonFaultCode
  readonly at: number
}

/** Trustly nests four deep; `JSON.parse` has no limit of its own. */
const maxDepth = 32

/**
 * Reads RFC 8259 JSON in one pass. Accepts what `JSON.parse` accepts, except a member name twice in one object, lone
 * surrogates (both as in I-JSON), and more than 32 levels. Members become own properties, including `__proto__`.
 * @see https://www.rfc-editor.org/rfc/rfc8259 and https://www.rfc-editor.org/rfc/rfc7493#section-2, read 2026-11-21
 */
export const parseJson = (text: string): Either<JsonFault, JsonValue> => {
  const scan: Scan = { text, at: 0, fault: null, escape: -1, unusual: -1, layouts: [] }
  const value = readValue(scan, 0)
  if (value === undefined) return left({ code: scan.fault ?? 'not_json', at: scan.at })
  return peek(scan) === unit.end ? right(value) : left({ code: 'not_json', at: scan.at })
}

/** The value at a path of own member names, or `undefined`: `memberAt(message, 'params', 'data')`. */
export const memberAt = (value: JsonValue, ...path: readonly string[]): JsonValue | undefined => {
  let current = value
  for (const name of path) {
    if (!isJsonObject(current)) return undefined
    const member = Object.hasOwn(current, name) ? current[name] : undefined
    if (member === undefined) return undefined
    current = member
  }
  return current
}

/** Whether a value is an object: neither null, nor a list, nor a scalar. */
export const isJsonObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readValue = (scan: Scan, depth: number): JsonValue | undefined => {
  switch (peek(scan)) {
    case unit.quote:
      return readString(scan)
    case unit.openBrace:
      return depth < maxDepth ? readObject(scan, depth) : refuse(scan, 'too_deep')
    case unit.openBracket:
      return depth < maxDepth ? readArray(scan, depth) : refuse(scan, 'too_deep')
    case unit.t:
      return readWord(scan, 'true', true)
    case unit.f:
      return readWord(scan, 'false', false)
    case unit.n:
      return readWord(scan, 'null', null)
    default:
      return readNumber(scan)
  }
}

const readArray = (scan: Scan, depth: number): JsonValue[] | undefined => {
  const items: JsonValue[] = []
  scan.at += 1
  if (peek(scan) === unit.closeBracket) {
    scan.at += 1
    return items
  }
  for (;;) {
    const item = readValue(scan, depth + 1)
    if (item === undefined) return undefined
    items.push(item)
    const next = peek(scan)
    if (next !== unit.comma && next !== unit.closeBracket) return refuse(scan, 'not_json')
    scan.at += 1
    if (next === unit.closeBracket) return items
  }
}

const readObject = (scan: Scan, depth: number): JsonObject | undefined => {
  const members: Record<string, JsonValue> = {}
  scan.layouts[depth] ??= []
  const layout = scan.layouts[depth]
  scan.at += 1
  if (peek(scan) === unit.closeBrace) {
    scan.at += 1
    return members
  }
  for (let index = 0; ; index += 1) {
    if (peek(scan) !== unit.quote) return refuse(scan, 'not_json')
    const expected = layout[index]
    // The layout holds no name twice: a name at the position that the layout expects differs from all before it.
    const known = typeof expected === 'string' && skipName(scan, expected)
    const name = known ? expected : readNewName(scan, layout, index, members)
    if (name === undefined) return undefined
    if (peek(scan) !== unit.colon) return refuse(scan, 'not_json')
    scan.at += 1
    const value = readValue(scan, depth + 1)
    if (value === undefined) return undefined
    if (known || name !== '__proto__') members[name] = value
    else Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true })
    const next = peek(scan)
    if (next !== unit.comma && next !== unit.closeBrace) return refuse(scan, 'not_json')
    scan.at += 1
    if (next === unit.closeBrace) return members
  }
}

const skipName = (scan: Scan, name: string): boolean => {
  const end = scan.at + 1 + name.length
  if (scan.text.charCodeAt(end) !== unit.quote || scan.text.slice(scan.at + 1, end) !== name) return false
  scan.at = end + 1
  return true
}

const readNewName = (scan: Scan, layout: (string | null)[], index: number, members: JsonObject) => {
  const start = scan.at
  const name = readString(scan)
  if (name === undefined) return undefined
  if (Object.hasOwn(members, name)) {
    scan.at = start
    return refuse(scan, 'duplicate_member')
  }
  // Only a name without escapes can be compared with the text as written; an escape is longer than its character.
  const plain = scan.at - start - 2 === name.length && name !== '__proto__'
  if (layout.length > index) layout.length = index
  layout.push(plain ? name : null)
  return name
}

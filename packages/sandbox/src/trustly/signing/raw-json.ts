/** A JSON value as it was written: numbers keep their text, members their order, and no name occurs twice. */
export type JsonNode =
  | JsonObject
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly lexeme: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }

export interface JsonObject {
  readonly kind: 'object'
  readonly members: ReadonlyMap<string, JsonNode>
}

interface Cursor {
  readonly text: string
  at: number
}

const deepest = 64
const whitespace = /[ \t\r\n]*/y
const stringToken = /"[^"\\]*(?:\\.[^"\\]*)*"/y
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordToken = /true|false|null/y
const loneSurrogate = /\p{Surrogate}/u

/** Parses strict JSON without losing what a signature covers.
 *  Throws a SyntaxError, also on a repeated member name, a lone surrogate, or more than 64 levels. */
export const parseJson = (text: string): JsonNode => {
  const cursor = { text, at: 0 }
  const node = readValue(cursor, 0)
  if (cursor.at < text.length) throw fault(cursor)
  return node
}

const readValue = (cursor: Cursor, depth: number): JsonNode => {
  if (depth > deepest) throw new SyntaxError(`the JSON is nested deeper than ${deepest} levels`)
  take(cursor, whitespace)
  const node = readToken(cursor, depth)
  take(cursor, whitespace)
  return node
}

const readToken = (cursor: Cursor, depth: number): JsonNode => {
  const first = cursor.text[cursor.at]
  if (first === '{') return readObject(cursor, depth)
  if (first === '[') return readArray(cursor, depth)
  if (first === '"') return { kind: 'string', text: readString(cursor) }
  const word = take(cursor, wordToken)
  if (word) return word === 'null' ? { kind: 'null' } : { kind: 'boolean', value: word === 'true' }
  const lexeme = take(cursor, numberToken)
  if (lexeme) return { kind: 'number', lexeme }
  throw fault(cursor)
}

const readObject = (cursor: Cursor, depth: number): JsonObject => {
  const members = new Map<string, JsonNode>()
  cursor.at += 1
  take(cursor, whitespace)
  while (!skip(cursor, '}')) {
    if (members.size > 0) expect(cursor, ',')
    take(cursor, whitespace)
    const name = readString(cursor)
    if (members.has(name)) throw new SyntaxError(`the member ${JSON.stringify(name)} occurs twice`)
    take(cursor, whitespace)
    expect(cursor, ':')
    members.set(name, readValue(cursor, depth + 1))
  }
  return { kind: 'object', members }
}

const readArray = (cursor: Cursor, depth: number): JsonNode => {
  const items: JsonNode[] = []
  cursor.at += 1
  take(cursor, whitespace)
  while (!skip(cursor, ']')) {
    if (items.length > 0) expect(cursor, ',')
    items.push(readValue(cursor, depth + 1))
  }
  return { kind: 'array', items }
}

const readString = (cursor: Cursor): string => {
  const lexeme = take(cursor, stringToken)
  if (!lexeme) throw fault(cursor)
  const text: unknown = JSON.parse(lexeme)
  // Half a character has no UTF-8 form, so no signature can cover it.
  if (typeof text !== 'string' || loneSurrogate.test(text)) throw new SyntaxError('a string holds half a character')
  return text
}

const take = (cursor: Cursor, token: RegExp): string => {
  token.lastIndex = cursor.at
  const found = token.exec(cursor.text)?.[0] ?? ''
  cursor.at += found.length
  return found
}

const skip = (cursor: Cursor, character: string): boolean => {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at += 1
  return true
}

const expect = (cursor: Cursor, character: string): void => {
  if (!skip(cursor, character)) throw fault(cursor)
}

const fault = ({ text, at }: Cursor) =>
  new SyntaxError(at < text.length ? `unexpected JSON at character ${at}` : 'the JSON ends too early')

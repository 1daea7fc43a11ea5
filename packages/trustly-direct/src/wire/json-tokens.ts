export type JsonFaultCode = 'not_json' | 'duplicate_member' | 'lone_surrogate' | 'too_deep'

/** The state of the reader. `layouts`: per depth, the names of the latest object as written; rows of a list repeat them. */
export interface Scan {
  readonly text: string
  at: number
  fault: JsonFaultCode | null
  /** The next backslash, and the next control character or surrogate, as last found: a string before both is plain. */
  escape: number
  unusual: number
  readonly layouts: (string | null)[][]
}

/** UTF-16 units with a meaning in JSON. `end` is the end of the text. */
export const unit = {
  end: -1,
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  f: 0x66,
  n: 0x6e,
  t: 0x74,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const

/** Records a fault. Every reader returns its `undefined` as "refused": it is not a JSON value, and avoids a wrapper per value. */
export const refuse = (scan: Scan, code: JsonFaultCode): undefined => {
  scan.fault = code
}

/** Skips white space, and returns the unit at the current position. */
export const peek = (scan: Scan): number => {
  const { text } = scan
  for (let at = scan.at; at < text.length; at += 1) {
    const found = text.charCodeAt(at)
    if (found > unit.space || !isSpace(found)) {
      scan.at = at
      return found
    }
  }
  scan.at = text.length
  return unit.end
}

const isSpace = (found: number): boolean =>
  found === unit.space || found === unit.lineFeed || found === unit.carriageReturn || found === unit.tab

/** The literal `true`, `false` or `null` at the current position, as `value`. */
export const readWord = <V extends boolean | null>(scan: Scan, word: string, value: V): V | undefined => {
  if (!scan.text.startsWith(word, scan.at)) return refuse(scan, 'not_json')
  scan.at += word.length
  return value
}

/** A number's text exactly as written. */
export const readNumber = (scan: Scan): string | undefined => {
  const start = scan.at
  const { text } = scan
  if (text.charCodeAt(scan.at) === unit.minus) scan.at += 1
  if (text.charCodeAt(scan.at) === unit.zero) scan.at += 1
  else if (!skipDigits(scan)) return refuse(scan, 'not_json')
  if (text.charCodeAt(scan.at) === unit.dot) {
    scan.at += 1
    if (!skipDigits(scan)) return refuse(scan, 'not_json')
  }
  const exponent = text.charCodeAt(scan.at)
  if (exponent === 0x65 || exponent === 0x45) {
    scan.at += 1
    const sign = text.charCodeAt(scan.at)
    if (sign === unit.plus || sign === unit.minus) scan.at += 1
    if (!skipDigits(scan)) return refuse(scan, 'not_json')
  }
  return text.slice(start, scan.at)
}

const skipDigits = (scan: Scan): boolean => {
  const { text } = scan
  let at = scan.at
  while (at < text.length && isDigit(text.charCodeAt(at))) at += 1
  const some = at > scan.at
  scan.at = at
  return some
}

const isDigit = (found: number): boolean => found >= unit.zero && found <= unit.nine

/** A string's characters, with escapes decoded. The current position is the opening quote. */
export const readString = (scan: Scan): string | undefined => {
  const { text } = scan
  const start = scan.at + 1
  if (scan.escape < start) scan.escape = nextEscape(text, start)
  if (scan.unusual < start) scan.unusual = nextUnusual(text, start)
  const careful = Math.min(scan.escape, scan.unusual)
  const end = text.indexOf('"', start)
  if (end !== -1 && end < careful) {
    scan.at = end + 1
    return text.slice(start, end)
  }
  scan.at = start
  return readUnusualString(scan)
}

const nextEscape = (text: string, start: number): number => {
  const found = text.indexOf('\\', start)
  return found === -1 ? Number.POSITIVE_INFINITY : found
}

const nextUnusual = (text: string, start: number): number => {
  unusual.lastIndex = start
  return unusual.test(text) ? unusual.lastIndex - 1 : Number.POSITIVE_INFINITY
}

// Control characters, which are forbidden in strings, and everything from the surrogates on: one range is faster than two.
const unusual = /[^\u0020-\ud7ff]/g

/** The same for a string with an escape, a control character, or a character beyond U+D7FF: `JSON.parse` decodes it. */
const readUnusualString = (scan: Scan): string | undefined => {
  const { text } = scan
  const end = endOfString(text, scan.at)
  const decoded = end === -1 ? undefined : decode(text.slice(scan.at - 1, end + 1))
  if (decoded === undefined) return refuse(scan, 'not_json')
  scan.at = end + 1
  return loneSurrogate.test(decoded) ? refuse(scan, 'lone_surrogate') : decoded
}

/** Of the closing quote; -1: there is none. */
const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

const isEscaped = (text: string, at: number): boolean => {
  let first = at
  while (text.charCodeAt(first - 1) === unit.backslash) first -= 1
  return (at - first) % 2 === 1
}

const decode = (token: string): string | undefined => {
  try {
    return JSON.parse(token)
  } catch {
    return undefined
  }
}

// With the flag u, a surrogate pair is one character, and not matched.
const loneSurrogate = /\p{Surrogate}/u

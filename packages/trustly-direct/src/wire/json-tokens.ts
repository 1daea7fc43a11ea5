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
  u: 0x75,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  firstSurrogate: 0xd800,
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
  return readUnusualString(scan, careful)
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

/** The same for a string in which the character at `first` is an escape, a control character, or beyond U+D7FF. */
const readUnusualString = (scan: Scan, first: number): string | undefined => {
  const { text } = scan
  let decoded = ''
  let from = scan.at
  let surrogates = false
  for (let at = first; at < text.length; at += 1) {
    const found = text.charCodeAt(at)
    if (found === unit.quote) {
      decoded += text.slice(from, at)
      scan.at = at + 1
      return surrogates && loneSurrogate.test(decoded) ? refuse(scan, 'lone_surrogate') : decoded
    }
    if (found < unit.space) break
    if (found >= unit.firstSurrogate) surrogates = true
    if (found === unit.backslash) {
      const character = escaped(text, at + 1)
      if (character === undefined) break
      if (character >= '\ud800') surrogates = true
      decoded += text.slice(from, at) + character
      at += text.charCodeAt(at + 1) === unit.u ? 5 : 1
      from = at + 1
    }
  }
  return refuse(scan, 'not_json')
}

// With the flag u, a surrogate pair is one character, and not matched.
const loneSurrogate = /\p{Surrogate}/u

const shortEscapes: ReadonlyMap<number, string> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, character]) => [letter.charCodeAt(0), character],
  ),
)

const escaped = (text: string, at: number): string | undefined => {
  const letter = text.charCodeAt(at)
  if (letter !== unit.u) return shortEscapes.get(letter)
  let code = 0
  for (let digit = at + 1; digit <= at + 4; digit += 1) {
    const value = hexValue(text.charCodeAt(digit))
    if (value === undefined) return undefined
    code = code * 16 + value
  }
  return String.fromCharCode(code)
}

const hexValue = (found: number): number | undefined => {
  if (isDigit(found)) return found - unit.zero
  const letter = found | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined
}

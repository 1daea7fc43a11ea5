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

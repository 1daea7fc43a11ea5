import type { Habits } from './signing-rules.ts'

/** A mistake that people make with Trustly's signature: its name, the rule it breaks, and what to do. */
export interface SignatureMistake {
  readonly code: string
  readonly rule: string
  readonly fix: string
}

/** With the habits that reproduce it. */
export interface KnownMistake extends SignatureMistake {
  readonly habits: Partial<Habits>
}

export const mistake = (code: string, rule: string, fix: string, habits: Partial<Habits>): KnownMistake => ({
  code,
  rule,
  fix,
  habits,
})

/** One that concerns what stands before the data. */
export const headMistake = (code: string, rule: string, head: Habits['head']): KnownMistake =>
  mistake(code, rule, 'begin the text with the method and the UUID, as the message has them', { head })

/** A character as JSON may write it. */
export const jsonEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

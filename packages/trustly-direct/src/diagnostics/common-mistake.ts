import type { SigningSteps } from './signing-steps.ts'

/** A mistake in a signature: its code, the rule that it breaks, and how to fix it. */
export interface SignatureMistake {
  readonly code: string
  readonly rule: string
  readonly fix: string
}

/** A known mistake, with the signing steps that reproduce it. */
export interface CommonMistake extends SignatureMistake {
  readonly steps: Partial<SigningSteps>
}

export const mistake = (code: string, rule: string, fix: string, steps: Partial<SigningSteps>): CommonMistake => ({
  code,
  rule,
  fix,
  steps,
})

/** A mistake in what comes before the data. */
export const headMistake = (code: string, rule: string, head: SigningSteps['head']): CommonMistake =>
  mistake(code, rule, 'begin the text with the method and the UUID, as the message has them', { head })

/** A character as a JSON escape. */
export const jsonEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

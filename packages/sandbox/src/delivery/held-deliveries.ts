import type { Letter } from './delivery.ts'

/** What is kept back, and what to do about it when it is released. */
export const createKeptBack = () => {
  const everything = Symbol('every subject')
  const holds = new Set<string | symbol>()
  const kept = new Map<Letter, () => void>()
  const isHeld = ({ subject }: Letter) => holds.has(everything) || holds.has(subject)
  return {
    keep: (letter: Letter, resume: () => void): boolean => {
      letter.held = isHeld(letter)
      if (letter.held) kept.set(letter, resume)
      return letter.held
    },
    hold: (subject: string | symbol = everything) => {
      holds.add(subject)
    },
    release: (subject?: string) => {
      if (subject === undefined) holds.clear()
      else holds.delete(subject)
      for (const [letter, resume] of kept) {
        if (isHeld(letter)) continue
        kept.delete(letter)
        letter.held = false
        resume()
      }
    },
  }
}

import { distance } from 'fastest-levenshtein'

/** The known name that was probably meant: it differs by case, by a missing or added part, or by at most a third of its letters. */
export const nearestName = (given: string, known: readonly string[]): string | null => {
  const lower = given.toLowerCase()
  const ranked = known
    .map((name) => ({ name, off: offOf(lower, name.toLowerCase()) }))
    .sort((a, b) => a.off - b.off || a.name.length - b.name.length)
  const [best] = ranked
  return best && best.off <= Math.max(2, given.length / 3) ? best.name : null
}

const offOf = (given: string, name: string): number => {
  const off = distance(given, name)
  const contained = Math.min(given.length, name.length) >= 4 && (name.includes(given) || given.includes(name))
  return contained ? Math.min(off, 1) : off
}

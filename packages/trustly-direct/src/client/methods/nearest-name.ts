import { distance } from 'fastest-levenshtein'

/** The name that was probably meant: of another case, a part or a whole of it, or at most a third of it mistyped. */
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

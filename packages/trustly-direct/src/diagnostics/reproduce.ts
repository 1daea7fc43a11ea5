import { createHash } from 'node:crypto'
import type { KnownMistake, SignatureMistake } from './common-mistake.ts'
import { dataMistakes } from './data-mistakes.ts'
import { frameMistakes } from './frame-mistakes.ts'
import { messageMistakes } from './message-mistakes.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { SignedDigest } from './signature-value.ts'
import { hashedBytes, vendorHabits } from './signing-rules.ts'

/** Texts are made until they have this many characters together, but twenty times the message at least. */
const effort = 20_000_000

/** The fewest mistakes, three at most, that together make what was signed of this message; null when none do. */
export const reproduce = (message: ReceivedMessage, signed: SignedDigest): readonly SignatureMistake[] | null => {
  let left = Math.max(effort, 20 * message.text.length)
  for (const set of likelySets(message)) {
    left -= message.text.length
    if (left < 0) return null
    if (makes(message, set, signed)) return set.map(({ code, rule, fix }) => ({ code, rule, fix }))
  }
  return null
}

function* likelySets(message: ReceivedMessage): Generator<readonly KnownMistake[]> {
  const general = [...dataMistakes, ...frameMistakes]
  const every = [...general, ...messageMistakes(message)]
  for (const size of [0, 1, 2]) yield* setsOf(every, size)
  yield* setsOf(general, 3)
}

/** Sets of `size` that do not get into each other's way. */
function* setsOf(mistakes: readonly KnownMistake[], size: number): Generator<readonly KnownMistake[]> {
  if (size === 0) return yield []
  for (const [index, first] of mistakes.entries())
    for (const others of setsOf(mistakes.slice(index + 1), size - 1))
      if (!others.some((other) => collide(first, other))) yield [first, ...others]
}

const collide = (one: KnownMistake, other: KnownMistake): boolean =>
  Object.keys(one.habits).some((habit) => Object.hasOwn(other.habits, habit))

const makes = (message: ReceivedMessage, set: readonly KnownMistake[], { hash, digest }: SignedDigest): boolean => {
  const habits = Object.assign({}, vendorHabits, ...set.map((mistake) => mistake.habits))
  return createHash(hash).update(hashedBytes(message, habits)).digest().equals(digest)
}

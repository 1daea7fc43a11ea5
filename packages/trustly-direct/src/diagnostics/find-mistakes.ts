import { createHash } from 'node:crypto'
import type { CommonMistake, SignatureMistake } from './common-mistake.ts'
import { dataMistakes } from './data-mistakes.ts'
import { frameMistakes } from './layout-mistakes.ts'
import { messageMistakes } from './message-mistakes.ts'
import type { ReceivedMessage } from './received-message.ts'
import type { SignedDigest } from './signature-value.ts'
import { documentedSteps, hashedBytes } from './signing-steps.ts'

/** The number of characters of all tried texts, at least twenty times the message. */
const effort = 20_000_000

/** The fewest mistakes, at most three, that together reproduce the signed digest; null if none do. */
export const reproduce = (message: ReceivedMessage, signed: SignedDigest): readonly SignatureMistake[] | null => {
  let left = Math.max(effort, 20 * message.text.length)
  for (const set of likelySets(message)) {
    left -= message.text.length
    if (left < 0) return null
    if (makes(message, set, signed)) return set.map(({ code, rule, fix }) => ({ code, rule, fix }))
  }
  return null
}

function* likelySets(message: ReceivedMessage): Generator<readonly CommonMistake[]> {
  const general = [...dataMistakes, ...frameMistakes]
  const every = [...general, ...messageMistakes(message)]
  for (const size of [0, 1, 2]) yield* setsOf(every, size)
  yield* setsOf(general, 3)
}

/** Sets of `size` mistakes that replace different steps. */
function* setsOf(mistakes: readonly CommonMistake[], size: number): Generator<readonly CommonMistake[]> {
  if (size === 0) return yield []
  for (const [index, first] of mistakes.entries())
    for (const others of setsOf(mistakes.slice(index + 1), size - 1))
      if (!others.some((other) => collide(first, other))) yield [first, ...others]
}

const collide = (one: CommonMistake, other: CommonMistake): boolean =>
  Object.keys(one.steps).some((step) => Object.hasOwn(other.steps, step))

const makes = (message: ReceivedMessage, set: readonly CommonMistake[], { hash, digest }: SignedDigest): boolean => {
  const steps = Object.assign({}, documentedSteps, ...set.map((mistake) => mistake.steps))
  return createHash(hash).update(hashedBytes(message, steps)).digest().equals(digest)
}

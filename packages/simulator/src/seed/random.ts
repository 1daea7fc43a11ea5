import { hash } from 'node:crypto'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Draws of one stream. They depend on the seed and the stream's name alone, so a new stream changes no other one. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  readonly number: () => number
  /** An integer from `least` to `most`, both included. */
  readonly integer: (least: number, most: number) => number
  /** True with this probability. */
  readonly chance: (probability: number) => boolean
  readonly pick: <Choice>(choices: readonly Choice[]) => Choice
  readonly uuid: () => string
  /** Another stream of the same seed. */
  readonly stream: (...name: ReadonlyArray<string | number>) => Random
}

export const createRandom = (seed: number, ...path: ReadonlyArray<string | number>): Random => {
  const state = hash('sha256', JSON.stringify([seed, ...path]), 'buffer').readInt32LE()
  const generator = xoroshiro128plus(state)
  const integer = (least: number, most: number): number => uniformInt(generator, least, most)
  const number = (): number => integer(0, 0x7fffffff) / 0x80000000
  return {
    number,
    integer,
    chance: (probability) => number() < probability,
    pick: (choices) => {
      const chosen = choices[integer(0, choices.length - 1)]
      if (chosen === undefined) throw new Error('There is nothing to pick from.')
      return chosen
    },
    uuid: () => {
      const hex = Array.from({ length: 8 }, () => integer(0, 0xffff).toString(16).padStart(4, '0')).join('')
      return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
    },
    stream: (...name) => createRandom(seed, ...path, ...name),
  }
}

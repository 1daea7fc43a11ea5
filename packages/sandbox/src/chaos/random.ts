import { createHash } from 'node:crypto'

/** Bytes that depend on the words alone, evenly distributed. */
export const seededBytes = (...words: ReadonlyArray<string | number>): Uint8Array =>
  createHash('sha512').update(JSON.stringify(words)).digest()

/** A number from 0 up to, but not including, 1 that depends on the words alone. */
export const seededNumber = (...words: ReadonlyArray<string | number>): number =>
  Buffer.from(seededBytes(...words)).readUInt32BE(0) / 2 ** 32

/** Picks one of the choices. On one occasion the same word always gives the same choice. */
export type Draw = <Choice>(word: string, choices: readonly Choice[]) => Choice

/** The draws of one occasion. They depend on the seed and the occasion alone. */
export const createDraw =
  (seed: number, ...occasion: ReadonlyArray<string | number>): Draw =>
  (word, choices) => {
    const chosen = choices[Math.floor(seededNumber(seed, 'draw', ...occasion, word) * choices.length)]
    if (chosen === undefined) throw new Error(`There is nothing to draw for ${word}.`)
    return chosen
  }

import { seededNumber } from './chance.ts'

/** Picks one of the choices. The same word is drawn the same at one occasion. */
export type Draw = <Choice>(word: string, choices: readonly Choice[]) => Choice

/** The draws of one occasion: the same seed and occasion, the same draws. */
export const createDraw =
  (seed: number, ...occasion: ReadonlyArray<string | number>): Draw =>
  (word, choices) => {
    const chosen = choices[Math.floor(seededNumber(seed, 'draw', ...occasion, word) * choices.length)]
    if (chosen === undefined) throw new Error(`There is nothing to draw for ${word}.`)
    return chosen
  }

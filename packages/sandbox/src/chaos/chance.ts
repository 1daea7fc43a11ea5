import { createHash } from 'node:crypto'

/** Bytes that depend on the words alone, evenly spread: the same words, the same bytes. */
export const seededBytes = (...words: ReadonlyArray<string | number>): Uint8Array =>
  createHash('sha512').update(JSON.stringify(words)).digest()

/** A number from 0 up to 1 that depends on the words alone. */
export const seededNumber = (...words: ReadonlyArray<string | number>): number =>
  Buffer.from(seededBytes(...words)).readUInt32BE(0) / 2 ** 32

import type { Random } from './platform.ts'

/** A whole number from `least` up to, but not including, `end`. */
export const randomInteger = (random: Random, least: number, end: number): number =>
  least + Math.floor(random() * (end - least))

/** A UUID of version 4. */
export const randomUuid = (random: Random): string => {
  const bytes = randomBytes(random, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export const randomBytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => randomInteger(random, 0, 256)))

import { existsSync, readFileSync } from 'node:fs'

/** The text of a configured key, which may be given as the path of a file. */
export const keyText = (given: string): string =>
  !given.includes('-----') && existsSync(given) ? readFileSync(given, 'utf8') : given

import { readFileSync } from 'node:fs'
import { UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'

/** The merchant's secrets, the newest first: one per line of the file or of the variable PAYABL_SECRET. */
export const readSecrets = (
  file: string | undefined,
  { env }: Pick<Terminal, 'env'>,
): readonly [string, ...string[]] => {
  const text = file === undefined ? (env.PAYABL_SECRET ?? '') : readFile(file)
  const [first, ...more] = text.split(/\r?\n/).filter((line) => line !== '')
  if (first === undefined)
    throw new UsageError(
      file === undefined ? 'No secret: set PAYABL_SECRET or pass --secret-file.' : `${file} is empty.`,
    )
  return [first, ...more]
}

const readFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read.`)
  }
}

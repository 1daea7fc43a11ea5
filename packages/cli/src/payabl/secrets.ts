import { readFileSync } from 'node:fs'
import { UsageError } from '../exit-code.ts'

/** The merchant's secrets, the newest first: lines of the file, or the variable PAYABL_SECRET. */
export const readSecrets = (file: string | undefined): readonly [string, ...string[]] => {
  const text = file === undefined ? (process.env.PAYABL_SECRET ?? '') : readFile(file)
  const [first, ...more] = text.split(/\r?\n/).filter((line) => line !== '')
  if (first === undefined)
    throw new UsageError(
      file === undefined ? 'There is no secret: set PAYABL_SECRET, or give --secret-file.' : `${file} is empty.`,
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

import { readFile } from 'node:fs/promises'
import { UsageError } from './errors.ts'

/** Reads a file that the command line names. `what` describes the file in the UsageError. */
export const readText = (file: string, what: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${what} cannot be read from ${file} (${error.code})`)
  })

export const readJson = async (file: string, what: string): Promise<unknown> => {
  const text = await readText(file, what)
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message quotes the text, which may contain secrets.
    throw new UsageError(`${file} is not JSON`)
  }
}

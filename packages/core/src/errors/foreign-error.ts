import { types } from 'node:util'

/** The name of an error that is not ours, such as `TypeError`; for another value, its type. */
export const errorName = (error: unknown): string => (isError(error) ? error.name : typeof error)

/**
 * The lines of the error's stack that name functions and files. The message is left out: the error of a provider may repeat the request,
 * which contains credentials and personal data.
 */
export const framesOf = (error: unknown): string => {
  if (!isError(error) || typeof error.stack !== 'string') return ''
  const header = headerOf(error.stack, error.message)
  return header === null
    ? ''
    : error.stack
        .slice(header.length)
        .split('\n')
        .filter((line) => /^ {4}at /.test(line))
        .join('\n')
}

/** The part of a stack with the name and the message, which can have several lines. Null: it has another message. */
const headerOf = (stack: string, message: string): string | null => {
  if (message === '') return /^[^\n:]*(?:: )?\n/.exec(stack)?.[0] ?? null
  const end = `: ${message}\n`
  const at = stack.indexOf(end)
  return at === -1 || stack.slice(0, at).includes('\n') ? null : stack.slice(0, at + end.length)
}

/** Errors of other realms, such as worker contexts, are no instances of this realm's `Error`. */
export const isError = (error: unknown): error is Error => error instanceof Error || types.isNativeError(error)

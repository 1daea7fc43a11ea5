import * as z from 'zod'
import type { QueryResult } from './query-result.ts'

/** Text, trimmed; blank is absent. payabl pads texts with spaces and sends empty elements. */
export const elementText = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined)

/** A transaction id, sometimes with a stray space. */
export const elementId = z
  .string()
  .trim()
  .regex(/^\d{1,50}$/)

/** A result code, as text. */
export const elementCode = z
  .string()
  .trim()
  .regex(/^-?\d{1,9}$/)

/** The `<process>` element. */
export const queryResult = z
  .object({ status: elementCode, error_message: elementText, process_time: elementText })
  .transform(
    ({ status, error_message, process_time }): QueryResult => ({
      queryStatus: status,
      errorMessage: error_message,
      processTime: process_time,
    }),
  )

/** Whether an element is blank, at any depth. */
export const isBlank = (element: unknown): boolean => {
  if (typeof element === 'string') return element.trim() === ''
  return typeof element === 'object' && element !== null && Object.values(element).every(isBlank)
}

/** The elements named `<prefix>1`, `<prefix>2`, … in the order of their numbers. */
export const numberedElements = (
  parent: unknown,
  prefix: string,
): readonly { readonly number: number; readonly element: unknown }[] =>
  Object.entries(typeof parent === 'object' && parent !== null ? parent : {})
    .flatMap(([name, element]) => {
      const digits = name.startsWith(prefix) ? name.slice(prefix.length) : ''
      return /^\d{1,6}$/.test(digits) ? [{ number: Number(digits), element: element as unknown }] : []
    })
    .sort((one, other) => one.number - other.number)

/** The name of the innermost element that a schema did not accept. Never its text. */
export const elementOf = (error: z.ZodError): string =>
  String(error.issues[0]?.path.findLast((part) => typeof part === 'string') ?? 'response')

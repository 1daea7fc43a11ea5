import * as z from 'zod'

/** How a query of tx_diagnose or send_notification went. `queryStatus` is the result of the QUERY: `0` says that it
 *  ran, nothing about any payment. `processTime` is `dd.mm.yyyy HH:MM:SS` in a zone that payabl does not state. */
export type QueryResult = {
  readonly queryStatus: string
  readonly errorMessage: string | undefined
  readonly processTime: string | undefined
}

/** payabl pads texts with spaces and sends empty elements: trimmed, and blank is absent. */
export const elementText = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined)

/** A transaction id as payabl prints it, with a stray space at times. */
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

/** Whether an element holds nothing but blanks, at any depth. */
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

/** The innermost element that a schema did not accept: a name of the schema's, never a text. */
export const elementOf = (error: z.ZodError): string =>
  String(error.issues[0]?.path.findLast((part) => typeof part === 'string') ?? 'response')

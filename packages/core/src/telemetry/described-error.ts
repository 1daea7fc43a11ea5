import { errorName, framesOf, isError } from '../errors/foreign-error.ts'
import { PaymentError } from '../errors/payment-error.ts'

/** An error as the field `err` of a log line. A plain object, because not every logger writes the members of an `Error`. */
export interface DescribedError {
  readonly name: string
  readonly message?: string
  readonly code?: string | number
  /** The fix, if the error is ours. */
  readonly hint?: string
  readonly stack?: string
  readonly cause?: DescribedError
  /** Of an `AggregateError`: a connection that failed at several addresses. */
  readonly errors?: readonly DescribedError[]
}

/** Causes and aggregates are described up to this depth. */
const deepest = 4

/**
 * An error of the application (a handler, a write, its store) with its message, stack and causes. Of a `PaymentError`, only the cause of
 * `store_failed` is described with its message: other causes come from code that knows the request.
 */
export const describeError = (error: unknown, depth = 0): DescribedError => {
  if (!isError(error)) return { name: typeof error, message: textOf(error) }
  const { name, message, stack = '', cause } = error
  const { code, hint, errors } = error as { code?: unknown; hint?: unknown; errors?: unknown }
  const isDeep = depth >= deepest
  return {
    name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error instanceof PaymentError && { hint: String(hint) }),
    stack,
    ...(cause !== undefined && !isDeep && { cause: describeCause(error, cause, depth + 1) }),
    ...(Array.isArray(errors) && !isDeep && { errors: errors.map((one: unknown) => describeError(one, depth + 1)) }),
  }
}

/** An error of code that knows a request: without its message, which may repeat the request. */
export const describeWithoutMessage = (error: unknown): DescribedError => ({
  name: errorName(error),
  stack: framesOf(error),
})

const describeCause = (error: Error, cause: unknown, depth: number): DescribedError =>
  error instanceof PaymentError && error.code !== 'store_failed'
    ? describeWithoutMessage(cause)
    : describeError(cause, depth)

/** The text of a thrown value that is no error. */
const textOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  return 'message' in value ? String(value.message) : Object.keys(value).join(', ')
}

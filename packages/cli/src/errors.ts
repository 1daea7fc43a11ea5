import type { PaymentError } from '@railswitch/core'
import { CommanderError } from 'commander'
import { type ExitCode, exitCode, type Terminal } from './terminal.ts'

/** The command line or a file that it names is not valid. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The command ran, and its result is negative: everything is printed already. Exit code 1. */
export class NegativeResult extends Error {
  override readonly name = 'NegativeResult'
}

/** What `--json` prints on stderr, in one line, if a command fails. */
interface Failure {
  readonly error: {
    /** `usage`, `failed`, or the code of a PaymentError. */
    readonly code: string
    readonly message: string
    readonly hint?: string
    readonly issues?: readonly { readonly field: string; readonly rule: string; readonly fix: string }[]
  }
}

/** Prints why a command failed, and gives its exit code. */
export const reportFailure = (error: unknown, { err }: Terminal, asJson: boolean): ExitCode => {
  if (error instanceof NegativeResult) return exitCode.notDone
  const failure = failureOf(error)
  if (asJson) err(`${JSON.stringify(failure)}\n`)
  else err(`railswitch: ${textOf(failure)}\n`)
  return isUsage(error) ? exitCode.usage : exitCode.notDone
}

const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  error instanceof CommanderError ||
  (isPaymentError(error) && ['invalid_configuration', 'invalid_input'].includes(error.code))

/** Does not load the class, which only some commands need. */
export const isPaymentError = (error: unknown): error is PaymentError =>
  error instanceof Error && error.name === 'PaymentError'

const failureOf = (error: unknown): Failure => {
  if (isPaymentError(error)) {
    const { code, message, hint, issues, cause } = error
    const why = cause === undefined ? '' : ` (${messageOf(cause)})`
    return { error: { code, message: message + why, hint, ...(issues.length > 0 && { issues }) } }
  }
  const code = isUsage(error) ? 'usage' : 'failed'
  return { error: { code, message: messageOf(error).replace(/^error: /, '') } }
}

/** A refused connection is an error without a message, with one error for each address. */
const messageOf = (error: unknown): string => {
  const { message, errors, code } = Object(error) as {
    readonly message?: string
    readonly errors?: readonly unknown[]
    readonly code?: string
  }
  if (message) return message
  return errors?.[0] === undefined ? (code ?? 'unknown error') : messageOf(errors[0])
}

/** Issues are part of the message, each with its fix. */
const textOf = ({ error: { message, hint, issues } }: Failure): string =>
  hint === undefined || issues !== undefined ? message : `${message}\n  ${hint}`

import { PaymentError } from '@railswitch/core'

/**
 * The stack of a mistake in a configuration begins where the application called: when a start fails, Node prints the line of the stack's
 * beginning before the message.
 */
export const withStackAtCall = <A>(called: (...args: never) => unknown, run: () => A): A => {
  try {
    return run()
  } catch (error) {
    if (error instanceof PaymentError && error.code === 'invalid_configuration')
      Error.captureStackTrace?.(error, called)
    throw error
  }
}

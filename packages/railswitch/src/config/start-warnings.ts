import type { Handlers } from '@railswitch/callbacks'
import type { Logger } from '@railswitch/core'
import { hasEnvironment, isLoopback } from './callback-url.ts'
import type { PaymentsConfig } from './payments-config.ts'

/** Warns of what works, but probably not as intended. */
export const createStartWarnings = <Tx>(config: PaymentsConfig<Tx>, logger: Logger) => {
  let isRegistered = false
  if (hasEnvironment(config, 'test') && isLoopback(config.callbacks.url))
    logger.warn(
      { hint: 'use a tunnel or a test server with a public address; until then, only sync() finds out about payments' },
      'callbacks.url is an address of this machine: the vendor cannot reach it',
    )

  return {
    registered(handlers: Handlers<Tx>): void {
      isRegistered = true
      if (!('deposit.credited' in handlers)) warnOfCredits("add 'deposit.credited' to payments.on()")
    },
    beforeDeposit(): void {
      if (isRegistered) return
      isRegistered = true
      warnOfCredits('call payments.on() when the application starts')
    },
  }

  function warnOfCredits(fix: string): void {
    logger.warn(
      { hint: `${fix}; if the application takes no deposits, pass a function that does nothing` },
      "no handler for 'deposit.credited': nothing happens when a deposit is paid",
    )
  }
}

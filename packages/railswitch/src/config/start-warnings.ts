import type { Handlers } from '@railswitch/callbacks'
import type { PaymentProvider } from '@railswitch/core'
import { hasEnvironment, isLoopback } from './callback-url.ts'
import { configSource } from './config-sources.ts'
import type { PaymentsConfig, ReadyConfig } from './payments-config.ts'

/** Warns of what works, but probably not as intended. */
export const createStartWarnings = <Tx>(config: PaymentsConfig<Tx>, { rails, statement, logger }: ReadyConfig<Tx>) => {
  let isRegistered = false
  if (hasEnvironment(config, 'test') && isLoopback(config.callbacks.url))
    logger.warn(
      { hint: 'use a tunnel or a test server with a public address; until then, only sync() finds out about payments' },
      `${nameOf(config, 'callbacks.url')} is an address of this machine: the vendor cannot reach it`,
    )
  const needing = statement === undefined ? [...rails].filter(([, provider]) => needsStatement(provider)) : []
  if (needing.length > 0)
    logger.warn(
      {
        hint: 'set `statement` (RAILSWITCH_STATEMENT), or pass it with each call',
        rails: needing.map(([name]) => name),
      },
      'no statement: deposits and payouts without one are refused',
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

/** The variable that set the option, or its name. */
const nameOf = (config: object, field: string): string => {
  const source = configSource(config, field)
  return source && 'variable' in source ? source.variable : field
}

/** A provider of another author may refuse the market, or fail. */
const needsStatement = ({ requirements }: PaymentProvider): boolean => {
  try {
    return requirements?.('deposit', { country: 'SE', currency: 'SEK' }).fields.includes('statement') ?? false
  } catch {
    return false
  }
}

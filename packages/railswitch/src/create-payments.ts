import { createTokens } from '@railswitch/callbacks'
import { systemRuntime } from '@railswitch/core'
import { assemblePayments } from './assemble-payments.ts'
import type { PaymentsConfig } from './config/payments-config.ts'
import { withStackAtCall } from './config/stack-at-call.ts'
import type { Payments } from './payments.ts'

/** Creates the payments object. Synchronous: throws `invalid_configuration` with all mistakes at once, before the first call. */
export const createPayments = <Tx>(config: PaymentsConfig<Tx>): Payments<Tx> =>
  withStackAtCall(createPayments, () =>
    assemblePayments(config, {
      runtime: { ...systemRuntime, ...(typeof config?.clock === 'function' && { now: config.clock }) },
      createTokens,
    }),
  )

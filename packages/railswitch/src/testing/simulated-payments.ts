import { assemblePayments, type Ports } from '../assemble-payments.ts'
import type { PaymentsConfig } from '../config/payments-config.ts'
import type { Payments } from '../payments.ts'

/** A configuration whose time comes from the simulation's `runtime`. */
export type SimulatedConfig<Tx> = Omit<PaymentsConfig<Tx>, 'clock'>

/**
 * `createPayments` for a simulation: with the simulation's time, timers, randomness and callback tokens. If the store, the transport and
 * the providers are deterministic too, the same calls always do the same in the same order. Pass the same `runtime` to `memoryStore`,
 * `createTrustlyDirect` and `createPayablTrustly`.
 */
export const createSimulatedPayments = <Tx>(config: SimulatedConfig<Tx>, ports: Ports): Payments<Tx> =>
  assemblePayments(config, ports)

export type { Signable, Tokens } from '@railswitch/callbacks'
export { type CallbackTokenClaims, type Runtime, systemRuntime } from '@railswitch/core'
export type { Ports } from './assemble-payments.ts'
export { createSimulatedPayments, type SimulatedConfig } from './testing/simulated-payments.ts'

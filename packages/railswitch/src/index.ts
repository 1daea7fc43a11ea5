export type { Handlers, Resolution, Review, Settled } from '@railswitch/callbacks'
export {
  type DepositInput,
  type DepositState,
  type Money,
  memoryStore,
  money,
  type Outcome,
  PaymentError,
  type PaymentEvent,
  type PaymentProvider,
  type PaymentRef,
  type RefundInput,
  type Started,
  type Store,
} from '@railswitch/core'
export { configFrom } from './config-from.ts'
export {
  createPayments,
  type Payments,
  type PaymentTasks,
  type PaymentView,
  type RailRequirements,
} from './create-payments.ts'
export type { Routed } from './operate.ts'
export type { PaymentsConfig, RailConfig, RoutingContext } from './payments-config.ts'

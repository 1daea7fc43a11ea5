export type { Handlers, Resolution, Settled } from '@railswitch/callbacks'
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
  type Reason,
  type RefundInput,
  type Report,
  type Review,
  type Started,
  type Store,
} from '@railswitch/core'
export type { Adoption } from './adopt.ts'
export { configFrom } from './config-from.ts'
export { createPayments } from './create-payments.ts'
export type { Routed } from './operate.ts'
export type {
  AccountView,
  HistoryEntry,
  Named,
  Payments,
  PaymentTasks,
  PaymentView,
  PayoutView,
  RailRequirements,
} from './payments.ts'
export type { PaymentsConfig, RailConfig, RoutingContext } from './payments-config.ts'
export { type TestEventData, testEvent } from './test-event.ts'

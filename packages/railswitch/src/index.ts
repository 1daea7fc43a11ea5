export type { Handlers } from '@railswitch/callbacks'
export {
  type AccountInput,
  type Answers,
  axiosTransport,
  type Capability,
  type ChargeInput,
  type Checkout,
  type Customer,
  type CustomerDetails,
  type Deposit,
  type DepositInput,
  type DepositState,
  type ErrorCode,
  type ErrorContext,
  type EventType,
  type Logger,
  type Mandate,
  type MandateImportInput,
  type MandateInput,
  type MandateState,
  type Money,
  memoryStore,
  money,
  type OnError,
  type Outcome,
  PaymentError,
  type PaymentErrorData,
  type PaymentEvent,
  type PaymentProvider,
  type PaymentRef,
  type PayoutInput,
  type PayoutState,
  type ProviderDefinition,
  type RefundInput,
  type RefundState,
  type Report,
  type Review,
  type ReviewReason,
  readPaymentRef,
  type Signer,
  type Store,
  type Transport,
  type WithdrawalInput,
} from '@railswitch/core'
export type { ImportedPayment, ImportResult, PaymentImport } from './commands/import-input.ts'
export { configFromEnv } from './config/config-from-env.ts'
export { type ConfigFile, type ConfigFileOptions, configFromFile } from './config/config-from-file.ts'
export { type ConfigSource, configSource } from './config/config-sources.ts'
export type { PaymentsConfig, RailConfig, RoutingContext } from './config/payments-config.ts'
export { createPayments } from './create-payments.ts'
export type { RoutingDecision } from './operations/execute-operation.ts'
export type { PaymentTasks } from './operations/payment-tasks.ts'
export type { Payments } from './payments.ts'
export type {
  AccountView,
  DepositView,
  HistoryEntry,
  MandateView,
  PaymentSelector,
  PayoutView,
} from './queries/payment-views.ts'
export type { RequirementsByRail } from './queries/requirements.ts'
export type { LedgerBalance } from './reconcile/books/check-balances.ts'
export type { BooksInput, LedgerDay, RailLedger } from './reconcile/books/compare-ledger.ts'
export type { CurrencyTotals } from './reconcile/books/day-totals.ts'
export type { Difference, DifferenceKind, Remedy } from './reconcile/books/difference.ts'
export type { BookRow } from './reconcile/books/match-lines.ts'
export type { PaymentLineKind } from './reconcile/books/movements.ts'
export type { ReconcileInput, ReconcileSummary } from './reconcile/reconcile.ts'
export type { ReviewResolution } from './reviews/reviews.ts'
export type { SyncSummary } from './sync/sync-step.ts'
export { type TestEventData, testEvent } from './testing/test-event.ts'

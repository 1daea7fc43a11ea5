export {
  answerFor,
  type DerivedRecord,
  derivationVersion,
  deriveRecord,
  pendingFor,
} from './derivation/derive-record.ts'
export { missingRails } from './derivation/interpret-record.ts'
export { type Issue, toIssues, within } from './errors/issue.ts'
export {
  closed,
  conflict,
  type Explanation,
  handlerMissing,
  invalid,
  notFound,
  PaymentError,
  type PaymentErrorData,
  providerFailed,
  railMissing,
  reconciliationRequired,
  storeFailed,
  unsupported,
} from './errors/payment-error.ts'
export { type Comparison, compareEmitted, type Difference } from './events/compare-emitted.ts'
export { deriveEvents, nowOf } from './events/derive-events.ts'
export { type DerivedEvent, isMoneyEvent } from './events/derived-event.ts'
export { type Either, isLeft, left, right, type TaskEither, taskEither } from './fp.ts'
export { type AccountInput, accountSchema } from './inputs/account-input.ts'
export { type ChargeInput, chargeSchema } from './inputs/charge-input.ts'
export { type Customer, type DepositInput, depositSchema, type ReturnUrls } from './inputs/deposit-input.ts'
export { isNote, text } from './inputs/fields.ts'
export { type PayoutInput, type PayoutTarget, payoutSchemaOf } from './inputs/payout-input.ts'
export type { ProviderOptions } from './inputs/provider-options.ts'
export { type RefundInput, refundSchema } from './inputs/refund-input.ts'
export { type WithdrawalInput, withdrawalSchema } from './inputs/withdrawal-input.ts'
export { axiosTransport } from './provider/axios-transport.ts'
export { type Capability, isCapability, type Support, supportOf } from './provider/capability.ts'
export type {
  Call,
  Delivery,
  FoundReport,
  Market,
  NativeClients,
  Operation,
  OperationInput,
  OperationResponse,
  OperationResult,
  Operations,
  PaymentProvider,
  ReadReport,
  Reply,
  Requirements,
  VerifiedCallback,
} from './provider/provider.ts'
export type { Transport } from './provider/transport.ts'
export { type Fact, factsOf } from './record/fact.ts'
export {
  type Checkout,
  type Conclusion,
  fingerprintOf,
  type Intent,
  noMoney,
  type Outcome,
  type RecordedIntent,
  type Settings,
} from './record/intent.ts'
export {
  type Answers,
  type AnyAnswer,
  type CustomerDetails,
  type EventData,
  type EventType,
  eventTypes,
  type PaymentEvent,
  type PaymentNow,
  type Question,
} from './record/payment-event.ts'
export { type EmittedEvent, intentOf, ownOf, type PaymentRecord } from './record/payment-record.ts'
export type { Reason } from './record/reason.ts'
export { importId, isOwnMethod, ownMethods, type Proof, type Report } from './record/report.ts'
export type { Review } from './reviews/review.ts'
export { type Account, deriveAccount } from './state/account-state.ts'
export { type Attempt, type Deposit, deriveDeposit } from './state/deposit-state.ts'
export { isDeposit, type PaymentState, paymentStateOf } from './state/payment-state.ts'
export { derivePayout, type Payout, type PayoutState } from './state/payout-state.ts'
export { deriveRefunds, type Refund, type RefundOutcome, type RefundState } from './state/refund-state.ts'
export type { CreditOfTransaction, DepositState, Transaction } from './state/transaction-state.ts'
export { memoryStore } from './store/memory/memory-store.ts'
export type { Arrival, OpenedToken } from './store/ownership.ts'
export { createRecordRules, type RecordRules } from './store/record-rules.ts'
export type { BeginResult, Claim, DueRecord, Store } from './store/store.ts'
export { withoutPersonalData } from './store/stored-payment.ts'
export { type Logger, nameOf, silentLogger } from './telemetry/logger.ts'
export type { Delivered, DeliveryOutcome, OperationOutcome, Telemetry } from './telemetry/telemetry.ts'
export { dayMs, hourMs, longestCallMs, lookUpLimitMs, minuteMs } from './values/limits.ts'
export { fromMinorUnits, type Money, money, parseMoney } from './values/money.ts'
export { type Kind, type PaymentRef, parsePaymentRef, paymentRef, railPattern } from './values/payment-ref.ts'
export { merchantReference, referencePattern, wireReference } from './values/reference.ts'

export {
  answerFor,
  type DerivedRecord,
  derivationVersion,
  deriveRecord,
  pendingEventsFor,
} from './derivation/derive-record.ts'
export { missingRails } from './derivation/interpret-record.ts'
export { closest } from './errors/closest.ts'
export { errorName } from './errors/foreign-error.ts'
export { type Issue, prefixIssues, toIssues } from './errors/issue.ts'
export {
  closed,
  conflict,
  type ErrorCode,
  type ErrorText,
  handlerMissing,
  inProgress,
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
export type { ObjectSchema, Schema } from './errors/schema.ts'
export { compareEmitted, type EventComparison, type EventDifference } from './events/compare-emitted.ts'
export { deriveEvents, paymentNowOf } from './events/derive-events.ts'
export { type DerivedEvent, isMoneyEvent } from './events/derived-event.ts'
export { type Either, isLeft, left, right, type TaskEither, taskEither } from './fp.ts'
export { type AccountInput, accountSchema } from './inputs/account-input.ts'
export { type ChargeInput, type Collection, chargeSchema } from './inputs/charge-input.ts'
export { type Customer, type DepositInput, depositSchema, type ReturnUrls } from './inputs/deposit-input.ts'
export {
  type MandateImportInput,
  type MandateInput,
  mandateImportSchema,
  mandateSchema,
} from './inputs/mandate-input.ts'
export { type PayoutDestination, type PayoutInput, payoutSchemaOf } from './inputs/payout-input.ts'
export type { ProviderOptions } from './inputs/provider-options.ts'
export { readPaymentRef } from './inputs/read-payment-ref.ts'
export { type RefundInput, refundSchema } from './inputs/refund-input.ts'
export { isAuditNote, trimmedTextRule } from './inputs/text-rules.ts'
export { type WithdrawalInput, withdrawalSchema } from './inputs/withdrawal-input.ts'
export { axiosTransport } from './provider/axios-transport.ts'
export {
  type Capability,
  type CapabilitySupport,
  capabilityNames,
  isCapability,
  supportOf,
} from './provider/capability.ts'
export { operationCapabilities } from './provider/operation-capabilities.ts'
export type {
  Booking,
  CallbackRequest,
  CallbackResponse,
  FieldRequirements,
  FoundReport,
  Market,
  NativeClients,
  Operation,
  OperationCall,
  OperationInput,
  OperationResponse,
  OperationResult,
  Operations,
  ParsedReport,
  PaymentProvider,
  ProviderDefinition,
  ProviderPorts,
  Reconciliation,
  VerifiedCallback,
} from './provider/provider.ts'
export { railPrefix, variableName } from './provider/rail-option.ts'
export type { Signer, SigningHash, SigningOptions } from './provider/signer.ts'
export type { Transport } from './provider/transport.ts'
export type {
  Days,
  SettledLine,
  VendorBalance,
  VendorLedger,
  VendorLine,
  VendorLineKind,
} from './provider/vendor-ledger.ts'
export { type Fact, factsOf, type MandateEnding, type MandateState } from './record/fact.ts'
export {
  type Checkout,
  type Conclusion,
  type Intent,
  type IntentSettings,
  noMoney,
  type Outcome,
  type RecordedIntent,
  requestFingerprint,
} from './record/intent.ts'
export {
  type Answers,
  type CustomerDetails,
  type EventData,
  type EventType,
  eventTypes,
  type HandlerAnswer,
  type PaymentEvent,
  type PaymentNow,
  type Question,
} from './record/payment-event.ts'
export { type EmittedEvent, intentOf, type PaymentRecord, recordOfRail } from './record/payment-record.ts'
export { importReportId, isOwnMethod, ownMethods, type Proof, type Report } from './record/report.ts'
export type { ReviewReason } from './record/review-reason.ts'
export type { Review } from './reviews/review.ts'
export {
  pause,
  type Runtime,
  systemRuntime,
  type Timers,
  withTimeLimit,
  withTimeoutSignal,
} from './runtime/runtime.ts'
export { type Account, deriveAccount } from './state/account-state.ts'
export { type Deposit, type DepositAttempt, deriveDeposit } from './state/deposit-state.ts'
export {
  type DepositState,
  type DepositTransaction,
  isApproved,
  type TransactionCredit,
} from './state/deposit-transaction.ts'
export { deriveMandate, type Mandate, type MandateAttempt } from './state/mandate-state.ts'
export { isDepositState, isWithoutMoney, type PaymentState, paymentStateOf } from './state/payment-state.ts'
export { derivePayout, type Payout, type PayoutState } from './state/payout-state.ts'
export { deriveRefunds, type Refund, type RefundOutcome, type RefundState } from './state/refund-state.ts'
export { nextAttempt } from './store/intent-rules.ts'
export { memoryStore } from './store/memory/memory-store.ts'
export type { CallbackTokenClaims, IncomingReport } from './store/ownership.ts'
export { createRecordRules, type RecordRules, withoutPersonalData } from './store/record-rules.ts'
export type { BeginResult, ClaimResult, DueRecord, Store, TimeSpan } from './store/store.ts'
export { consoleLogger, type Logger, silentLogger, withoutErrors } from './telemetry/logger.ts'
export {
  callOnError,
  type ErrorContext,
  type ErrorReporting,
  type OnError,
  reportError,
} from './telemetry/report-error.ts'
export type { CallbackOutcome, CallbackResult, OperationOutcome, Telemetry } from './telemetry/telemetry.ts'
export {
  addDecimals,
  type Decimal,
  decimalOf,
  formatDecimal,
  fromUnits,
  isRoundedDown,
  negated,
  readDecimal,
  toUnits,
} from './values/decimal.ts'
export { type EndedCurrency, endedCurrencies, endOfCurrency } from './values/ended-currencies.ts'
export { fromMinorUnits, type Money, money, parseMoney, readVendorMoney } from './values/money.ts'
export { type PaymentKind, type PaymentRef, parsePaymentRef, paymentRef, railPattern } from './values/payment-ref.ts'
export { lastAttempt, merchantReference, referencePattern, wireReference } from './values/reference.ts'
export { dayMs, hourMs, longestCallMs, lookUpLimitMs, minuteMs } from './values/time-limits.ts'

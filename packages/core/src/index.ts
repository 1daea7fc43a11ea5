export {
  answerFor,
  type DerivedRecord,
  derivationVersion,
  deriveRecord,
  pendingFor,
} from './derivation/derive-record.ts'
export { type Interpreter, interpretRecord, missingRails } from './derivation/interpret-record.ts'
export { type Issue, rule, toIssues, within } from './errors/issue.ts'
export {
  callbackRefused,
  closed,
  conflict,
  type ErrorCode,
  type Explanation,
  handlerMissing,
  invalid,
  notFound,
  noValidResponse,
  PaymentError,
  type PaymentErrorData,
  providerFailed,
  railMissing,
  reconciliationRequired,
  storeFailed,
  unreachable,
  unsupported,
} from './errors/payment-error.ts'
export { type Comparison, compareEmitted, type Difference } from './events/compare-emitted.ts'
export { deriveEvents, nowOf } from './events/derive-events.ts'
export { type DerivedEvent, isMoneyEvent } from './events/derived-event.ts'
export { type Either, either, isLeft, left, pipe, right, type TaskEither, taskEither } from './fp.ts'
export { type AccountInput, accountFields, accountSchema } from './inputs/account-input.ts'
export { type ChargeInput, chargeFields, chargeSchema } from './inputs/charge-input.ts'
export {
  type Customer,
  type DepositInput,
  depositFields,
  depositSchema,
  type ReturnUrls,
} from './inputs/deposit-input.ts'
export { isNote, text } from './inputs/fields.ts'
export {
  type BankAccount,
  type Payee,
  type PayoutInput,
  type PayoutTarget,
  payoutFields,
  payoutSchemaOf,
} from './inputs/payout-input.ts'
export type { ProviderOptions } from './inputs/provider-options.ts'
export { type RefundInput, refundFields, refundSchema } from './inputs/refund-input.ts'
export { type WithdrawalInput, withdrawalFields, withdrawalSchema } from './inputs/withdrawal-input.ts'
export { axiosTransport } from './provider/axios-transport.ts'
export { type Capabilities, type Capability, isCapability, type Support, supportOf } from './provider/capability.ts'
export type {
  Call,
  Delivery,
  FoundReport,
  LookUpResult,
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
export type { Transport, TransportFailure, WireRequest, WireResponse } from './provider/transport.ts'
export {
  type Fact,
  type FactOf,
  type FactType,
  factsOf,
  type MandateState,
  type RefundMatch,
  type Source,
} from './record/fact.ts'
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
export {
  type EmittedEvent,
  emptyRecord,
  intentOf,
  ownOf,
  type PaymentRecord,
  type Unowned,
} from './record/payment-record.ts'
export type { Reason } from './record/reason.ts'
export { importId, isOwnMethod, ownMethods, type Proof, type Report, withRaisedProof } from './record/report.ts'
export type { Review } from './reviews/review.ts'
export { type Account, accountOf, deriveAccount } from './state/account-state.ts'
export { type Attempt, type Deposit, deriveDeposit } from './state/deposit-state.ts'
export { matchRefunds, type RefundReport, type RefundsToMatch } from './state/match-refunds.ts'
export { isDeposit, type PaymentState, paymentStateOf } from './state/payment-state.ts'
export { derivePayout, type Payout, type PayoutAttempt, type PayoutState } from './state/payout-state.ts'
export { deriveRefunds, type Refund, type RefundOutcome, type RefundState } from './state/refund-state.ts'
export type { CreditOfTransaction, DepositState, Transaction } from './state/transaction-state.ts'
export { checkIntent } from './store/intent-rules.ts'
export { memoryStore } from './store/memory/memory-store.ts'
export {
  type Arrival,
  type Candidates,
  namedReference,
  type OpenedToken,
  type Origin,
  type Ownership,
  ownerOf,
  reportIdFor,
} from './store/ownership.ts'
export { createRecordRules, needsReview, type RecordRules } from './store/record-rules.ts'
export {
  type BeginResult,
  type Claim,
  type Completion,
  type DueRecord,
  type IntentRequest,
  type LearnedIds,
  type Store,
  type UnownedLimits,
  unownedLimits,
} from './store/store.ts'
export { rootOf, sameKey, sameReference, withConclusion, withoutPersonalData } from './store/stored-payment.ts'
export { WriteTimeout, withinTime } from './store/within-time.ts'
export { type Logger, nameOf, silentLogger } from './telemetry/logger.ts'
export type { Delivered, DeliveryOutcome, OperationOutcome, Telemetry } from './telemetry/telemetry.ts'
export { dayMs, givenUpMs, hourMs, longestCallMs, minuteMs } from './values/limits.ts'
export {
  fromMinorUnits,
  type Money,
  money,
  parseMoney,
  readVendorMoney,
  sameMoney,
  toMinorUnits,
} from './values/money.ts'
export { type Kind, type PaymentRef, parsePaymentRef, paymentRef, railPattern } from './values/payment-ref.ts'
export { merchantReference, referencePattern, wireReference } from './values/reference.ts'

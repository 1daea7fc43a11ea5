export { type AccountInput, accountFields, accountSchema } from './account-input.ts'
export { type Capabilities, type Capability, isCapability, type Support, supportOf } from './capability.ts'
export { type ChargeInput, chargeFields, chargeSchema } from './charge-input.ts'
export { type Customer, type DepositInput, depositFields, depositSchema, type ReturnUrls } from './deposit-input.ts'
export { type Comparison, compareEmitted, type Difference } from './events/compare-emitted.ts'
export { deriveEvents, nowOf } from './events/derive-events.ts'
export { type DerivedEvent, isMoneyEvent } from './events/derived-event.ts'
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
} from './events/payment-event.ts'
export { type Either, either, isLeft, left, pipe, right, type TaskEither, taskEither } from './fp.ts'
export { isNote, text } from './input-fields.ts'
export {
  type Conclusion,
  fingerprintOf,
  type Intent,
  noMoney,
  type Outcome,
  type RecordedIntent,
  type Settings,
  type Started,
} from './intent.ts'
export { type Issue, rule, toIssues, within } from './issue.ts'
export { type Logger, nameOf, silentLogger } from './logger.ts'
export { fromMinorUnits, type Money, money, parseMoney, readVendorMoney, sameMoney, toMinorUnits } from './money.ts'
export { type ErrorCode, invalid, PaymentError, type PaymentErrorData } from './payment-error.ts'
export { type Kind, type PaymentRef, parsePaymentRef, paymentRef, railPattern } from './payment-ref.ts'
export {
  type BankAccount,
  type Payee,
  type PayoutInput,
  type PayoutTarget,
  payoutFields,
  payoutSchemaOf,
} from './payout-input.ts'
export type {
  Answered,
  Call,
  Delivery,
  FoundReport,
  In,
  LookedUp,
  Market,
  NativeClients,
  Operation,
  Operations,
  Out,
  PaymentProvider,
  ReadReport,
  Reply,
  Requirements,
  VerifiedCallback,
} from './provider.ts'
export type { ProviderOptions } from './provider-options.ts'
export { answerFor, type DerivedRecord, derivationVersion, deriveRecord, pendingFor } from './record/derive-record.ts'
export {
  type Fact,
  type FactOf,
  type FactType,
  factsOf,
  type MandateState,
  type RefundMatch,
  type Source,
} from './record/fact.ts'
export { type Interpreter, interpretRecord, missingRails } from './record/interpret-record.ts'
export {
  type EmittedEvent,
  emptyRecord,
  intentOf,
  ownOf,
  type PaymentRecord,
  type Unowned,
} from './record/payment-record.ts'
export { importId, isOwnMethod, ownMethods, type Proof, type Report, raised } from './record/report.ts'
export { merchantReference, referencePattern, wireReference } from './reference.ts'
export { type RefundInput, refundFields, refundSchema } from './refund-input.ts'
export type { Reason } from './reviews/reason.ts'
export type { Review } from './reviews/review.ts'
export { type Account, accountOf, deriveAccount } from './state/account-state.ts'
export { type Attempt, type Deposit, type DepositState, deriveDeposit } from './state/deposit-state.ts'
export { matchRefunds, type RefundReport, type RefundsToMatch } from './state/match-refunds.ts'
export { isDeposit, type PaymentState, paymentStateOf } from './state/payment-state.ts'
export { derivePayout, type Payout, type PayoutAttempt, type PayoutState } from './state/payout-state.ts'
export { deriveRefunds, type Refund, type RefundOutcome, type RefundState } from './state/refund-state.ts'
export type { CreditOfTransaction, Transaction } from './state/transaction-state.ts'
export { checkIntent, type IntentRequest } from './store/intent-rules.ts'
export { memoryStore } from './store/memory-store.ts'
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
  type LearnedIds,
  type Store,
  type UnownedLimits,
  unownedLimits,
} from './store/store.ts'
export { concluded, rootOf, sameKey, sameReference, withoutPersonalData } from './store/stored-intent.ts'
export { WriteTimeout, withinTime } from './store/within-time.ts'
export { axiosTransport } from './transport/axios-transport.ts'
export type { Transport, TransportFailure, WireAnswer, WireRequest } from './transport/transport.ts'
export { type WithdrawalInput, withdrawalFields, withdrawalSchema } from './withdrawal-input.ts'

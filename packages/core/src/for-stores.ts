export { answerFor, pendingEventsFor } from './derivation/derive-record.ts'
export type { ReportInterpreter } from './derivation/interpret-record.ts'
export type { Issue } from './errors/issue.ts'
export { invalid, PaymentError, storeFailed } from './errors/payment-error.ts'
export type { DerivedEvent } from './events/derived-event.ts'
export type { Fact } from './record/fact.ts'
export type { Conclusion, Intent, RecordedIntent } from './record/intent.ts'
export { type EmittedEvent, intentOf, type PaymentRecord, type Unowned } from './record/payment-record.ts'
export { importReportId, isOwnMethod, ownMethods, type Proof, type Report, withRaisedProof } from './record/report.ts'
export { type Runtime, systemRuntime } from './runtime/runtime.ts'
export { checkIntent } from './store/intent-rules.ts'
export { memoryStore } from './store/memory/memory-store.ts'
export {
  type CallbackTokenClaims,
  type IncomingReport,
  namedReference,
  type OwnerCandidates,
  type Ownership,
  ownerOf,
  type ReportOrigin,
  reportIdFor,
} from './store/ownership.ts'
export {
  createRecordRules,
  needsReview,
  type RecordRules,
  rootReference,
  sameIdempotencyKey,
  sameReference,
  withConclusion,
} from './store/record-rules.ts'
export {
  type BeginRequest,
  type BeginResult,
  type BookingIdentity,
  type ClaimResult,
  type DueRecord,
  type EventCompletion,
  type LearnedVendorIds,
  type Store,
  type TimeSpan,
  type UnownedLimits,
  unownedLimits,
} from './store/store.ts'
export { WriteTimeout, withTimeout } from './store/write-timeout.ts'
export type { Money } from './values/money.ts'
export { type PaymentRef, paymentRef } from './values/payment-ref.ts'
export { merchantReference, wireReference } from './values/reference.ts'

export { answerFor, pendingFor } from './derivation/derive-record.ts'
export type { Interpreter } from './derivation/interpret-record.ts'
export { invalid, PaymentError, storeFailed } from './errors/payment-error.ts'
export type { DerivedEvent } from './events/derived-event.ts'
export type { Fact } from './record/fact.ts'
export type { Conclusion, Intent, RecordedIntent } from './record/intent.ts'
export { type EmittedEvent, intentOf, type PaymentRecord, type Unowned } from './record/payment-record.ts'
export { importId, isOwnMethod, ownMethods, type Proof, type Report, withRaisedProof } from './record/report.ts'
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
export { rootOf, sameKey, sameReference, withConclusion } from './store/stored-payment.ts'
export { WriteTimeout, withinTime } from './store/within-time.ts'
export type { Money } from './values/money.ts'
export { type PaymentRef, paymentRef } from './values/payment-ref.ts'
export { merchantReference, wireReference } from './values/reference.ts'

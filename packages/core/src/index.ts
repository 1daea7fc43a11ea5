export { type AccountInput, accountFields, accountSchema } from './account-input.ts'
export { type Capabilities, type Capability, isCapability, type Support, supportOf } from './capability.ts'
export { changes } from './changes.ts'
export { type ChargeInput, chargeFields, chargeSchema } from './charge-input.ts'
export { type Customer, type DepositInput, depositFields, depositSchema, type ReturnUrls } from './deposit-input.ts'
export { eventsOf } from './events-of.ts'
export { type Attempt, type DepositState, fold, isResolved, type Payment } from './fold.ts'
export { type Account, foldAccount } from './fold-account.ts'
export { foldPayout, type Payout, type PayoutAttempt, type PayoutState } from './fold-payout.ts'
export type { Refund, RefundState, Return } from './fold-refunds.ts'
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
export { judgeBegin } from './judge-begin.ts'
export {
  concluded,
  forgotten,
  handledThreadOf,
  type KeptNews,
  type KeptPayment,
  orphanOf,
  railOf,
  rootOf,
  sameKey,
  subjectOf,
  threadOf,
  unhandledOf,
} from './kept-payment.ts'
export { type Logger, silentLogger } from './logger.ts'
export { matchRefund } from './match-refund.ts'
export { memoryStore } from './memory-store.ts'
export { fromMinorUnits, type Money, money, parseMoney, readVendorMoney, sameMoney, toMinorUnits } from './money.ts'
export { needsPerson } from './needs-person.ts'
export { adoptionOf, type Fact, type Observation, type Reason, type RefundLeg, type Thread } from './observation.ts'
export { type ErrorCode, invalid, PaymentError, type PaymentErrorData } from './payment-error.ts'
export {
  type Answers,
  type AnyAnswer,
  type CustomerDetails,
  type EventData,
  type EventType,
  eventTypes,
  type PaymentEvent,
  type Question,
} from './payment-event.ts'
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
  In,
  LookedUp,
  Market,
  NativeClients,
  Operation,
  Operations,
  Out,
  PaymentProvider,
  Reply,
  Requirements,
  VerifiedCallback,
} from './provider.ts'
export type { ProviderOptions } from './provider-options.ts'
export { merchantReference, referencePattern, wireReference } from './reference.ts'
export { type RefundInput, refundFields, refundSchema } from './refund-input.ts'
export { isDeposit, type Standing, standingOf } from './standing.ts'
export type { Begun, Claim, News, OpenWork, Store } from './store.ts'
export { axiosTransport } from './transport/axios-transport.ts'
export type { Transport, TransportFailure, WireAnswer, WireRequest } from './transport/transport.ts'
export { type WithdrawalInput, withdrawalFields, withdrawalSchema } from './withdrawal-input.ts'
